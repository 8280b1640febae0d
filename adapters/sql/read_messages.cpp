#include <map>

#include "adapters/sql/by_key.hpp"
#include "adapters/sql/conditions.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/label_texts.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/paging.hpp"
#include "adapters/sql/reader.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/scope.hpp"
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

constexpr auto kTables = " from {prefix}message m join {prefix}conversation c on c.id = m.conversation";

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

Result<std::string> list_conditions(const MessageQuery &query, Builder &builder) {
  std::string text = " where ";
  if (query.conversation) {
    text += "m.conversation = " + builder.bind(*query.conversation) + " and ";
  }
  text += scope_condition(query.scope, query.conversation ? Asked::of_one : Asked::of_many, builder);
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
  return text + conditions.value();
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

} // namespace

Result<MessagePage> messages(Reading reading, const MessageQuery &query) {
  Builder builder(reading.dialect);
  auto conditions = list_conditions(query, builder);
  if (!conditions) {
    return std::move(conditions).failure();
  }
  auto plan = plan_page(query.conversation ? "messages" : "all messages", order_keys(query), query.paging);
  if (!plan) {
    return std::move(plan).failure();
  }
  MessagePage page;
  {
    const Audience audience = query.scope.audience;
    const std::string sql = "select " + row_columns(reading.dialect, audience) + plan->columns + kTables +
                            join_sender(query.scope.audience) + conditions.value() +
                            place_of(plan.value(), plan->keys, builder) + tail(plan.value(), builder);
    auto rows = reading.session.query(sql, row_kinds(audience) + plan->kinds, builder.parameters());
    while (rows.next()) {
      MessageRow row = read_row(rows, page.labels);
      row.cursor = read_cursor(plan.value(), rows);
      page.rows.push_back(std::move(row));
    }
  }
  finish_page(plan.value(), query.paging, page);
  if (query.paging.want_total) {
    Builder counting(reading.dialect);
    const auto counted = list_conditions(query, counting);
    auto rows =
        reading.session.query("select count(*)" + std::string(kTables) + counted.value(), "i", counting.parameters());
    rows.next();
    page.total = rows.integer();
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
