#pragma once

#include <parley/ext/entity.h>

#include "plugin/abi/types.hpp"
#include "plugin/app/list_conversations.hpp"
#include "plugin/app/list_events.hpp"
#include "plugin/app/list_messages.hpp"
#include "plugin/app/list_participants.hpp"
#include "plugin/jsonapi/fields.hpp"

/// parley_query, translated into the queries of the store. What cannot be translated is malformed, with a fault for each
/// filter, sort or page parameter that is wrong, by its name.
namespace parley::abi {

/// The storefront sorts by nothing that is named elsewhere: the order would tell it names that it may not see.
domain::Result<store::ConversationQuery> conversation_query(const parley_query &query, const Types &types,
                                                            domain::Audience audience);
domain::Result<store::MessageQuery> message_query(const parley_query &query);
domain::Result<store::ParticipantQuery> participant_query(const parley_query &query);
domain::Result<store::HistoryQuery> history_query(const parley_query &query);
/// Of an entity that has only pages: nothing to filter, nothing to sort.
domain::Result<store::Paging> plain_query(const parley_query &query);

jsonapi::Fields fields_of(const parley_query &query);
jsonapi::Fields fields_of(const parley_get &get);

/// Is the struct large enough to be read? Queries and gets of this version are.
bool readable(const parley_query *query);
bool readable(const parley_get *get);

} // namespace parley::abi
