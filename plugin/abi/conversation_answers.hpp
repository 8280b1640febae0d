#pragma once

#include "plugin/abi/exchange.hpp"
#include "plugin/app/list_conversations.hpp"

namespace parley::abi {

/// Writes the documents of conversations and hands them to the sink.
std::int32_t answer_conversations(const Exchange &exchange, const app::Conversations &conversations,
                                  jsonapi::Fields fields, const parley_result_sink *result);

/// The document of what this request has just created or changed.
std::int32_t answer_own_work(const Exchange &exchange, domain::ConversationId id, const parley_result_sink *result);

/// One that an earlier request has made or changed: only to who may see it now.
std::int32_t answer_again(const Exchange &exchange, domain::ConversationId id, const parley_result_sink *result);

} // namespace parley::abi
