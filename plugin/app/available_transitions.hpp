#pragma once

#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/domain/views.hpp"

namespace parley::app {

/// Where conversations stand and what the actor may do with each, in the order of the ids; what may not be seen is left
/// out. No transitions while the workflow is inactive, and none in the storefront.
[[nodiscard]] domain::Result<std::vector<domain::Availability>>
available_transitions(const Call &call, const std::vector<domain::ConversationId> &ids);

} // namespace parley::app
