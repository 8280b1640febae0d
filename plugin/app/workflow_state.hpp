#pragma once

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// Is "conversation_flow" active? Whoever may call may know.
[[nodiscard]] domain::Result<bool> workflow_active(const Call &call);

/// Activates or deactivates it (W1, W4). Setting what is set already changes nothing.
/// Failures: unsupported (storefront), not_found (switched off), forbidden (no right to configure).
[[nodiscard]] domain::Done set_workflow_active(const Call &call, bool active);

} // namespace parley::app
