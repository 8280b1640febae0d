#include "plugin/app/mark_all_read.hpp"

#include <algorithm>
#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"

namespace parley::app {

domain::Result<std::int64_t> mark_all_read(const Call &call) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  store::MarkAllRead command;
  command.doing = doing(call);
  command.view = std::move(scopes->front());
  const auto unread = call.conversations.unread({command.view, 1});
  if (!unread) {
    return worded(call, unread.failure());
  }
  command.until = call.request.now;
  for (const store::ConversationRow &latest : unread->latest.rows) {
    command.until = std::max(command.until, latest.conversation.tally(call.request.audience).last_text_at);
  }
  std::int64_t marked = 0;
  while (true) {
    auto step = call.conversations.mark_all_read(command);
    if (!step) {
      return worded(call, std::move(step).failure());
    }
    marked += step.value();
    if (step.value() < command.most) {
      return marked;
    }
    if (call.request.cancelled && call.request.cancelled()) {
      return refuse(call, domain::Code::cancelled, Text::cancelled);
    }
    if (call.request.expired && call.request.expired()) {
      return refuse(call, domain::Code::timed_out, Text::timed_out);
    }
  }
}

} // namespace parley::app
