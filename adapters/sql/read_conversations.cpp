#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "adapters/sql/conditions.hpp"
#include "adapters/sql/failures.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/paging.hpp"
#include "adapters/sql/reader.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/scope.hpp"
#include "adapters/sql/ways.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::ConversationId;
using domain::Reference;
using domain::Result;
using domain::Scope;
using store::ConversationField;
using store::ConversationQuery;
using store::ConversationRow;
using ConversationPage = store::Page<ConversationRow>;

std::optional<OrderKey> key_of(const store::ConversationOrder &order, Audience audience) {
  const std::string own = "c." + side(audience);
  const bool descending = order.descending;
  switch (order.field) {
  case ConversationField::id:
    return OrderKey{"c.id", Kind::integer, descending};
  case ConversationField::name:
    return OrderKey{"c.name_key", Kind::text, descending};
  case ConversationField::messages_number:
    return OrderKey{own + "text_count", Kind::integer, descending};
  case ConversationField::created:
    return OrderKey{"c.created_at", Kind::integer, descending};
  case ConversationField::updated:
    return OrderKey{own + "updated_at", Kind::integer, descending};
  case ConversationField::last_message:
    return OrderKey{own + "last_text_at", Kind::integer, descending};
  case ConversationField::status:
    return OrderKey{"c.status", Kind::text, descending};
  case ConversationField::owner:
    return OrderKey{"c.owner_key", Kind::text, descending};
  case ConversationField::customer:
    return OrderKey{"c.customer_key", Kind::text, descending};
  case ConversationField::customer_user:
    return OrderKey{"c.customer_user_key", Kind::text, descending};
  case ConversationField::source:
  case ConversationField::context:
    break;
  }
  return std::nullopt;
}

/// The keys of the list's order; the id decides last, in the direction of the key before it, as the indexes have it.
Result<std::vector<OrderKey>> order_keys(const ConversationQuery &query) {
  const Audience audience = query.scope.audience;
  if (query.panel) {
    return std::vector<OrderKey>{{"x." + side(audience) + "activity_at", Kind::integer, true},
                                 {"x.conversation", Kind::integer, true}};
  }
  std::vector<OrderKey> keys;
  for (const store::ConversationOrder &order : query.orders) {
    auto key = key_of(order, audience);
    if (!key) {
      return malformed("sort-field", "Conversations cannot be sorted by this.", "sort");
    }
    const auto repeated = [&](const OrderKey &other) { return other.column == key->column; };
    if (std::none_of(keys.begin(), keys.end(), repeated)) {
      keys.push_back(std::move(*key));
    }
    if (order.field == ConversationField::id) {
      return keys;
    }
  }
  if (keys.empty()) {
    keys.push_back(*key_of({}, audience));
  }
  keys.push_back({"c.id", Kind::integer, keys.back().descending});
  return keys;
}

/// From the tables to the last filter, without the place of the page.
Result<std::string> list_source(const ConversationQuery &query, Builder &builder) {
  std::string text = " from {prefix}conversation c where ";
  if (query.panel) {
    text = " from {prefix}context x join {prefix}conversation c on c.id = x.conversation where x.record_id = " +
           builder.bind(query.panel->id) + " and x.record_type = " + builder.bind(query.panel->type) +
           (query.scope.audience == Audience::storefront ? " and x.in_public = 1 and " : " and ");
  }
  text += scope_condition(query.scope, query.panel ? Asked::of_one : Asked::of_many, builder);
  auto conditions = conversation_conditions(query.conditions, query.scope.audience, builder);
  if (!conditions) {
    return std::move(conditions).failure();
  }
  return text + conditions.value();
}

using ByConversation = std::unordered_map<ConversationId, ConversationRow *>;

void read_contexts(Reading reading, Audience audience, const std::string &ids, const ByConversation &rows_of) {
  const std::string sql = "select x.conversation, x.record_type, x.record_id, x.in_public from {prefix}context x "
                          "where x.conversation in (" +
                          reading.dialect.elements(":ids", Kind::integer) + ")" +
                          (audience == Audience::storefront ? " and x.in_public = 1" : "") +
                          " order by x.conversation, x.id";
  auto rows = reading.session.query(sql, "itti", {{"ids", ids}});
  while (rows.next()) {
    domain::Context context;
    context.conversation = rows.integer();
    context.record = read_reference(rows);
    context.in_public = rows.integer() != 0;
    rows_of.at(context.conversation)->contexts.push_back(std::move(context));
  }
}

