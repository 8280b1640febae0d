#pragma once

#include "plugin/app/call.hpp"
#include "plugin/domain/drafts.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// Adds, removes or replaces contexts (D5). Adding what is there and removing what is not changes nothing. Back office only.
///
/// Failures: unsupported (storefront), not_found, forbidden, stale, invalid (pointer "/data/<position>").
[[nodiscard]] domain::Done change_contexts(const Call &call, const domain::ContextsChange &change);

} // namespace parley::app
