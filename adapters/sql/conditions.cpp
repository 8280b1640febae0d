#include "adapters/sql/conditions.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>

#include "adapters/sql/failures.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/scope.hpp"
#include "adapters/sql/search.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::Failure;
using store::ConversationCondition;
using store::ConversationField;
using store::Operator;
using store::Value;

/// Nothing: the field has no such operator, or got a wrong number of values.
using Text = std::optional<std::string>;

const char *comparison(Operator operation) {
  switch (operation) {
  case Operator::equal:
    return " = ";
  case Operator::not_equal:
    return " <> ";
  case Operator::greater:
    return " > ";
  case Operator::greater_or_equal:
    return " >= ";
  case Operator::less:
    return " < ";
  case Operator::less_or_equal:
    return " <= ";
  case Operator::contains:
  case Operator::exists:
    break;
  }
  return nullptr;
}

bool is_range(Operator operation) {
  return operation == Operator::greater || operation == Operator::greater_or_equal || operation == Operator::less ||
         operation == Operator::less_or_equal;
}

bool is_list(Operator operation) {
  return operation == Operator::equal || operation == Operator::not_equal;
}

const char *negation(Operator operation) {
  return operation == Operator::not_equal ? "not " : "";
}

std::string all_or_nothing(bool all) {
  return all ? "1 = 1" : "1 = 0";
}

template <class Element>
std::string one_of(const std::string &column, Operator operation, const std::vector<Element> &values,
                   Builder &builder) {
  if (values.empty()) {
    return all_or_nothing(operation == Operator::not_equal);
  }
  if (values.size() == 1) {
    return column + comparison(operation) + builder.bind(values.front());
  }
  constexpr Kind kind = std::is_same_v<Element, std::string> ? Kind::text : Kind::integer;
  return column + " " + negation(operation) + "in (" +
         builder.dialect().elements(builder.bind(json_array(values)), kind) + ")";
}

std::vector<std::int64_t> numbers_of(const std::vector<Value> &values) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(values.size());
  for (const Value &value : values) {
    numbers.push_back(value.number);
  }
  return numbers;
}

std::vector<domain::Reference> references_of(const std::vector<Value> &values) {
  std::vector<domain::Reference> references;
  references.reserve(values.size());
  for (const Value &value : values) {
    references.push_back(value.reference);
  }
  return references;
}

/// The text stands somewhere in the column, capital or small.
std::string contains(const std::string &column, const std::string &text, Builder &builder) {
  std::string pattern = "%";
  for (const char c : folded(text)) {
    if (c == '%' || c == '_' || c == '~') {
      pattern += '~';
    }
    pattern += c;
  }
  pattern += '%';
  return column + " like " + builder.bind(std::move(pattern)) + " escape '~'";
}

Text number_condition(const std::string &column, const ConversationCondition &condition, Builder &builder) {
  if (is_list(condition.operation)) {
    return one_of(column, condition.operation, numbers_of(condition.values), builder);
  }
  if (is_range(condition.operation) && condition.values.size() == 1) {
    return column + comparison(condition.operation) + builder.bind(condition.values.front().number);
  }
  if (condition.operation == Operator::exists && condition.values.size() == 1) {
    return all_or_nothing(condition.values.front().number != 0);
  }
  return std::nullopt;
}

/// As a number, but 0 stands for "never": that is neither before nor after any time.
Text time_condition(const std::string &column, const ConversationCondition &condition, Builder &builder) {
  if (condition.operation == Operator::exists && condition.values.size() == 1) {
    return column + (condition.values.front().number != 0 ? " <> 0" : " = 0");
  }
  Text text = number_condition(column, condition, builder);
  if (text && is_range(condition.operation)) {
    *text += " and " + column + " <> 0";
  }
  return text;
}

Text name_condition(const ConversationCondition &condition, Builder &builder) {
  if (is_list(condition.operation)) {
    std::vector<std::string> names;
    for (const Value &value : condition.values) {
      names.push_back(value.text);
    }
    return one_of("c.name", condition.operation, names, builder);
  }
  if (condition.values.size() != 1) {
    return std::nullopt;
  }
  const Value &value = condition.values.front();
  if (condition.operation == Operator::contains) {
    return contains("c.name_key", value.text, builder);
  }
  if (condition.operation == Operator::exists) {
    return all_or_nothing(value.number != 0);
  }
  return "c.name_key" + std::string(comparison(condition.operation)) + builder.bind(folded(value.text));
}