void read_last_texts(Reading reading, Audience audience, const std::string &ids, const ByConversation &rows_of) {
  const std::string own = side(audience);
  const Columns &columns = message_columns(audience);
  const std::string sql = "select " + columns.names +
                          " from {prefix}conversation c join {prefix}message m on m.conversation = c.id and m." + own +
                          "index = c." + own + "last_text where c.id in (" +
                          reading.dialect.elements(":ids", Kind::integer) + ")";
  auto rows = reading.session.query(sql, columns.kinds, {{"ids", ids}});
  while (rows.next()) {
    domain::Message message = read_message(rows);
    rows_of.at(message.conversation)->last_text = std::move(message);
  }
}

void read_own_part(Reading reading, const Scope &scope, const std::string &ids, const ByConversation &rows_of) {
  if (scope.actor.none()) {
    return;
  }
  const Columns &columns = participant_columns(scope.audience);
  const std::string own = side(scope.audience);
  const std::string sql = "select " + columns.names +
                          ", (select count(*) from {prefix}message m where m.conversation = p.conversation and m." +
                          own + "index > p." + own + "last_read and m.type = 'text' and m." + own +
                          "index <= coalesce((select l." + own +
                          "index from {prefix}message l where l.conversation = p.conversation and l." + own +
                          "index > p." + own + "last_read and l.type = 'text' order by l." + own +
                          "index limit 1 offset 99), 9223372036854775807)) from {prefix}participant p "
                          "where p.actor_id = :id and p.actor_type = :type and p.conversation in (" +
                          reading.dialect.elements(":ids", Kind::integer) + ")" +
                          (scope.audience == Audience::storefront ? " and p.in_public = 1" : "");
  auto rows = reading.session.query(sql, columns.kinds + "i",
                                    {{"id", scope.actor.id}, {"type", scope.actor.type}, {"ids", ids}});
  while (rows.next()) {
    domain::Participant participant = read_participant(rows);
    ConversationRow &row = *rows_of.at(participant.conversation);
    row.mine = std::move(participant);
    row.unread = rows.integer();
  }
}

/// Everything that belongs to the rows, in one statement each.
void complete(Reading reading, const Scope &scope, ConversationPage &page) {
  if (page.rows.empty()) {
    return;
  }
  ByConversation rows_of;
  std::vector<std::int64_t> ids;
  for (ConversationRow &row : page.rows) {
    rows_of.emplace(row.conversation.id, &row);
    ids.push_back(row.conversation.id);
  }
  const std::string list = json_array(ids);
  read_contexts(reading, scope.audience, list, rows_of);
  read_last_texts(reading, scope.audience, list, rows_of);
  read_own_part(reading, scope, list, rows_of);

  std::set<Reference> named;
  for (const ConversationRow &row : page.rows) {
    const domain::Conversation &conversation = row.conversation;
    named.insert({conversation.owner, conversation.customer, conversation.customer_user, conversation.source});
    for (const domain::Context &context : row.contexts) {
      named.insert(context.record);
    }
    if (row.last_text) {
      named.insert({row.last_text->sender, row.last_text->posted_by});
    }
  }
  page.labels = read_labels(reading.session, reading.dialect, named);
}

Result<PagePlan> planned(const ConversationQuery &query, const std::vector<OrderKey> &keys) {
  return plan_page(query.panel ? "panel" : "conversations", keys, query.paging);
}

/// Where a short walk along the list ends; nothing: at the list's own end.
Result<std::optional<std::vector<KeyValue>>> walk_end(Reading reading, const ConversationQuery &query,
                                                      const std::vector<OrderKey> &keys) {
  Builder builder(reading.dialect);
  auto plan = planned(query, keys);
  if (!plan) {
    return std::move(plan).failure();
  }
  const std::string sql = end_of_walk(query, plan.value(), builder);
  auto rows = reading.session.query(sql, "i" + plan->kinds, builder.parameters());
  if (!rows.next()) {
    return std::optional<std::vector<KeyValue>>();
  }
  rows.integer();
  return std::optional(read_keys(plan.value(), rows));
}

/// The rows alone, looked for in one way.
Result<ConversationPage> read_page(Reading reading, const ConversationQuery &query, Way way,
                                   const std::optional<std::vector<KeyValue>> &end, const std::vector<OrderKey> &keys) {
  Builder builder(reading.dialect);
  auto plan = planned(query, keys);
  if (!plan) {
    return std::move(plan).failure();
  }
  auto source = source_of(way, query, plan.value(), end, builder);
  if (!source) {
    return std::move(source).failure();
  }
  ConversationPage page;
  const std::string sql =
      "select " + conversation_columns().names + plan->columns + source.value() + tail(plan.value(), builder);
  auto rows = reading.session.query(sql, conversation_columns().kinds + plan->kinds, builder.parameters());
  while (rows.next()) {
    ConversationRow row;
    row.conversation = read_conversation(rows);
    row.cursor = read_cursor(plan.value(), rows);
    page.rows.push_back(std::move(row));
  }
  finish_page(plan.value(), query.paging, page);
  return page;
}

} // namespace

