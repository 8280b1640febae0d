#include <map>
#include <set>

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/paging.hpp"
#include "adapters/sql/reader.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/scope.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::Result;
using domain::Scope;
using store::ParticipantQuery;
using store::ParticipantRow;
using ParticipantKey = store::ConversationStore::ParticipantKey;
using ParticipantPage = store::Page<ParticipantRow>;

constexpr auto kTables = " from {prefix}participant p join {prefix}conversation c on c.id = p.conversation";

std::string seen_by(Audience audience) {
  return audience == Audience::storefront ? " and p.in_public = 1" : "";
}

std::string list_conditions(const ParticipantQuery &query, Builder &builder) {
  std::string text = " where ";
  if (query.conversation) {
    text += "p.conversation = " + builder.bind(*query.conversation) + " and ";
  }
  text += scope_condition(query.scope, query.conversation ? Asked::of_one : Asked::of_many, builder);
  return text + seen_by(query.scope.audience);
}

void complete(Reading reading, ParticipantPage &page) {
  std::set<domain::Reference> named;
  for (const ParticipantRow &row : page.rows) {
    named.insert(row.participant.actor);
  }
  page.labels = read_labels(reading.session, reading.dialect, named);
}

} // namespace

Result<ParticipantPage> participants(Reading reading, const ParticipantQuery &query) {
  Builder builder(reading.dialect);
  const std::string conditions = list_conditions(query, builder);
  auto plan =
      plan_page("participants", {{"p.conversation", Kind::integer, false}, {"p.uid", Kind::text, false}}, query.paging);
  if (!plan) {
    return std::move(plan).failure();
  }
  ParticipantPage page;
  {
    const Columns &columns = participant_columns(query.scope.audience);
    const std::string sql = "select " + columns.names + plan->columns + kTables + conditions +
                            place_of(plan.value(), plan->keys, builder) + tail(plan.value(), builder);
    auto rows = reading.session.query(sql, columns.kinds + plan->kinds, builder.parameters());
    while (rows.next()) {
      ParticipantRow row;
      row.participant = read_participant(rows);
      row.cursor = read_cursor(plan.value(), rows);
      page.rows.push_back(std::move(row));
    }
  }
  finish_page(plan.value(), query.paging, page);
  complete(reading, page);
  if (query.paging.want_total) {
    Builder counting(reading.dialect);
    const std::string counted = list_conditions(query, counting);
    auto rows = reading.session.query("select count(*)" + std::string(kTables) + counted, "i", counting.parameters());
    rows.next();
    page.total = rows.integer();
  }
  return page;
}

Result<ParticipantPage> participants_by_key(Reading reading, const Scope &scope,
                                            const std::vector<ParticipantKey> &keys) {
  ParticipantPage page;
  if (keys.empty()) {
    return page;
  }
  std::vector<std::pair<std::int64_t, std::string>> wanted;
  wanted.reserve(keys.size());
  for (const ParticipantKey &key : keys) {
    wanted.emplace_back(key.conversation, key.uid);
  }
  std::map<std::pair<std::int64_t, std::string>, ParticipantRow> found;
  {
    Builder builder(reading.dialect);
    const Columns &columns = participant_columns(scope.audience);
    const std::string pairs = reading.dialect.pairs(builder.bind(json_pairs(wanted)), Kind::integer, Kind::text);
    const std::string sql = "select " + columns.names + " from (" + pairs +
                            ") w join {prefix}participant p on p.conversation = w.a and p.uid = w.b "
                            "join {prefix}conversation c on c.id = p.conversation where " +
                            scope_condition(scope, Asked::of_one, builder) + seen_by(scope.audience);
    auto rows = reading.session.query(sql, columns.kinds, builder.parameters());
    while (rows.next()) {
      ParticipantRow row;
      row.participant = read_participant(rows);
      found.emplace(std::make_pair(row.participant.conversation, row.participant.uid), std::move(row));
    }
  }
  for (const auto &key : wanted) {
    if (auto each = found.find(key); each != found.end()) {
      page.rows.push_back(std::move(each->second));
      found.erase(each);
    }
  }
  complete(reading, page);
  return page;
}

} // namespace parley::adapters::sql
