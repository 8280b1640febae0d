#include "adapters/sql/names.hpp"
#include "adapters/sql/reader.hpp"
#include "adapters/sql/scope.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::ConversationId;
using domain::Result;
using store::Unread;
using store::UnreadQuery;

/// Rows of the index that are read at most: some may be of conversations that the actor does not see any more.
constexpr std::int64_t kMostLookedAt = 250;

/// " from ... where ...": the actor's unread rows; with `order`, newest first, one range of the index of unread rows.
std::string unread_rows(const UnreadQuery &query, const std::string &tables, Builder &builder) {
  return tables + builder.bind(query.scope.actor.id) + " and t.actor_type = " + builder.bind(query.scope.actor.type) +
         " and t." + side(query.scope.audience) + "unread = 1" +
         (query.scope.audience == Audience::storefront ? " and t.in_public = 1" : "");
}

std::string newest_first(const UnreadQuery &query) {
  return " order by t." + side(query.scope.audience) + "last_text_at desc, t.conversation desc limit ";
}

/// The time of the last row that is looked at; nothing: all are.
std::optional<std::int64_t> last_looked_at(Reading reading, const UnreadQuery &query) {
  Builder builder(reading.dialect);
  const std::string sql = "select t." + side(query.scope.audience) + "last_text_at" +
                          unread_rows(query, " from {prefix}participant t where t.actor_id = ", builder) +
                          newest_first(query) + "1 offset " + builder.bind(kMostLookedAt - 1);
  auto rows = reading.session.query(sql, "i", builder.parameters());
  return rows.next() ? std::optional(rows.integer()) : std::nullopt;
}

} // namespace

Result<Unread> unread(Reading reading, const UnreadQuery &query) {
  Unread found;
  if (query.scope.actor.none()) {
    return found;
  }
  const auto end = last_looked_at(reading, query);
  std::vector<ConversationId> ids;
  {
    Builder builder(reading.dialect);
    std::string sql =
        "select t.conversation" + unread_rows(query,
                                              " from {prefix}participant t" + reading.dialect.ordered_join() +
                                                  "{prefix}conversation c on c.id = t.conversation where t.actor_id = ",
                                              builder);
    if (end) {
      sql += " and t." + side(query.scope.audience) + "last_text_at >= " + builder.bind(*end);
    }
    sql += " and " + scope_condition(query.scope, Asked::of_one, builder) + newest_first(query) +
           builder.bind(store::most_unread);
    auto rows = reading.session.query(sql, "i", builder.parameters());
    while (rows.next()) {
      ids.push_back(rows.integer());
    }
  }
  found.count = static_cast<std::int64_t>(ids.size());
  found.more = end.has_value() || found.count == store::most_unread;
  if (ids.size() > query.latest) {
    ids.resize(query.latest);
  }
  auto latest = conversations_by_id(reading, query.scope, ids);
  if (!latest) {
    return std::move(latest).failure();
  }
  found.latest = std::move(latest).value();
  return found;
}

} // namespace parley::adapters::sql
