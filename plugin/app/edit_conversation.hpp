#pragma once

#include "plugin/app/call.hpp"
#include "plugin/domain/drafts.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// Changes the members that were sent. Back office only; a closed conversation can be edited too.
///
/// Failures: unsupported (storefront), not_found, forbidden, stale with the fact "version", invalid with every fault.
[[nodiscard]] domain::Done edit_conversation(const Call &call, const domain::ConversationChange &change);

} // namespace parley::app
