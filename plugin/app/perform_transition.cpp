#include "plugin/app/perform_transition.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/workflow_state.hpp"
#include "plugin/domain/names.hpp"
#include "plugin/domain/workflow.hpp"

namespace parley::app {
namespace {

domain::Failure explained(const Call &call, domain::Failure failure) {
  if (workflow_switched(failure)) { // deactivated in the meantime
    say(failure, code_of(Text::workflow_inactive), words(Text::workflow_inactive, call.request.locale));
    return failure;
  }
  if (failure.code == domain::Code::conflict) {
    if (const auto status = domain::status_named(fact_of(failure, "step"))) {
      const std::string_view locale = call.request.locale;
      say(failure, code_of(Text::transition_late), words(Text::transition_late, locale, label_of(*status, locale)));
    }
    return failure;
  }
  return worded(call, std::move(failure), Text::may_not_perform);
}

} // namespace

domain::Done perform_transition(const Call &call, const TransitionOrder &order) {
  if (auto open = backoffice_gate(call); !open) {
    return open;
  }
  const domain::Transition *transition = domain::transition_named(order.transition);
  if (transition == nullptr) {
    return refuse(call, domain::Code::not_found, Text::unknown_transition);
  }
  const auto scopes = scopes_of(call, {permission::view, permission::perform});
  if (!scopes) {
    return scopes.failure();
  }
  const auto active = workflow_active(call);
  if (!active) {
    return active.failure();
  }
  if (!active.value()) {
    const auto seen = call.conversations.reachable(scopes.value()[0], {order.conversation});
    if (!seen) {
      return worded(call, seen.failure());
    }
    return seen->empty() ? refuse(call, domain::Code::not_found, Text::not_found)
                         : refuse(call, domain::Code::conflict, Text::workflow_inactive);
  }

  store::PerformTransition command;
  command.doing = doing(call);
  command.conversation = order.conversation;
  command.view = scopes.value()[0];
  command.act = scopes.value()[1];
  command.expected_version = order.expected_version;
  command.workflow = workflow_still(true);
  command.transition = transition->name;
  command.from = transition->from;
  command.to = transition->to;
  auto done = call.conversations.perform(command);
  return done ? done : explained(call, std::move(done).failure());
}

} // namespace parley::app
