#include "plugin/app/available_transitions.hpp"

#include <algorithm>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/workflow_state.hpp"
#include "plugin/domain/workflow.hpp"

namespace parley::app {
namespace {

/// Those of the ids whose status the actor may change.
domain::Result<std::vector<domain::ConversationId>> performable(const Call &call, const domain::Scope &scope,
                                                                const std::vector<domain::ConversationId> &ids) {
  if (!call.request.backoffice() || scope.level == domain::Level::none || ids.empty()) {
    return std::vector<domain::ConversationId>{};
  }
  const auto active = workflow_active(call);
  if (!active) {
    return active.failure();
  }
  if (!active.value()) {
    return std::vector<domain::ConversationId>{};
  }
  auto reached = call.conversations.reachable(scope, ids);
  if (!reached) {
    return worded(call, reached.failure());
  }
  return reached;
}

} // namespace

domain::Result<std::vector<domain::Availability>>
available_transitions(const Call &call, const std::vector<domain::ConversationId> &ids) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  const auto scopes = scopes_of(call, {permission::view, permission::perform});
  if (!scopes) {
    return scopes.failure();
  }
  const auto found = call.conversations.conversations_by_id(scopes.value()[0], ids);
  if (!found) {
    return worded(call, found.failure());
  }
  const auto allowed = performable(call, scopes.value()[1], ids);
  if (!allowed) {
    return allowed.failure();
  }
  std::vector<domain::Availability> answers;
  answers.reserve(found->rows.size());
  for (const store::ConversationRow &row : found->rows) {
    domain::Availability answer{row.conversation.id, row.conversation.status, {}};
    if (std::find(allowed->begin(), allowed->end(), row.conversation.id) != allowed->end()) {
      for (const domain::Transition *transition : domain::transitions_from(row.conversation.status)) {
        answer.transitions.emplace_back(transition->name);
      }
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

} // namespace parley::app
