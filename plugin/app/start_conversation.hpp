#pragma once

#include "plugin/app/call.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/drafts.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// May the actor start conversations, by its permission `create` and what it is? Where, and for whom, is asked at each.
[[nodiscard]] bool may_start(const Call &call, const RecordTypes &types, const domain::Scope &create);

/// Starts a conversation, with its first message where one is sent: whole or not at all.
///
/// In the storefront customer and customer user come from the actor; owner, status and contexts that were sent are ignored.
/// Result: the id (0 when only checked). Failures: not_found (switched off), forbidden (no right to create or to assign),
/// invalid with every fault and its pointer, and those of store and host.
[[nodiscard]] domain::Result<domain::ConversationId> start_conversation(const Call &call,
                                                                        const domain::ConversationDraft &draft);

} // namespace parley::app
