#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>

#include "adapters/sql/by_key.hpp"
#include "adapters/sql/conditions.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/label_texts.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/paging.hpp"
#include "adapters/sql/reader.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/scope.hpp"
#include "adapters/sql/search.hpp"
#include "adapters/sql/tiers.hpp"
#include "adapters/sql/ways.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::Result;
using domain::Scope;
using store::MessageQuery;
using store::MessageRow;
using MessageKey = store::ConversationStore::MessageKey;
using MessagePage = store::Page<MessageRow>;

/// A page may ask for more rows than there are.
constexpr std::size_t kMostReserved = 100;

/// The sender's part in the conversation, where the audience sees it: who wrote notes and then closes it takes no part
/// that the storefront could know of.
std::string join_sender(Audience audience) {
  std::string text = " left join {prefix}participant p on p.conversation = m.conversation "
                     "and p.actor_type = m.sender_type and p.actor_id = m.sender_id";
  return audience == Audience::storefront ? text + " and p.in_public = 1" : text;
}

std::vector<OrderKey> order_keys(const MessageQuery &query) {
  const std::string number = "m." + side(query.scope.audience) + "index";
  if (query.conversation) {
    return {{number, Kind::integer, query.descending}};
  }
  return {{"m." + message_time(query.scope.audience), Kind::integer, query.descending},
          {"m.conversation", Kind::integer, query.descending},
          {number, Kind::integer, query.descending}};
}

/// A list, and what is known of it beforehand where it is a search.
struct Asking {
  const MessageQuery &query;
  Few<FoundMessage> found; ///< what the index names
  /// The conversations of the scope, where what the index names is too much.
  std::optional<std::vector<domain::ConversationId>> reached;
  store::Found place = store::Found::anywhere;

  /// The ids of the rows that the list can have, where the index names them.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> ids() const {
    if (!found.all) {
      return place == store::Found::in_whole_words ? found.whole : std::nullopt;
    }
    std::vector<std::int64_t> ids;
    for (const FoundMessage &message : *found.all) {
      if (place == store::Found::anywhere || (place == store::Found::in_whole_words) == message.whole) {
        ids.push_back(message.id);
      }
    }
    return ids;
  }
};

/// " from ...": messages as m, their conversations as c. What is few is read first, by its ids; else all messages, joined in
/// this way.
std::string tables(const Asking &asked, const std::string &join, Builder &builder) {
  const std::string ordered = builder.dialect().ordered_join();
  const auto each_of = [&](const std::vector<std::int64_t> &ids, const std::string &column) {
    return " from (" + builder.dialect().elements(builder.bind(json_array(ids)), Kind::integer) + ") f" + ordered +
           "{prefix}message m on m." + column + " = f.value" + ordered +
           "{prefix}conversation c on c.id = m.conversation";
  };
  if (const auto ids = asked.ids()) {
    return each_of(*ids, "id");
  }
  if (asked.reached) {
    return each_of(*asked.reached, "conversation");
  }
  return " from {prefix}message m" + join + "{prefix}conversation c on c.id = m.conversation";
}

std::string search_condition(const Asking &asked, Builder &builder) {
  if (!asked.query.search) {
    return {};
  }
  const auto &tokens = asked.query.search->tokens;
  if (tokens.empty() || asked.place == store::Found::in_messages) {
    return " and 1 = 0";
  }
  if (asked.ids()) {
    return {}; // they are what tables() begins with
  }
  switch (asked.place) {
  case store::Found::in_whole_words:
    return " and " + holds("m.words", tokens, Held::whole, builder);
  case store::Found::in_beginnings:
    return " and " + holds("m.words", tokens, Held::beginnings, builder) + " and not " +
           holds("m.words", tokens, Held::whole, builder);
  default:
    return " and " + holds("m.words", tokens, Held::beginnings, builder);
  }
}

Result<std::string> list_conditions(const Asking &asked, Builder &builder) {
  const MessageQuery &query = asked.query;
  std::string text = " where ";
  if (query.conversation) {
    text += "m.conversation = " + builder.bind(*query.conversation) + " and ";
  }
  text += scope_condition(query.scope, query.conversation || asked.ids() ? Asked::of_one : Asked::of_many, builder);
  if (query.scope.audience == Audience::storefront) {
    text += " and m.public_index is not null";
  }
  if (query.type) {
    text += " and m.type = " + builder.bind(std::string(domain::name_of(*query.type)));
  }
  auto conditions = message_conditions(query.conditions, query.scope.audience, builder);
  if (!conditions) {
    return std::move(conditions).failure();
  }
  return text + conditions.value() + search_condition(asked, builder);
}

/// The columns of a row with the labels that it refers to. Who typed it is mostly its sender.
std::string row_columns(const Dialect &dialect, Audience audience) {
  return message_columns(audience).names + ", p.uid, " + label_text(dialect, "m.sender_type", "m.sender_id") +
         ", case when m.posted_by_id = m.sender_id and m.posted_by_type = m.sender_type then null else " +
         label_text(dialect, "m.posted_by_type", "m.posted_by_id") + " end";
}

std::string row_kinds(Audience audience) {
  return message_columns(audience).kinds + "ttt";
}

