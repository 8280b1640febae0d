#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "adapters/sql/by_key.hpp"
#include "adapters/sql/conditions.hpp"
#include "adapters/sql/conversation_rows.hpp"
#include "adapters/sql/failures.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/paging.hpp"
#include "adapters/sql/reader.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/scope.hpp"
#include "adapters/sql/search.hpp"
#include "adapters/sql/tiers.hpp"
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
  case ConversationField::last_sender:
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
  auto conditions = conversation_conditions(query, builder);
  if (!conditions) {
    return std::move(conditions).failure();
  }
  return text + conditions.value();
}

/// What is asked for, or a part of it: cursors are those of the whole.
struct Asking {
  const ConversationQuery &query;
  const std::string &list; ///< see list_of
};

Result<PagePlan> planned(const Asking &asked, const std::vector<OrderKey> &keys) {
  return plan_page(asked.list, keys, asked.query.paging);
}

/// Where a short walk along the list ends; nothing: at the list's own end.
Result<std::optional<std::vector<KeyValue>>> walk_end(Reading reading, const Asking &asked,
                                                      const std::vector<OrderKey> &keys) {
  Builder builder(reading.dialect);
  auto plan = planned(asked, keys);
  if (!plan) {
    return std::move(plan).failure();
  }
  const std::string sql = end_of_walk(asked.query, plan.value(), builder);
  auto rows = reading.session.query(sql, "i" + plan->kinds, builder.parameters());
  if (!rows.next()) {
    return std::optional<std::vector<KeyValue>>();
  }
  rows.integer();
  return std::optional(read_keys(plan.value(), rows));
}

/// A page and everything that belongs to it, looked for in one way: one statement.
struct Found {
  ConversationPage page;
  bool cut = false; ///< the list goes on where the walk ended
};

/// The keys as columns of the rows that were found, and the order by them.
std::string found_keys(const PagePlan &plan, std::string &order) {
  std::string columns;
  for (std::size_t at = 0; at < plan.keys.size(); ++at) {
    const std::string name = "k" + std::to_string(at);
    columns += ", " + plan.keys[at].column + " as " + name;
    order += (order.empty() ? " order by g." : ", g.") + name;
    order += plan.keys[at].descending != plan.reversed ? " desc" : "";
  }
  return columns;
}

Result<Found> read_page(Reading reading, const Asking &asked, Way way, const std::optional<std::vector<KeyValue>> &end,
                        const std::vector<OrderKey> &keys) {
  const ConversationQuery &query = asked.query;
  Builder builder(reading.dialect);
  auto plan = planned(asked, keys);
  if (!plan) {
    return std::move(plan).failure();
  }
  auto source = source_of(way, query, plan.value(), end, builder);
  if (!source) {
    return std::move(source).failure();
  }
  const ConversationRows whole(query.scope, builder);
  std::string order;
  const std::string inner =
      "select c.id as id" + found_keys(plan.value(), order) + source.value() + tail(plan.value(), builder);
  std::string shown;
  for (std::size_t at = 0; at < keys.size(); ++at) {
    shown += ", g.k" + std::to_string(at);
  }
  // A cut walk says so in every row, and in a row of its own where it found nothing.
  const std::string head = way == Way::cut_walk ? is_cut(query, plan.value(), builder) : "0";
  const std::string sql = "select h.cut, coalesce(g.id, 0)" + shown + ", " + whole.columns() + " from (select " + head +
                          " as cut) h left join (" + inner +
                          ") g on 1 = 1 left join {prefix}conversation c on c.id = g.id" + whole.joins() + order;
  Found found;
  auto rows = reading.session.query(sql, "ii" + plan->kinds + whole.kinds(), builder.parameters());
  while (rows.next()) {
    found.cut = rows.integer() != 0;
    if (rows.integer() == 0) {
      break;
    }
    std::string cursor = read_cursor(plan.value(), rows);
    found.page.rows.push_back(whole.read(rows, found.page.labels));
    found.page.rows.back().cursor = std::move(cursor);
  }
  finish_page(plan.value(), query.paging, found.page);
  return found;
}

/// A page without its total.
Result<ConversationPage> read_rows(Reading reading, const Asking &asked) {
  const ConversationQuery &query = asked.query;
  auto keys = order_keys(query);
  if (!keys) {
    return std::move(keys).failure();
  }
  const Way way = first_way(query, reading.dialect);
  std::optional<std::vector<KeyValue>> end;
  if (way == Way::short_walk) {
    auto found = walk_end(reading, asked, keys.value());
    if (!found) {
      return std::move(found).failure();
    }
    end = std::move(found).value();
  }
  auto read = read_page(reading, asked, way, end, keys.value());
  const bool reversed = !query.paging.before.empty() && query.paging.after.empty();
  if (read && (end || read->cut) && !(reversed ? read->page.has_previous : read->page.has_next)) {
    // Behind the end of the walk there may be more.
    read = read_page(reading, asked, second_way(query), {}, keys.value());
  }
  if (!read) {
    return std::move(read).failure();
  }
  return std::move(read).value().page;
}

/// The lists that one after the other are the list by relevance.
constexpr std::array kPlaces = {store::Found::in_whole_words, store::Found::in_beginnings, store::Found::in_messages};

