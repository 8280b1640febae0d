#pragma once

#include <string>
#include <vector>

#include "adapters/sql/builder.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/queries.hpp"

namespace parley::adapters::sql {

/// The filters of a list of conversations (table alias c) and its search, each preceded by " and ". Malformed: an operator
/// that the field does not have, or not exactly one value where one is needed.
domain::Result<std::string> conversation_conditions(const store::ConversationQuery &query, Builder &builder);

/// The filters of a list of messages (table alias m).
domain::Result<std::string> message_conditions(const std::vector<store::MessageCondition> &conditions,
                                               domain::Audience audience, Builder &builder);

} // namespace parley::adapters::sql