Text status_condition(const ConversationCondition &condition, Builder &builder) {
  if (is_list(condition.operation)) {
    std::vector<std::string> names;
    for (const Value &value : condition.values) {
      names.emplace_back(domain::name_of(value.status));
    }
    return one_of(builder.dialect().without_index("c.status"), condition.operation, names, builder);
  }
  if (condition.operation == Operator::exists && condition.values.size() == 1) {
    return all_or_nothing(condition.values.front().number != 0);
  }
  return std::nullopt;
}

/// Two columns, `<start>_type` and `<start>_id`, are one of the references.
std::string reference_is_one_of(const std::string &start, const std::vector<domain::Reference> &references,
                                Builder &builder) {
  if (references.empty()) {
    return all_or_nothing(false);
  }
  if (references.size() == 1) {
    return start + "_id = " + builder.bind(references.front().id) + " and " + start +
           "_type = " + builder.bind(references.front().type);
  }
  return "(" + start + "_type, " + start + "_id) in (" +
         builder.dialect().pairs(builder.bind(json_pairs(references)), Kind::text, Kind::text) + ")";
}

Text reference_condition(const std::string &start, const ConversationCondition &condition, Builder &builder) {
  if (is_list(condition.operation)) {
    const std::string text = reference_is_one_of(start, references_of(condition.values), builder);
    return condition.operation == Operator::equal ? "(" + text + ")" : "not (" + text + ")";
  }
  if (condition.values.size() != 1) {
    return std::nullopt;
  }
  const Value &value = condition.values.front();
  if (condition.operation == Operator::exists) {
    return start + (value.number != 0 ? "_id <> ''" : "_id = ''");
  }
  if (condition.operation == Operator::contains) {
    return "exists (select 1 from {prefix}record_label f where f.record_type = " + start +
           "_type and f.record_id = " + start + "_id and " + contains("f.title_key", value.text, builder) + ")";
  }
  return std::nullopt;
}

Text context_condition(const ConversationCondition &condition, Audience audience, Builder &builder) {
  std::string found = "exists (select 1 from {prefix}context f where f.conversation = c.id";
  if (audience == Audience::storefront) {
    found += " and f.in_public = 1";
  }
  if (is_list(condition.operation)) {
    const std::string text = reference_is_one_of("f.record", references_of(condition.values), builder);
    return negation(condition.operation) + found + " and " + text + ")";
  }
  if (condition.operation == Operator::exists && condition.values.size() == 1) {
    return (condition.values.front().number != 0 ? "" : "not ") + found + ")";
  }
  return std::nullopt;
}

/// By the key of one message for each conversation. Not EXISTS, of which a database may make a join with all messages.
Text last_sender_condition(const ConversationCondition &condition, Audience audience, Builder &builder) {
  const std::string own = side(audience);
  if (is_list(condition.operation)) {
    return "coalesce((select 1 from {prefix}message f where f.conversation = c.id and f." + own + "index = c." + own +
           "last_text and " + reference_is_one_of("f.sender", references_of(condition.values), builder) +
           "), 0) = " + (condition.operation == Operator::equal ? "1" : "0");
  }
  if (condition.operation == Operator::exists && condition.values.size() == 1) {
    return "c." + own + "last_text" + (condition.values.front().number != 0 ? " <> 0" : " = 0");
  }
  return std::nullopt;
}

Text condition_text(const ConversationCondition &condition, Audience audience, Builder &builder) {
  const std::string own = "c." + side(audience);
  switch (condition.field) {
  case ConversationField::id:
    return number_condition("c.id", condition, builder);
  case ConversationField::name:
    return name_condition(condition, builder);
  case ConversationField::messages_number:
    return number_condition(own + "text_count", condition, builder);
  case ConversationField::created:
    return number_condition("c.created_at", condition, builder);
  case ConversationField::updated:
    return number_condition(own + "updated_at", condition, builder);
  case ConversationField::last_message:
    return time_condition(own + "last_text_at", condition, builder);
  case ConversationField::status:
    return status_condition(condition, builder);
  case ConversationField::owner:
    return reference_condition("c.owner", condition, builder);
  case ConversationField::customer:
    return reference_condition("c.customer", condition, builder);
  case ConversationField::customer_user:
    return reference_condition("c.customer_user", condition, builder);
  case ConversationField::source:
    return reference_condition("c.source", condition, builder);
  case ConversationField::context:
    return context_condition(condition, audience, builder);
  case ConversationField::last_sender:
    return last_sender_condition(condition, audience, builder);
  }
  return std::nullopt;
}

