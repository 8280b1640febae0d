#include "adapters/mariadb/mariadb_database.hpp"

#include <cstdint>
#include <vector>

#include "adapters/sql/json_text.hpp"

namespace parley::adapters {
namespace {

constexpr auto kAppend = "select {prefix}append_message(:command)";

constexpr auto kAnyUnpublished = "select 1 from {prefix}event where position is null limit 1";
constexpr auto kLastPosition = "select last_position from {prefix}event_feed where singleton = 1 for update";
constexpr auto kUnpublished = "select id from {prefix}event where position is null order by id limit :most";
// By the key alone: a scan, which a small table invites, would wait for those who still write.
constexpr auto kPublish = "update json_table(:ids, '$[*]' columns (place for ordinality, id bigint path '$')) p "
                          "straight_join {prefix}event e "
                          "force index (primary) on e.id = p.id set e.position = :last + p.place";
constexpr auto kRaise = "update {prefix}event_feed set last_position = :last where singleton = 1";

/// Events that get positions in one transaction.
constexpr std::int64_t kMostPublished = 1000;

/// True: there may be more.
bool publish_some(Session &session) {
  std::int64_t last = 0;
  {
    // Whoever else publishes waits here.
    auto rows = session.query(kLastPosition, "i");
    rows.next();
    last = rows.integer();
  }
  std::vector<std::int64_t> ids;
  {
    // A statement that locks nothing sees what was committed when it began: behind the lock that is all that others
    // published. One that locks would wait for those who still write, and miss who of them commits meanwhile.
    auto rows = session.query(kUnpublished, "i", {{"most", kMostPublished}});
    while (rows.next()) {
      ids.push_back(rows.integer());
    }
  }
  if (ids.empty()) {
    return false;
  }
  session.execute(kPublish, {{"ids", sql::json_array(ids)}, {"last", last}});
  const auto count = static_cast<std::int64_t>(ids.size());
  session.execute(kRaise, {{"last", last + count}});
  return count == kMostPublished;
}

} // namespace

// A statement of this session sees what was committed when it begins; what must come from one moment says so. A block,
// so that it is one round trip.
std::string_view MariadbDatabase::begin_reading() const {
  return "begin not atomic set transaction isolation level repeatable read; "
         "start transaction with consistent snapshot, read only; end";
}

std::string_view MariadbDatabase::begin_writing() const {
  return "begin";
}

std::optional<store::Appended> MariadbDatabase::do_append_at_once(const store::AppendMessage &command) {
  return append_by_function(kAppend, command);
}

void MariadbDatabase::do_publish() {
  bool any = false;
  do_alone(sql::Repeat::keyed, [&](Session &session) { any = session.query(kAnyUnpublished, "i").next(); });
  while (any) {
    // Whether it was stored or not, it may be done again.
    do_write(sql::Repeat::keyed, [&](Session &session) {
      any = publish_some(session);
      return true;
    });
  }
}

} // namespace parley::adapters
