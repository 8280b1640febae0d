#include "plugin/app/mark_unread.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"

namespace parley::app {

domain::Done mark_unread(const Call &call, domain::ConversationId conversation) {
  if (auto open = gate(call); !open) {
    return open;
  }
  const auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  auto done = call.conversations.mark_unread({doing(call), conversation, scopes->front()});
  if (done) {
    return done;
  }
  domain::Failure failure = worded(call, std::move(done).failure());
  if (failure.code == domain::Code::conflict) {
    say(failure, code_of(Text::takes_no_part), words(Text::takes_no_part, call.request.locale));
  }
  return failure;
}

} // namespace parley::app
