#include <map>

#include "adapters/sql/by_key.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/label_texts.hpp"
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

std::string row_columns(const Dialect &dialect, Audience audience) {
  return participant_columns(audience).names + ", " + label_text(dialect, "p.actor_type", "p.actor_id");
}

std::string row_kinds(Audience audience) {
  return participant_columns(audience).kinds + "t";
}

ParticipantRow read_row(Rows &rows, Labels &labels) {
  ParticipantRow row;
  row.participant = read_participant(rows);
  read_label_text(rows.text(), row.participant.actor, labels);
  return row;
}

} // namespace

Result<ParticipantPage> participants(Reading reading, const ParticipantQuery &query) {
  Builder builder(reading.dialect);
  const std::string conditions = list_conditions(query, builder);
  auto plan = plan_page("participants" + std::to_string(query.conversation.value_or(0)),
                        {{"p.conversation", Kind::integer, false}, {"p.uid", Kind::text, false}}, query.paging);
  if (!plan) {
    return std::move(plan).failure();
  }
  ParticipantPage page;
  {
    const Audience audience = query.scope.audience;
    const std::string sql = "select " + row_columns(reading.dialect, audience) + plan->columns + kTables + conditions +
                            place_of(plan.value(), plan->keys, builder) + tail(plan.value(), builder);
    auto rows = reading.session.query(sql, row_kinds(audience) + plan->kinds, builder.parameters());
    while (rows.next()) {
      ParticipantRow row = read_row(rows, page.labels);
      row.cursor = read_cursor(plan.value(), rows);
      page.rows.push_back(std::move(row));
    }
  }
  finish_page(plan.value(), query.paging, page);
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
    const std::string pairs = reading.dialect.pairs(builder.bind(json_pairs(wanted)), Kind::integer, Kind::text);
    const std::string sql = "select " + row_columns(reading.dialect, scope.audience) + " from (" + pairs +
                            ") w join {prefix}participant p on p.conversation = w.a and p.uid = w.b "
                            "join {prefix}conversation c on c.id = p.conversation where " +
                            scope_condition(scope, Asked::of_one, builder) + seen_by(scope.audience);
    auto rows = reading.session.query(sql, row_kinds(scope.audience), builder.parameters());
    while (rows.next()) {
      ParticipantRow row = read_row(rows, page.labels);
      const auto key = std::make_pair(row.participant.conversation, row.participant.uid);
      found.emplace(key, std::move(row));
    }
  }
  page.rows = in_order_of(wanted, std::move(found));
  return page;
}

} // namespace parley::adapters::sql
