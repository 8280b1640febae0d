#include "plugin/app/delete_conversation.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/search.hpp"

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

domain::Result<std::int64_t> delete_conversations(const Call &call, store::ConversationQuery query,
                                                  std::int64_t expected) {
  if (auto open = backoffice_gate(call); !open) {
    return open.failure();
  }
  if (query.conditions.empty() && !query.own && !query.search && !query.panel) {
    return refuse(call, domain::Code::malformed, Text::delete_needs_filter);
  }
  if (expected > most_deleted_at_once) {
    return refuse(call, domain::Code::invalid, Text::too_many_to_delete);
  }
  auto scopes = scopes_of(call, {permission::view, permission::remove});
  if (!scopes) {
    return scopes.failure();
  }
  query.scope = std::move(scopes.value()[0]);
  if (query.own == true) {
    only_own(query.scope);
  }
  prepare(query.search);
  auto removed =
      call.conversations.remove_many({doing(call), std::move(query), std::move(scopes.value()[1]), expected});
  if (!removed && removed.failure().code == domain::Code::conflict) {
    return refuse(call, domain::Code::conflict, Text::other_number);
  }
  return removed ? removed : worded(call, std::move(removed).failure(), Text::may_not_delete);
}

} // namespace parley::app