MessageRow read_row(Rows &rows, Labels &labels) {
  MessageRow row;
  row.message = read_message(rows);
  row.participant_uid = rows.text();
  read_label_text(rows.text(), row.message.sender, labels);
  read_label_text(rows.text(), row.message.posted_by, labels);
  return row;
}

Result<PagePlan> planned(const MessageQuery &query, const store::Paging &paging) {
  return plan_page(list_of(query), order_keys(query), paging);
}

/// The rows alone.
Result<MessagePage> read_rows(Reading reading, const Asking &asked, const store::Paging &paging) {
  const MessageQuery &query = asked.query;
  Builder builder(reading.dialect);
  auto conditions = list_conditions(asked, builder);
  if (!conditions) {
    return std::move(conditions).failure();
  }
  auto plan = planned(query, paging);
  if (!plan) {
    return std::move(plan).failure();
  }
  MessagePage page;
  const Audience audience = query.scope.audience;
  const std::string sql = "select " + row_columns(reading.dialect, audience) + plan->columns +
                          tables(asked, reading.dialect.walking_join(), builder) + join_sender(audience) +
                          conditions.value() + place_of(plan.value(), plan->keys, builder) +
                          tail(plan.value(), builder);
  page.rows.reserve(std::min<std::size_t>(paging.size + std::size_t{1}, kMostReserved));
  auto rows = reading.session.query(sql, row_kinds(audience) + plan->kinds, builder.parameters());
  while (rows.next()) {
    MessageRow &row = page.rows.emplace_back(read_row(rows, page.labels));
    row.cursor = read_cursor(plan.value(), rows);
  }
  finish_page(plan.value(), paging, page);
  return page;
}

Result<std::int64_t> count_rows(Reading reading, const Asking &asked) {
  Builder builder(reading.dialect);
  auto conditions = list_conditions(asked, builder);
  if (!conditions) {
    return std::move(conditions).failure();
  }
  auto rows = reading.session.query("select count(*)" + tables(asked, " join ", builder) + conditions.value(), "i",
                                    builder.parameters());
  rows.next();
  return rows.integer();
}

/// The lists that one after the other are the list by relevance.
constexpr std::array kPlaces = {store::Found::in_whole_words, store::Found::in_beginnings};

Result<MessagePage> rows_by_relevance(Reading reading, const Asking &asked) {
  const MessageQuery &query = asked.query;
  const auto plan = planned(query, {});
  if (!plan) {
    return plan.failure();
  }
  // Behind the last row of every list: numbers and times are not negative.
  const std::int64_t beyond = query.descending ? -1 : std::numeric_limits<std::int64_t>::max();
  const std::string end = encode_cursor(plan->signature, std::vector<KeyValue>(plan->keys.size(), beyond));
  Asking part = asked;
  return page_of_lists<MessageRow>(
      kPlaces.size(), query.paging, end,
      [&](std::size_t list, const store::Paging &paging) {
        part.place = kPlaces.at(list);
        return read_rows(reading, part, paging);
      },
      [&](std::size_t list) {
        part.place = kPlaces.at(list);
        return count_rows(reading, part);
      });
}

} // namespace

Result<MessagePage> messages(Reading reading, const MessageQuery &query) {
  Asking asked{query, {}, {}};
  if (query.search && !query.search->tokens.empty() && !query.conversation) {
    asked.found = few_messages(reading, query.search->tokens);
    if (!asked.found.all) {
      auto reached = few_reached(reading.session, reading.dialect, query.scope);
      if (!reached) {
        return std::move(reached).failure();
      }
      asked.reached = std::move(reached).value();
    }
  }
  auto read =
      query.search && query.by_relevance ? rows_by_relevance(reading, asked) : read_rows(reading, asked, query.paging);
  if (!read) {
    return std::move(read).failure();
  }
  MessagePage page = std::move(read).value();
  if (query.paging.want_total) {
    auto total = count_rows(reading, asked);
    if (!total) {
      return std::move(total).failure();
    }
    page.total = total.value();
  }
  return page;
}

Result<MessagePage> messages_by_key(Reading reading, const Scope &scope, const std::vector<MessageKey> &keys) {
  MessagePage page;
  if (keys.empty()) {
    return page;
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> wanted;
  wanted.reserve(keys.size());
  for (const MessageKey &key : keys) {
    wanted.emplace_back(key.conversation, key.number);
  }
  std::map<std::pair<std::int64_t, std::int64_t>, MessageRow> found;
  {
    Builder builder(reading.dialect);
    const std::string pairs = reading.dialect.pairs(builder.bind(json_pairs(wanted)), Kind::integer, Kind::integer);
    const std::string sql = "select " + row_columns(reading.dialect, scope.audience) + " from (" + pairs +
                            ") w join {prefix}message m on m.conversation = w.a and m." + side(scope.audience) +
                            "index = w.b join {prefix}conversation c on c.id = m.conversation" +
                            join_sender(scope.audience) + " where " + scope_condition(scope, Asked::of_one, builder);
    auto rows = reading.session.query(sql, row_kinds(scope.audience), builder.parameters());
    while (rows.next()) {
      MessageRow row = read_row(rows, page.labels);
      const auto key = std::make_pair(row.message.conversation, row.message.number(scope.audience));
      found.emplace(key, std::move(row));
    }
  }
  page.rows = in_order_of(wanted, std::move(found));
  return page;
}

} // namespace parley::adapters::sql
