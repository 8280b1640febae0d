#pragma once

#include <string>
#include <vector>

#include "adapters/sql/builder.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/queries.hpp"

namespace parley::adapters::sql {

/// What tells a list from others of its kind: its filters and its search, whose order does not matter; not how far the
/// viewer's rights reach, which may change while it is read. Cursors are bound to it.
std::string list_of(const store::ConversationQuery &query);
std::string list_of(const store::MessageQuery &query);

/// The filters of a list of conversations (table alias c) and its search, each preceded by " and ". Malformed: an operator
/// that the field does not have, or not exactly one value where one is needed.
domain::Result<std::string> conversation_conditions(const store::ConversationQuery &query, Builder &builder);

/// The filters of a list of messages (table alias m).
domain::Result<std::string> message_conditions(const std::vector<store::MessageCondition> &conditions,
                                               domain::Audience audience, Builder &builder);

} // namespace parley::adapters::sql
