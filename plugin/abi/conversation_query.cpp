#include <parley/cpp/strings.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "plugin/abi/queries.hpp"
#include "plugin/abi/query_reader.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

using store::ConversationCondition;
using store::ConversationField;
using store::Operator;
using store::Value;

enum class Kind { id, text, number, time, status, reference };

/// A field as the API names it.
struct Name {
  std::string_view name;
  ConversationField field;
  Kind kind;
  bool sortable;
  const std::vector<std::string> Types::*types; ///< of a reference
};

constexpr std::size_t longest_id = 64; // bytes

const Name names[] = {
    {"id", ConversationField::id, Kind::id, false, nullptr},
    {"name", ConversationField::name, Kind::text, true, nullptr},
    {"messagesNumber", ConversationField::messages_number, Kind::number, true, nullptr},
    {"createdAt", ConversationField::created, Kind::time, true, nullptr},
    {"updatedAt", ConversationField::updated, Kind::time, true, nullptr},
    {"lastMessageAt", ConversationField::last_message, Kind::time, true, nullptr},
    {"status", ConversationField::status, Kind::status, true, nullptr},
    {"owner", ConversationField::owner, Kind::reference, true, &Types::users},
    {"customer", ConversationField::customer, Kind::reference, true, &Types::customers},
    {"customerUser", ConversationField::customer_user, Kind::reference, true, &Types::customer_users},
    {"source", ConversationField::source, Kind::reference, false, &Types::records},
    {"lastMessageSender", ConversationField::last_sender, Kind::reference, false, nullptr}, // of actors
    {"activityTargets", ConversationField::context, Kind::reference, false, &Types::records},
};

std::vector<std::string> types_of(const Name &name, const Types &types) {
  return name.types == nullptr ? types.actors() : types.*(name.types);
}

const Name *name_of(std::string_view text) {
  const auto *found =
      std::find_if(std::begin(names), std::end(names), [text](const Name &each) { return each.name == text; });
  return found == std::end(names) ? nullptr : found;
}

std::initializer_list<Operator> operators_of(Kind kind) {
  static constexpr std::initializer_list<Operator> same = {Operator::equal, Operator::not_equal};
  static constexpr std::initializer_list<Operator> same_or_none = {Operator::equal, Operator::not_equal,
                                                                   Operator::exists};
  static constexpr std::initializer_list<Operator> text = {Operator::equal, Operator::not_equal, Operator::contains};
  static constexpr std::initializer_list<Operator> ordered = {
      Operator::equal, Operator::not_equal,     Operator::greater, Operator::greater_or_equal,
      Operator::less,  Operator::less_or_equal, Operator::exists};
  switch (kind) {
  case Kind::id:
  case Kind::status:
    return same;
  case Kind::reference:
    return same_or_none;
  case Kind::text:
    return text;
  case Kind::number:
  case Kind::time:
    break;
  }
  return ordered;
}

bool sorts(const Name &name, domain::Audience audience) {
  return name.sortable && (audience == domain::Audience::backoffice || name.kind != Kind::reference);
}

/// The type of the ids of a reference; nothing, and a fault, where it cannot be told.
std::optional<std::string> type_of(QueryReader &reader, const parley_filter &filter,
                                   const std::vector<std::string> &types) {
  if (filter.type.size != 0) {
    std::string type = cpp::text(filter.type);
    if (std::find(types.begin(), types.end(), type) != types.end()) {
      return type;
    }
  } else if (types.size() == 1) {
    return types.front();
  }
  reader.fault(filter, "unknown-type", "This filter needs the type of the record: filter[source][orders]=17.");
  return std::nullopt;
}

std::optional<Value> value_of(QueryReader &reader, const parley_filter &filter, const Name &name, std::string_view text,
                              const std::string &type) {
  Value value;
  switch (name.kind) {
  case Kind::id:
    // What is no id belongs to no conversation.
    value.number = jsonapi::parse_conversation_id(text).value_or(0);
    return value;
  case Kind::text:
    if (auto read = reader.text(filter, text)) {
      value.text = std::move(*read);
      return value;
    }
    return std::nullopt;
  case Kind::number:
    if (const auto read = reader.number(filter, text)) {
      value.number = *read;
      return value;
    }
    return std::nullopt;
  case Kind::time:
    if (const auto read = reader.time(filter, text)) {
      value.number = *read;
      return value;
    }
    return std::nullopt;
  case Kind::status:
    if (const auto status = domain::status_named(text)) {
      value.status = *status;
      return value;
    }
    reader.fault(filter, "unknown-record", "There is no such status.");
    return std::nullopt;
  case Kind::reference:
    break;
  }
  if (auto id = reader.text(filter, text)) {
    if (!id->empty() && id->size() <= longest_id) {
      value.reference = domain::Reference{type, std::move(*id)};
      return value;
    }
    reader.fault(filter, "wrong-type", "This value should be an id of 1 to 64 bytes.");
  }
  return std::nullopt;
}