/// A search, with the help of the index where that names few rows.
class Searching {
public:
  Searching(Reading reading, const ConversationQuery &query) : query_(query) {
    const auto &tokens = query.search->tokens;
    if (!tokens.empty()) {
      names_ = few_names(reading, tokens);
      conversations_ = few_conversations(reading, tokens, query.scope.audience);
    }
  }

  /// The same query of what is found there alone.
  [[nodiscard]] ConversationQuery at(store::Found place) const {
    ConversationQuery part = query_;
    part.search->found = place;
    if (query_.search->tokens.empty()) {
      return part;
    }
    const bool of_names = place != store::Found::in_messages;
    const bool of_messages = place == store::Found::in_messages || place == store::Found::anywhere;
    std::set<ConversationId> ids;
    if (place == store::Found::in_whole_words && !names_.all && names_.whole) {
      ids.insert(names_.whole->begin(), names_.whole->end());
      part.search.reset();
      return among(std::move(part), ids);
    }
    if ((of_names && !names_.all) || (of_messages && !conversations_)) {
      return part;
    }
    if (of_messages) {
      ids.insert(conversations_->begin(), conversations_->end());
    }
    if (names_.all) {
      for (const FoundName &name : *names_.all) {
        if (place == store::Found::in_messages) {
          ids.erase(name.id);
        } else if (place == store::Found::anywhere || (place == store::Found::in_whole_words) == name.whole) {
          ids.insert(name.id);
        }
      }
      part.search.reset();
    }
    // Where names are many, the condition still tells which of these are found by their names.
    return among(std::move(part), ids);
  }

private:
  static ConversationQuery among(ConversationQuery part, const std::set<ConversationId> &ids) {
    part.conditions.push_back({ConversationField::id, store::Operator::equal, {}});
    for (const ConversationId id : ids) {
      store::Value value;
      value.number = id;
      part.conditions.back().values.push_back(std::move(value));
    }
    return part;
  }

  const ConversationQuery &query_;
  Few<FoundName> names_;
  std::optional<std::vector<ConversationId>> conversations_;
};

/// A cursor behind the last row of the list, last message first.
Result<std::string> behind_all(const Asking &asked) {
  auto keys = order_keys(asked.query);
  if (!keys) {
    return std::move(keys).failure();
  }
  ConversationQuery first = asked.query;
  first.paging = {};
  const auto plan = planned({first, asked.list}, keys.value());
  if (!plan) {
    return plan.failure();
  }
  return encode_cursor(plan->signature, {std::int64_t{-1}, std::int64_t{-1}});
}

Result<std::int64_t> count_rows(Reading reading, const ConversationQuery &query) {
  Builder builder(reading.dialect);
  auto source = list_source(query, builder);
  if (!source) {
    return std::move(source).failure();
  }
  auto rows = reading.session.query("select count(*)" + source.value(), "i", builder.parameters());
  rows.next();
  return rows.integer();
}

Result<ConversationPage> search_rows(Reading reading, const Asking &asked) {
  const ConversationQuery &query = asked.query;
  const Searching searching(reading, query);
  if (!query.orders.empty() || query.panel) {
    return read_rows(reading, {searching.at(store::Found::anywhere), asked.list});
  }
  auto end = behind_all(asked);
  if (!end) {
    return std::move(end).failure();
  }
  const auto part = [&](std::size_t list) { return searching.at(kPlaces.at(list)); };
  return page_of_lists<ConversationRow>(
      kPlaces.size(), query.paging, end.value(),
      [&](std::size_t list, const store::Paging &paging) {
        ConversationQuery one = part(list);
        one.paging = paging;
        return read_rows(reading, {one, asked.list});
      },
      [&](std::size_t list) { return count_rows(reading, part(list)); });
}

} // namespace

Result<ConversationPage> conversations(Reading reading, const ConversationQuery &query) {
  const std::string list = list_of(query);
  const Asking asked{query, list};
  auto read = query.search ? search_rows(reading, asked) : read_rows(reading, asked);
  if (!read) {
    return std::move(read).failure();
  }
  ConversationPage page = std::move(read).value();
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
  return count_rows(reading, query.search ? Searching(reading, query).at(store::Found::anywhere) : query);
}

Result<ConversationPage> conversations_by_id(Reading reading, const Scope &scope,
                                             const std::vector<ConversationId> &ids) {
  ConversationPage page;
  if (ids.empty()) {
    return page;
  }
  std::map<ConversationId, ConversationRow> found;
  {
    Builder builder(reading.dialect);
    const std::string wanted = reading.dialect.elements(builder.bind(json_array(ids)), Kind::integer);
    const ConversationRows whole(scope, builder);
    const std::string sql = "select " + whole.columns() + " from (" + wanted + ") w" + reading.dialect.ordered_join() +
                            "{prefix}conversation c on c.id = w.value" + whole.joins() + " where " +
                            scope_condition(scope, Asked::of_one, builder);
    auto rows = reading.session.query(sql, whole.kinds(), builder.parameters());
    while (rows.next()) {
      ConversationRow row = whole.read(rows, page.labels);
      found.emplace(row.conversation.id, std::move(row));
    }
  }
  page.rows = in_order_of(ids, std::move(found));
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
