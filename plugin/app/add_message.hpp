#pragma once

#include "plugin/app/call.hpp"
#include "plugin/domain/drafts.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"

namespace parley::app {

/// Adds a message (D3, D4, D14, D15). Back office: not closed, and edit reaches it; from Inactive a public message makes
/// it Active (W3). Storefront: Active, and view reaches it. In the back office it may be sent for another person, who then
/// is the sender (D3); the actor is who posted it.
///
/// Result: the stored message (index 0 when only checked). Failures: not_found, forbidden, conflict (closed or inactive,
/// with the fact "step"), invalid with every fault.
[[nodiscard]] domain::Result<store::Appended> add_message(const Call &call, const domain::MessageDraft &draft);

} // namespace parley::app
