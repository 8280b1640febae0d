#include <parley/cpp/strings.hpp>

#include <utility>

#include "plugin/abi/queries.hpp"
#include "plugin/abi/query_reader.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

using store::Operator;

/// The one value of a filter on a fixed or own thing.
bool take_one(QueryReader &reader, const parley_filter &filter) {
  if (!reader.operation(filter, {Operator::equal})) {
    return false;
  }
  if (filter.value_count != 1) {
    reader.fault(filter, "wrong-count", "This filter takes one value.");
    return false;
  }
  return true;
}

void take_conversation(QueryReader &reader, const parley_filter &filter,
                       std::optional<domain::ConversationId> &conversation) {
  if (take_one(reader, filter)) {
    // What is no id belongs to no conversation, and nothing to two of them: 0 finds nothing.
    const auto asked = jsonapi::parse_conversation_id(cpp::view(filter.values[0])).value_or(0);
    conversation = conversation.value_or(asked) == asked ? asked : 0;
  }
}

void take_ordered(QueryReader &reader, const parley_filter &filter, store::MessageField field,
                  std::vector<store::MessageCondition> &conditions) {
  const auto operation =
      reader.operation(filter, {Operator::equal, Operator::not_equal, Operator::greater, Operator::greater_or_equal,
                                Operator::less, Operator::less_or_equal});
  if (!operation) {
    return;
  }
  if (filter.value_count != 1) {
    reader.fault(filter, "wrong-count", "This filter takes one value.");
    return;
  }
  const std::string_view text = cpp::view(filter.values[0]);
  const auto value = field == store::MessageField::index ? reader.number(filter, text) : reader.time(filter, text);
  if (value) {
    conditions.push_back(store::MessageCondition{field, *operation, *value});
  }
}

void take_type(QueryReader &reader, const parley_filter &filter, std::optional<domain::MessageType> &type) {
  if (!take_one(reader, filter)) {
    return;
  }
  const auto named = domain::message_type_named(cpp::view(filter.values[0]));
  if (!named) {
    reader.fault(filter, "unknown-record", "There is no such type of messages.");
    return;
  }
  type = *named;
}

/// The only filter that there is.
void take_conversation_alone(QueryReader &reader, std::optional<domain::ConversationId> &conversation) {
  for (std::size_t index = 0; index < reader.filter_count(); ++index) {
    const parley_filter &filter = reader.filter(index);
    if (cpp::view(filter.field) == "conversation") {
      take_conversation(reader, filter, conversation);
    } else {
      reader.unknown_field(filter);
    }
  }
}

} // namespace

domain::Result<store::MessageQuery> message_query(const parley_query &query) {
  QueryReader reader(query);
  store::MessageQuery result;
  for (std::size_t index = 0; index < reader.filter_count(); ++index) {
    const parley_filter &filter = reader.filter(index);
    const std::string_view field = cpp::view(filter.field);
    if (filter.operation == PARLEY_FILTER_SEARCH) {
      reader.search(filter, result.search);
    } else if (field == "conversation") {
      take_conversation(reader, filter, result.conversation);
    } else if (field == "index") {
      take_ordered(reader, filter, store::MessageField::index, result.conditions);
    } else if (field == "createdAt") {
      take_ordered(reader, filter, store::MessageField::created, result.conditions);
    } else if (field == "messageType") {
      take_type(reader, filter, result.type);
    } else {
      reader.unknown_field(filter);
    }
  }
  for (std::size_t index = 0; index < reader.sort_count(); ++index) {
    const parley_sort &sort = reader.sort(index);
    const std::string_view field = cpp::view(sort.field);
    if (field != "index" && field != "createdAt") {
      reader.unknown_sort(sort);
    } else if (index == 0) {
      // In a conversation numbers and times grow together: the first decides it all.
      result.descending = sort.descending != 0;
    }
  }
  result.by_relevance = reader.sort_count() == 0;
  result.paging = reader.paging();
  if (auto failure = reader.failure()) {
    return std::move(*failure);
  }
  return result;
}

domain::Result<store::ParticipantQuery> participant_query(const parley_query &query) {
  QueryReader reader(query);
  store::ParticipantQuery result;
  take_conversation_alone(reader, result.conversation);
  for (std::size_t index = 0; index < reader.sort_count(); ++index) {
    reader.unknown_sort(reader.sort(index));
  }
  result.paging = reader.paging();
  if (auto failure = reader.failure()) {
    return std::move(*failure);
  }
  return result;
}

domain::Result<store::HistoryQuery> history_query(const parley_query &query) {
  QueryReader reader(query);
  store::HistoryQuery result;
  take_conversation_alone(reader, result.conversation);
  for (std::size_t index = 0; index < reader.sort_count(); ++index) {
    const parley_sort &sort = reader.sort(index);
    if (cpp::view(sort.field) != "createdAt") {
      reader.unknown_sort(sort);
    } else if (index == 0) {
      result.descending = sort.descending != 0;
    }
  }
  result.paging = reader.paging();
  if (auto failure = reader.failure()) {
    return std::move(*failure);
  }
  return result;
}

domain::Result<store::Paging> plain_query(const parley_query &query) {
  QueryReader reader(query);
  for (std::size_t index = 0; index < reader.filter_count(); ++index) {
    reader.unknown_field(reader.filter(index));
  }
  for (std::size_t index = 0; index < reader.sort_count(); ++index) {
    reader.unknown_sort(reader.sort(index));
  }
  const store::Paging paging = reader.paging();
  if (auto failure = reader.failure()) {
    return std::move(*failure);
  }
  return paging;
}

} // namespace parley::abi
