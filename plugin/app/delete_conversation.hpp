#pragma once

#include <cstdint>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// Deletes a conversation and all that belongs to it but its events. Back office only. expected_version 0: any.
/// Failures: unsupported (storefront), not_found, forbidden, stale.
[[nodiscard]] domain::Done delete_conversation(const Call &call, domain::ConversationId id,
                                               std::int64_t expected_version);

} // namespace parley::app