/// Ids of one type, and ids of another: the record is one of all these.
void add_condition(ConversationCondition condition, bool polymorphic, std::vector<ConversationCondition> &conditions) {
  const auto same = std::find_if(conditions.begin(), conditions.end(), [&](const ConversationCondition &other) {
    return other.field == condition.field && other.operation == Operator::equal;
  });
  if (!polymorphic || condition.operation != Operator::equal || same == conditions.end()) {
    conditions.push_back(std::move(condition));
    return;
  }
  std::move(condition.values.begin(), condition.values.end(), std::back_inserter(same->values));
}

void take_condition(QueryReader &reader, const parley_filter &filter, const Types &types, domain::Audience audience,
                    std::vector<ConversationCondition> &conditions) {
  const Name *name = name_of(cpp::view(filter.field));
  if (name == nullptr || (name->field == ConversationField::last_sender && audience != domain::Audience::backoffice)) {
    reader.unknown_field(filter);
    return;
  }
  const auto operation = reader.operation(filter, operators_of(name->kind));
  if (!operation) {
    return;
  }
  ConversationCondition condition{name->field, *operation, {}};
  if (*operation == Operator::exists) {
    if (const auto exists = reader.boolean(filter, cpp::view(filter.values[0]))) {
      Value value;
      value.number = *exists ? 1 : 0;
      condition.values.push_back(std::move(value));
      conditions.push_back(std::move(condition));
    }
    return;
  }
  std::optional<std::string> type = std::string();
  bool polymorphic = false;
  if (name->kind == Kind::reference) {
    const std::vector<std::string> offered = types_of(*name, types);
    polymorphic = offered.size() > 1;
    if (!(type = type_of(reader, filter, offered))) {
      return;
    }
  }
  for (std::size_t index = 0; index < filter.value_count; ++index) {
    auto value = value_of(reader, filter, *name, cpp::view(filter.values[index]), *type);
    if (!value) {
      return;
    }
    condition.values.push_back(std::move(*value));
  }
  add_condition(std::move(condition), polymorphic, conditions);
}

void take_own(QueryReader &reader, const parley_filter &filter, store::ConversationQuery &query) {
  if (!reader.operation(filter, {Operator::equal})) {
    return;
  }
  if (filter.value_count != 1 || query.own) {
    reader.fault(filter, "wrong-count", "This filter takes one value.");
  } else {
    query.own = reader.boolean(filter, cpp::view(filter.values[0]));
  }
}

} // namespace

domain::Result<store::ConversationQuery> conversation_query(const parley_query &query, const Types &types,
                                                            domain::Audience audience) {
  QueryReader reader(query);
  store::ConversationQuery result;
  for (std::size_t index = 0; index < reader.filter_count(); ++index) {
    const parley_filter &filter = reader.filter(index);
    if (filter.operation == PARLEY_FILTER_SEARCH) {
      reader.search(filter, result.search);
    } else if (audience == domain::Audience::backoffice && cpp::view(filter.field) == "mine") {
      take_own(reader, filter, result);
    } else {
      take_condition(reader, filter, types, audience, result.conditions);
    }
  }
  for (std::size_t index = 0; index < reader.sort_count(); ++index) {
    const parley_sort &sort = reader.sort(index);
    const Name *name = name_of(cpp::view(sort.field));
    if (name == nullptr || !sorts(*name, audience)) {
      reader.unknown_sort(sort);
    } else {
      result.orders.push_back(store::ConversationOrder{name->field, sort.descending != 0});
    }
  }
  result.paging = reader.paging();
  if (auto failure = reader.failure()) {
    return std::move(*failure);
  }
  return result;
}

} // namespace parley::abi
