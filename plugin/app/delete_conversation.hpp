#pragma once

#include <cstdint>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/queries.hpp"

namespace parley::app {

/// Deletes a conversation and all that belongs to it but its events. Back office only. expected_version 0: any.
/// Failures: unsupported (storefront), not_found, forbidden, stale.
[[nodiscard]] domain::Done delete_conversation(const Call &call, domain::ConversationId id,
                                               std::int64_t expected_version);

/// Deletes all that the query matches, in one transaction, and answers how many. Back office only; at most
/// `most_deleted_at_once`. Failures: unsupported (storefront), invalid (no condition, too many), forbidden (one of them may
/// not be deleted), conflict (another number than `expected` matches by now).
[[nodiscard]] domain::Result<std::int64_t> delete_conversations(const Call &call, store::ConversationQuery query,
                                                                std::int64_t expected);

/// Longer transactions would keep others waiting.
constexpr std::int64_t most_deleted_at_once = 1000;

} // namespace parley::app
