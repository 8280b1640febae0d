#include "adapters/sql/commands.hpp"
#include "adapters/sql/maintenance.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {
namespace {

using store::IdleConversation;
using store::Place;

// One step on the index "idle" for each website, and one for each organization, however many conversations they have.
constexpr auto kNextWebsite = " and organization = :organization and website > :website order by website limit 1";
constexpr auto kNextOrganization = " and organization > :organization order by organization, website limit 1";
constexpr auto kFirstPlace = " order by organization, website limit 1";

std::string active_places_where(const Dialect &dialect, const char *rest) {
  return "select organization, website from {prefix}conversation where " + dialect.is_active("") + rest;
}

std::optional<Place> one_place(Rows rows) {
  if (!rows.next()) {
    return std::nullopt;
  }
  Place place;
  place.organization = rows.text();
  place.website = rows.text();
  return place;
}

std::optional<Place> next_place(Session &session, const Dialect &dialect, const std::optional<Place> &after) {
  const auto first = [&](const char *rest, const Parameters &parameters) {
    return one_place(session.query(active_places_where(dialect, rest), "tt", parameters));
  };
  if (!after) {
    return first(kFirstPlace, {});
  }
  auto place = first(kNextWebsite, {{"organization", after->organization}, {"website", after->website}});
  return place ? place : first(kNextOrganization, {{"organization", after->organization}});
}

/// As it is now, if the job's reasons still hold.
std::optional<domain::Conversation> still_idle(Session &session, const Dialect &dialect, const IdleConversation &seen) {
  const std::string sql = "select " + conversation_columns().names +
                          " from {prefix}conversation c where c.id = :id and c.status = 'active' "
                          "and c.all_last_index = :last_index" +
                          dialect.for_update();
  auto rows = session.query(sql, conversation_columns().kinds, {{"id", seen.id}, {"last_index", seen.last_index}});
  if (!rows.next()) {
    return std::nullopt;
  }
  return read_conversation(rows);
}

} // namespace

std::vector<Place> active_places(Session &session, const Dialect &dialect, const std::optional<Place> &after,
                                 std::uint32_t limit) {
  std::vector<Place> places;
  std::optional<Place> place = after;
  while (places.size() < limit && (place = next_place(session, dialect, place))) {
    places.push_back(*place);
  }
  return places;
}

std::vector<IdleConversation> idle(Session &session, const Dialect &dialect, const store::IdleQuery &query) {
  const std::string since = dialect.idle_since("c.");
  // What was made active again counts from then on, though a transition is no message.
  std::string sql =
      "select c.id, c.all_last_index, " + since + " from {prefix}conversation c where " + dialect.is_active("c.") +
      " and c.organization = :organization and "
      "c.website = :website and " +
      since +
      " < :before and not exists (select 1 from {prefix}message m where m.conversation = c.id and m.type "
      "= 'system' and m.note_kind = 'transition' and m.note_to = 'active' and m.all_created_at >= :before)";
  Parameters parameters{{"organization", query.place.organization},
                        {"website", query.place.website},
                        {"before", query.before},
                        {"limit", std::int64_t{query.limit}}};
  if (query.after) {
    sql += " and " + since + " >= :since and (" + since + " > :since or c.id > :after)";
    parameters.emplace_back("since", query.after->since);
    parameters.emplace_back("after", query.after->id);
  }
  sql += " order by " + since + ", c.id limit :limit";
  std::vector<IdleConversation> found;
  auto rows = session.query(sql, "iii", parameters);
  while (rows.next()) {
    IdleConversation conversation;
    conversation.id = rows.integer();
    conversation.last_index = rows.integer();
    conversation.since = rows.integer();
    found.push_back(conversation);
  }
  return found;
}

domain::Result<std::int64_t> make_inactive(Session &session, const Dialect &dialect,
                                           const store::MakeInactive &command) {
  const Writing writing{session, dialect, command.doing};
  if (auto fits = check_workflow(session, dialect, command.workflow); !fits) {
    return std::move(fits).failure();
  }
  std::int64_t count = 0;
  for (const IdleConversation &seen : command.conversations) {
    auto conversation = still_idle(session, dialect, seen);
    if (!conversation) {
      continue;
    }
    const Happening happening = change_status(writing, *conversation, domain::Status::inactive, {});
    save_edited(writing, *conversation, true);
    write_events(session, dialect, command.doing, *conversation, {happening});
    ++count;
  }
  return count;
}

} // namespace parley::adapters::sql
