#include "adapters/sql/read_events.hpp"

#include <map>
#include <set>
#include <utility>

#include "adapters/sql/by_key.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/json_text_reader.hpp"
#include "adapters/sql/label_texts.hpp"
#include "adapters/sql/paging.hpp"
#include "adapters/sql/past_scope.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/scope.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Attendance;
using domain::ConversationId;
using domain::Result;
using store::EventPage;
using store::EventRow;
using store::HistoryQuery;
using store::Position;
using EventRows = store::Page<EventRow>;

constexpr auto kState = "select last_position, purged_to from {prefix}event_feed where singleton = 1";
constexpr auto kEvent = "e.position, e.kind, e.happened_at, e.actor_type, e.actor_id, e.visibility, e.conversation, "
                        "case when c.id is null then 0 else 1 end, e.all_index, e.public_index, m.sender_type, "
                        "m.sender_id, e.data";
constexpr auto kEventKinds = "itittt"
                             "iiiittt"
                             "tt";
constexpr auto kFrom = " from {prefix}event e";
constexpr auto kJoins = " left join {prefix}conversation c on c.id = e.conversation left join "
                        "{prefix}message m on m.conversation = e.conversation and m.all_index = e.all_index";
// Two edits within a microsecond are all that one cannot tell apart by what the storefront is told.
constexpr auto kTwin =
    ", case when e.visibility = 'public' and e.kind = 'edited' then (select count(*) from {prefix}event o where "
    "o.conversation = e.conversation and o.visibility = 'public' and o.kind = e.kind and o.happened_at = e.happened_at "
    "and o.position <= e.position) else 1 end";
constexpr auto kParticipants =
    "select p.conversation, p.actor_type, p.actor_id, p.in_public from {prefix}participant p "
    "where p.conversation in (";
constexpr auto kLocate =
    "select e.position from {prefix}event e where e.conversation = :conversation and e.visibility = 'public' and "
    "e.kind = :kind and coalesce(e.public_index, 0) = :public_index and e.happened_at = :time order by e.position "
    "limit 1 offset :before";

/// A column of the conversation as it is now, or of the event where it is gone.
std::string present_or_past(const std::string &column) {
  return ", case when c.id is null then e." + column + " else c." + column + " end";
}

const Columns &concerned_columns() {
  static const Columns columns{present_or_past("organization") + present_or_past("unit") +
                                   present_or_past("owner_type") + present_or_past("owner_id") +
                                   present_or_past("customer_type") + present_or_past("customer_id") +
                                   present_or_past("customer_user_type") + present_or_past("customer_user_id") +
                                   ", case when c.id is null then e.participants else '' end",
                               "ttttttttt"};
  return columns;
}

std::vector<domain::EventChange> read_changes(const std::string &json) {
  std::vector<domain::EventChange> changes;
  JsonTextReader reader(json);
  reader.expect('{');
  for (bool more = !reader.take('}'); more; more = !reader.take('}')) {
    if (!changes.empty()) {
      reader.expect(',');
    }
    domain::EventChange change;
    change.member = reader.string();
    reader.expect(':');
    reader.expect('[');
    change.from = reader.string();
    reader.expect(',');
    change.to = reader.string();
    reader.expect(']');
    changes.push_back(std::move(change));
  }
  reader.end();
  return changes;
}

std::vector<Attendance> read_attendance(const std::string &json) {
  std::vector<Attendance> people;
  JsonTextReader reader(json);
  reader.expect('[');
  for (bool more = !reader.take(']'); more; more = !reader.take(']')) {
    if (!people.empty()) {
      reader.expect(',');
    }
    Attendance each;
    reader.expect('[');
    each.actor.type = reader.string();
    reader.expect(',');
    each.actor.id = reader.string();
    reader.expect(',');
    each.in_public = reader.number() != 0;
    reader.expect(']');
    people.push_back(std::move(each));
  }
  reader.end();
  return people;
}

/// An event with the labels of its actor and sender.
std::string event_columns(const Dialect &dialect) {
  return kEvent + (", " + label_text(dialect, "e.actor_type", "e.actor_id")) + ", " +
         label_text(dialect, "m.sender_type", "m.sender_id");
}

EventRow read_event(Rows &rows, Labels &labels) {
  EventRow row;
  row.position = rows.integer();
  row.kind = rows.text();
  row.time = rows.integer();
  row.actor = read_reference(rows);
  // What is not understood is not public.
  row.visibility = domain::visibility_named(rows.text()).value_or(domain::Visibility::internal);
  row.conversation = rows.integer();
  row.exists = rows.integer() != 0;
  row.index = rows.integer();
  row.public_index = rows.integer();
  row.sender = read_reference(rows);
  row.changes = read_changes(rows.text());
  read_label_text(rows.text(), row.actor, labels);
  read_label_text(rows.text(), row.sender, labels);
  return row;
}

void read_concerned(Rows &rows, EventRow &row) {
  row.concerned.organization = rows.text();
  row.concerned.unit = rows.text();
  row.concerned.owner = read_reference(rows);
  row.concerned.customer = read_reference(rows);
  row.concerned.customer_user = read_reference(rows);
  const std::string participants = rows.text();
  if (!row.exists) {
    row.concerned.participants = read_attendance(participants);
  }
}