Result<ConversationPage> conversations(Reading reading, const ConversationQuery &query) {
  auto keys = order_keys(query);
  if (!keys) {
    return std::move(keys).failure();
  }
  Way way = first_way(query);
  std::optional<std::vector<KeyValue>> end;
  if (way == Way::short_walk) {
    auto found = walk_end(reading, query, keys.value());
    if (!found) {
      return std::move(found).failure();
    }
    end = std::move(found).value();
  }
  auto read = read_page(reading, query, way, end, keys.value());
  const bool reversed = !query.paging.before.empty() && query.paging.after.empty();
  if (read && end && !(reversed ? read->has_previous : read->has_next)) {
    // Behind the end of the walk there may be more.
    read = read_page(reading, query, second_way(query), {}, keys.value());
  }
  if (!read) {
    return std::move(read).failure();
  }
  ConversationPage page = std::move(read).value();
  complete(reading, query.scope, page);
  if (query.paging.want_total) {
    auto total = count_conversations(reading, query);
    if (!total) {
      return std::move(total).failure();
    }
    page.total = total.value();
  }
  return page;
}

Result<std::int64_t> count_conversations(Reading reading, const ConversationQuery &query) {
  Builder builder(reading.dialect);
  auto source = list_source(query, builder);
  if (!source) {
    return std::move(source).failure();
  }
  auto rows = reading.session.query("select count(*)" + source.value(), "i", builder.parameters());
  rows.next();
  return rows.integer();
}

Result<ConversationPage> conversations_by_id(Reading reading, const Scope &scope,
                                             const std::vector<ConversationId> &ids) {
  ConversationPage page;
  if (ids.empty()) {
    return page;
  }
  std::unordered_map<ConversationId, domain::Conversation> found;
  {
    Builder builder(reading.dialect);
    const std::string wanted = reading.dialect.elements(builder.bind(json_array(ids)), Kind::integer);
    const std::string sql = "select " + conversation_columns().names + " from {prefix}conversation c where c.id in (" +
                            wanted + ") and " + scope_condition(scope, Asked::of_one, builder);
    auto rows = reading.session.query(sql, conversation_columns().kinds, builder.parameters());
    while (rows.next()) {
      domain::Conversation conversation = read_conversation(rows);
      found.emplace(conversation.id, std::move(conversation));
    }
  }
  for (const ConversationId id : ids) {
    if (auto each = found.find(id); each != found.end()) {
      page.rows.emplace_back();
      page.rows.back().conversation = std::move(each->second);
      found.erase(each); // an id that is asked for twice is answered once
    }
  }
  complete(reading, scope, page);
  return page;
}

Result<std::vector<std::int64_t>> count_at_records(Reading reading, const Scope &scope,
                                                   const std::vector<Reference> &records) {
  std::map<Reference, std::int64_t> counts;
  if (!records.empty()) {
    Builder builder(reading.dialect);
    const std::string wanted = reading.dialect.pairs(builder.bind(json_pairs(records)), Kind::text, Kind::text);
    const std::string sql = "select w.a, w.b, count(distinct c.id) from (" + wanted +
                            ") w join {prefix}context x on x.record_id = w.b and x.record_type = w.a "
                            "join {prefix}conversation c on c.id = x.conversation where " +
                            (scope.audience == Audience::storefront ? "x.in_public = 1 and " : "") +
                            scope_condition(scope, Asked::of_one, builder) + " group by w.a, w.b";
    auto rows = reading.session.query(sql, "tti", builder.parameters());
    while (rows.next()) {
      Reference record = read_reference(rows);
      counts[std::move(record)] = rows.integer();
    }
  }
  std::vector<std::int64_t> result;
  result.reserve(records.size());
  for (const Reference &record : records) {
    const auto count = counts.find(record);
    result.push_back(count == counts.end() ? 0 : count->second);
  }
  return result;
}

Result<std::vector<ConversationId>> reachable(Reading reading, const Scope &scope,
                                              const std::vector<ConversationId> &ids) {
  std::vector<ConversationId> result;
  if (ids.empty()) {
    return result;
  }
  std::set<ConversationId> found;
  Builder builder(reading.dialect);
  const std::string wanted = reading.dialect.elements(builder.bind(json_array(ids)), Kind::integer);
  auto rows = reading.session.query("select c.id from {prefix}conversation c where c.id in (" + wanted + ") and " +
                                        scope_condition(scope, Asked::of_one, builder),
                                    "i", builder.parameters());
  while (rows.next()) {
    found.insert(rows.integer());
  }
  std::copy_if(ids.begin(), ids.end(), std::back_inserter(result),
               [&](ConversationId id) { return found.erase(id) != 0; });
  return result;
}

} // namespace parley::adapters::sql
