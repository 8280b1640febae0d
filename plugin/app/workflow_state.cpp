#include "plugin/app/workflow_state.hpp"

#include <string>
#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"

namespace parley::app {

domain::Result<bool> workflow_active(const Call &call) {
  auto active = call.workflows.active(std::string(permission::workflow));
  if (!active) {
    return worded(call, std::move(active).failure());
  }
  return active;
}

store::WorkflowPrecondition workflow_still(bool active) {
  return {std::string(permission::workflow), active};
}

bool workflow_switched(const domain::Failure &failure) {
  return failure.code == domain::Code::conflict && !fact_of(failure, "workflow").empty();
}

domain::Done set_workflow_active(const Call &call, bool active) {
  if (auto open = backoffice_gate(call); !open) {
    return open;
  }
  const auto scopes = scopes_of(call, {permission::configure});
  if (!scopes) {
    return scopes.failure();
  }
  if (scopes->front().level == domain::Level::none) {
    return refuse(call, domain::Code::forbidden, Text::may_not_configure);
  }
  auto done = call.workflows.set_active(std::string(permission::workflow), active, doing(call));
  return done ? done : worded(call, std::move(done).failure(), Text::may_not_configure);
}

} // namespace parley::app