/// Who takes part now, in all conversations of the page that still exist.
void complete_participants(Reading reading, std::vector<EventRow> &rows) {
  std::set<ConversationId> wanted;
  for (const EventRow &row : rows) {
    if (row.exists) {
      wanted.insert(row.conversation);
    }
  }
  if (wanted.empty()) {
    return;
  }
  std::map<ConversationId, std::vector<Attendance>> found;
  {
    Builder builder(reading.dialect);
    const std::string ids = reading.dialect.elements(
        builder.bind(json_array(std::vector<std::int64_t>(wanted.begin(), wanted.end()))), Kind::integer);
    auto people = reading.session.query(kParticipants + ids + ")", "itti", builder.parameters());
    while (people.next()) {
      const ConversationId conversation = people.integer();
      Attendance each;
      each.actor = read_reference(people);
      each.in_public = people.integer() != 0;
      found[conversation].push_back(std::move(each));
    }
  }
  for (EventRow &row : rows) {
    if (row.exists) {
      row.concerned.participants = found[row.conversation];
    }
  }
}

std::string history_conditions(const HistoryQuery &query, Builder &builder) {
  std::string text = " where ";
  if (query.conversation) {
    text += "e.conversation = " + builder.bind(*query.conversation) + " and ";
  }
  return text + "((c.id is not null and " + scope_condition(query.scope, Asked::of_one, builder) +
         ") or (c.id is null and " + past_scope_condition(query.scope, builder) + "))";
}

} // namespace

store::FeedState feed_state(Session &session) {
  auto rows = session.query(kState, "ii");
  if (!rows.next()) {
    throw DatabaseError(ErrorKind::schema, "The row of the event feed is gone.");
  }
  store::FeedState state;
  state.last = rows.integer();
  state.purged_to = rows.integer();
  return state;
}

Result<EventPage> events(Reading reading, Position after, std::uint32_t limit) {
  const std::string sql = "select " + event_columns(reading.dialect) + concerned_columns().names + kTwin + kFrom +
                          kJoins + " where e.position > :after and e.position <= :last order by e.position";
  static const std::string kinds = kEventKinds + concerned_columns().kinds + "i";
  EventPage page;
  page.state = feed_state(reading.session);
  if (after < page.state.purged_to || after >= page.state.last) {
    return page;
  }
  {
    const Position last = std::min(page.state.last, after + std::int64_t{limit});
    auto rows = reading.session.query(sql, kinds, {{"after", after}, {"last", last}});
    while (rows.next()) {
      EventRow row = read_event(rows, page.labels);
      read_concerned(rows, row);
      row.twin = rows.integer();
      page.rows.push_back(std::move(row));
    }
  }
  complete_participants(reading, page.rows);
  return page;
}

Result<std::optional<Position>> locate(Reading reading, const store::PublicMark &mark) {
  auto rows = reading.session.query(kLocate, "i",
                                    {{"conversation", mark.conversation},
                                     {"kind", mark.kind},
                                     {"public_index", mark.public_index},
                                     {"time", mark.time},
                                     {"before", mark.twin - 1}});
  return rows.next() ? std::optional<Position>(rows.integer()) : std::nullopt;
}

Result<EventRows> history(Reading reading, const HistoryQuery &query) {
  Builder builder(reading.dialect);
  const std::string conditions = history_conditions(query, builder);
  auto plan = plan_page("events" + std::to_string(query.conversation.value_or(0)),
                        {{"e.position", Kind::integer, query.descending}}, query.paging);
  if (!plan) {
    return std::move(plan).failure();
  }
  EventRows page;
  {
    const std::string sql = "select " + event_columns(reading.dialect) + plan->columns + kFrom + kJoins + conditions +
                            place_of(plan.value(), plan->keys, builder) + tail(plan.value(), builder);
    auto rows = reading.session.query(sql, kEventKinds + plan->kinds, builder.parameters());
    while (rows.next()) {
      EventRow row = read_event(rows, page.labels);
      row.cursor = read_cursor(plan.value(), rows);
      page.rows.push_back(std::move(row));
    }
  }
  finish_page(plan.value(), query.paging, page);
  if (query.paging.want_total) {
    Builder counting(reading.dialect);
    const std::string counted = history_conditions(query, counting);
    auto rows =
        reading.session.query("select count(*)" + std::string(kFrom) + kJoins + counted, "i", counting.parameters());
    rows.next();
    page.total = rows.integer();
  }
  return page;
}

Result<EventRows> history_by_position(Reading reading, const domain::Scope &scope,
                                      const std::vector<Position> &positions) {
  EventRows page;
  if (positions.empty()) {
    return page;
  }
  std::map<Position, EventRow> found;
  {
    Builder builder(reading.dialect);
    const std::string wanted = reading.dialect.elements(builder.bind(json_array(positions)), Kind::integer);
    HistoryQuery query;
    query.scope = scope;
    const std::string sql = "select " + event_columns(reading.dialect) + " from (" + wanted + ") w" +
                            reading.dialect.ordered_join() + "{prefix}event e on e.position = w.value" + kJoins +
                            history_conditions(query, builder);
    auto rows = reading.session.query(sql, kEventKinds, builder.parameters());
    while (rows.next()) {
      EventRow row = read_event(rows, page.labels);
      found.emplace(row.position, std::move(row));
    }
  }
  page.rows = in_order_of(positions, std::move(found));
  return page;
}

} // namespace parley::adapters::sql
