#pragma once

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// Is "conversation_flow" active? Whoever may call may know.
[[nodiscard]] domain::Result<bool> workflow_active(const Call &call);

/// What a command takes for granted when it was judged while the workflow was (in)active: the store checks it again.
[[nodiscard]] store::WorkflowPrecondition workflow_still(bool active);

/// The command was judged while the workflow was in the other state: judge again.
[[nodiscard]] bool workflow_switched(const domain::Failure &failure);

/// Activates or deactivates it (W1, W4). Setting what is set already changes nothing.
/// Failures: unsupported (storefront), not_found (switched off), forbidden (no right to configure).
[[nodiscard]] domain::Done set_workflow_active(const Call &call, bool active);

} // namespace parley::app
