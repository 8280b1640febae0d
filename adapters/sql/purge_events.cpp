#include "adapters/sql/purge_events.hpp"

namespace parley::adapters::sql {
namespace {

constexpr auto kFeed = "select purged_to from {prefix}event_feed where singleton = 1";
// One more than may go tells whether there is more.
constexpr auto kOldest =
    "select position, happened_at from {prefix}event where position >= 1 order by position limit :limit";
constexpr auto kDelete = "delete from {prefix}event where position <= :floor";
constexpr auto kRaise = "update {prefix}event_feed set purged_to = :floor where singleton = 1";

} // namespace

domain::Result<store::Purged> purge_events(Session &session, const Dialect &dialect, domain::Time before,
                                           std::uint32_t limit) {
  // Two at once would lower the floor that the other raised.
  session.query(kFeed + dialect.for_update(), "i");
  store::Purged purged;
  store::Position floor = 0;
  {
    // What is purged is always a beginning, so that one floor says it all: an old event behind a newer one stays.
    auto rows = session.query(kOldest, "ii", {{"limit", std::int64_t{limit} + 1}});
    while (rows.next()) {
      const store::Position position = rows.integer();
      if (rows.integer() >= before) {
        break;
      }
      if (purged.events == std::int64_t{limit}) {
        purged.more = true;
        break;
      }
      ++purged.events;
      floor = position;
    }
  }
  if (purged.events > 0) {
    session.execute(kDelete, {{"floor", floor}});
    session.execute(kRaise, {{"floor", floor}});
  }
  return purged;
}

} // namespace parley::adapters::sql
