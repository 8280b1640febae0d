#include "plugin/app/delete_conversation.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"

namespace parley::app {

domain::Done delete_conversation(const Call &call, domain::ConversationId id, std::int64_t expected_version) {
  if (auto open = backoffice_gate(call); !open) {
    return open;
  }
  const auto scopes = scopes_of(call, {permission::view, permission::remove});
  if (!scopes) {
    return scopes.failure();
  }
  auto done = call.conversations.remove({doing(call), id, scopes.value()[0], scopes.value()[1], expected_version});
  return done ? done : worded(call, std::move(done).failure(), Text::may_not_delete);
}

} // namespace parley::app
