#include "adapters/sql/conversation_rows.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/reader.hpp"
#include "adapters/sql/scope.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::Result;
using store::Unread;
using store::UnreadQuery;

/// Rows of the index that are read at most: some may be of conversations that the actor does not see any more.
constexpr std::int64_t kMostLookedAt = 250;

/// The newest unread rows of the actor that are looked at: one range of the index of unread rows.
std::string looked_at(const UnreadQuery &query, Builder &builder) {
  const std::string own = side(query.scope.audience);
  return "select t.conversation as conversation, t." + own +
         "last_text_at as at from {prefix}participant t where t.actor_id = " + builder.bind(query.scope.actor.id) +
         " and t.actor_type = " + builder.bind(query.scope.actor.type) + " and t." + own + "unread = 1" +
         (query.scope.audience == Audience::storefront ? " and t.in_public = 1" : "") + " order by t." + own +
         "last_text_at desc, t.conversation desc limit " + builder.bind(kMostLookedAt);
}

/// Of these, the first that the scope reaches.
std::string reached(const UnreadQuery &query, std::int64_t most, Builder &builder) {
  return "select c.id as id, u.at as at from (" + looked_at(query, builder) + ") u" + builder.dialect().ordered_join() +
         "{prefix}conversation c on c.id = u.conversation where " +
         scope_condition(query.scope, Asked::of_one, builder) + " order by u.at desc, c.id desc limit " +
         builder.bind(most);
}

} // namespace

Result<Unread> unread(Reading reading, const UnreadQuery &query) {
  Unread found;
  if (query.scope.actor.none()) {
    return found;
  }
  Builder builder(reading.dialect);
  const ConversationRows whole(query.scope, builder);
  // The counts stand in every row, and in a row of their own where nothing is unread.
  const std::string sql =
      "select h.looked, h.reached, coalesce(g.id, 0), " + whole.columns() + " from (select (select count(*) from (" +
      looked_at(query, builder) + ") a) as looked, (select count(*) from (" +
      reached(query, store::most_unread, builder) + ") b) as reached) h left join (" +
      reached(query, static_cast<std::int64_t>(query.latest), builder) +
      ") g on 1 = 1 left join {prefix}conversation c on c.id = g.id" + whole.joins() + " order by g.at desc, g.id desc";
  auto rows = reading.session.query(sql, "iii" + whole.kinds(), builder.parameters());
  while (rows.next()) {
    const std::int64_t looked = rows.integer();
    found.count = rows.integer();
    found.more = looked == kMostLookedAt || found.count == store::most_unread;
    if (rows.integer() != 0) {
      found.latest.rows.push_back(whole.read(rows, found.latest.labels));
    }
  }
  return found;
}

} // namespace parley::adapters::sql