/// The words are looked at row by row: the index is asked elsewhere, where few rows match.
std::string search_condition(const store::Search &search, Audience audience, Builder &builder) {
  if (search.tokens.empty()) {
    return all_or_nothing(false);
  }
  const auto name = [&](Held held) { return holds("c.name_words", search.tokens, held, builder); };
  const auto message = [&] {
    // Not EXISTS, of which a database may make a join with all messages.
    return "coalesce((select 1 from {prefix}message s where s.conversation = c.id and " +
           holds("s.words", search.tokens, Held::beginnings, builder) +
           (audience == Audience::storefront ? " and s.public_index is not null" : "") + " limit 1), 0) = 1";
  };
  switch (search.found) {
  case store::Found::in_whole_words:
    return name(Held::whole);
  case store::Found::in_beginnings:
    return name(Held::beginnings) + " and not " + name(Held::whole);
  case store::Found::in_messages:
    return "not " + name(Held::beginnings) + " and " + message();
  case store::Found::anywhere:
    break;
  }
  return "(" + name(Held::beginnings) + " or " + message() + ")";
}

Failure wrong_operator() {
  return malformed("filter-operator", "A filter uses an operator that its field does not have.", "filter");
}

void append(std::string &text, const std::string &part) {
  text += std::to_string(part.size()) + ":" + part;
}

void append(std::string &text, const Value &value) {
  append(text, std::to_string(value.number));
  append(text, value.text);
  append(text, value.reference.type);
  append(text, value.reference.id);
  append(text, std::string(domain::name_of(value.status)));
}

void append(std::string &text, const std::optional<store::Search> &search) {
  text += search ? 's' : '-';
  for (const std::string &token : search ? search->tokens : std::vector<std::string>()) {
    append(text, token);
  }
}

} // namespace

std::string list_of(const store::ConversationQuery &query) {
  std::string text = query.panel ? "panel" : "conversations";
  if (query.panel) {
    append(text, query.panel->type);
    append(text, query.panel->id);
  }
  text += !query.own ? 'a' : *query.own ? 'm' : 'o';
  append(text, query.search);
  std::vector<std::string> conditions; // their order does not matter
  for (const ConversationCondition &condition : query.conditions) {
    std::string &one = conditions.emplace_back();
    append(one, std::to_string(static_cast<int>(condition.field)));
    append(one, std::to_string(static_cast<int>(condition.operation)));
    for (const Value &value : condition.values) {
      append(one, value);
    }
  }
  std::sort(conditions.begin(), conditions.end());
  for (const std::string &one : conditions) {
    append(text, one);
  }
  return text;
}

std::string list_of(const store::MessageQuery &query) {
  std::string text = query.conversation ? "messages" : "all messages";
  append(text, std::to_string(query.conversation.value_or(0)));
  text += !query.type ? '-' : *query.type == domain::MessageType::text ? 't' : 's';
  append(text, query.search);
  for (const store::MessageCondition &condition : query.conditions) {
    append(text, std::to_string(static_cast<int>(condition.field)));
    append(text, std::to_string(static_cast<int>(condition.operation)));
    append(text, std::to_string(condition.value));
  }
  return text;
}

domain::Result<std::string> conversation_conditions(const store::ConversationQuery &query, Builder &builder) {
  std::string text;
  if (query.search) {
    text += " and " + search_condition(*query.search, query.scope.audience, builder);
  }
  if (query.own == false) {
    text += " and " + others_condition(query.scope, builder);
  }
  for (const ConversationCondition &condition : query.conditions) {
    const Text one = condition_text(condition, query.scope.audience, builder);
    if (!one) {
      return wrong_operator();
    }
    text += " and " + *one;
  }
  return text;
}

domain::Result<std::string> message_conditions(const std::vector<store::MessageCondition> &conditions,
                                               Audience audience, Builder &builder) {
  std::string text;
  for (const store::MessageCondition &condition : conditions) {
    const char *compared = comparison(condition.operation);
    if (compared == nullptr) {
      return wrong_operator();
    }
    const std::string column =
        condition.field == store::MessageField::index ? "m." + side(audience) + "index" : "m." + message_time(audience);
    text += " and " + column + compared + builder.bind(condition.value);
  }
  return text;
}

} // namespace parley::adapters::sql
