#include "plugin/app/show_unread.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/conversation_views.hpp"
#include "plugin/app/faults.hpp"

namespace parley::app {

domain::Result<UnreadConversations> show_unread(const Call &call) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  const auto rights = rights_of(call);
  if (!rights) {
    return rights.failure();
  }
  auto found = call.conversations.unread({rights->view, latest_unread});
  if (!found) {
    return worded(call, std::move(found).failure());
  }
  auto latest = dressed(call, rights.value(), std::move(found->latest));
  if (!latest) {
    return std::move(latest).failure();
  }
  return UnreadConversations{found->count, found->more, std::move(latest).value()};
}

} // namespace parley::app
