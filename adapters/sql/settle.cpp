#include <optional>

#include "adapters/sql/labels.hpp"
#include "adapters/sql/maintenance.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Reference;

constexpr auto kConcerned =
    "select id from {prefix}conversation where source_id = :id and source_type = :type union "
    "select conversation from {prefix}context where record_id = :id and record_type = :type order by 1 limit :limit";
constexpr auto kMoved = "select id from {prefix}conversation where owner_id = :id and owner_type = :type and "
                        "unit <> :unit order by id limit :limit";
constexpr auto kMove = "update {prefix}conversation set unit = :unit where id = :id";
constexpr auto kSettled =
    "update {prefix}record_label set refreshed_at = :now where record_type = :type and record_id = :id";

std::vector<domain::ConversationId> read_ids(Rows rows) {
  std::vector<domain::ConversationId> ids;
  while (rows.next()) {
    ids.push_back(rows.integer());
  }
  return ids;
}

/// Nothing: it was deleted meanwhile.
std::optional<domain::Conversation> load(Writing writing, domain::ConversationId id) {
  const std::string sql = "select " + conversation_columns().names + " from {prefix}conversation c where c.id = :id" +
                          writing.dialect.for_update();
  auto rows = writing.session.query(sql, conversation_columns().kinds, {{"id", id}});
  return rows.next() ? std::optional(read_conversation(rows)) : std::nullopt;
}

void forget(Writing writing, domain::Conversation conversation, const Reference &record) {
  std::vector<Happening> happenings;
  const bool was_source = conversation.source == record;
  if (was_source) {
    conversation.source = {};
    happenings.push_back(
        {event_kind::kEdited, domain::Visibility::everybody, 0, 0, {}, {{"source", written(record), ""}}});
  }
  // No system message: nobody in the conversation did this.
  if (remove_context(writing, conversation.id, record)) {
    happenings.push_back(
        {event_kind::kContextRemoved, domain::Visibility::internal, 0, 0, {}, {{"context", written(record), ""}}});
  }
  if (happenings.empty()) {
    return; // somebody was faster
  }
  save_edited(writing, conversation, was_source);
  write_events(writing.session, writing.dialect, writing.doing, conversation, happenings);
}

/// Its owner belongs to another unit now. Nobody edited it, so neither its version nor its times change; but who may see
/// it does, so that the event says so to those who see it from now on.
void move(Writing writing, domain::Conversation conversation, const std::string &unit) {
  const std::string from = conversation.unit;
  conversation.unit = unit;
  writing.session.execute(kMove, {{"unit", unit}, {"id", conversation.id}});
  write_events(writing.session, writing.dialect, writing.doing, conversation,
               {{event_kind::kEdited, domain::Visibility::internal, 0, 0, {}, {{"unit", from, unit}}}});
}

} // namespace

bool settle(Session &session, const Dialect &dialect, const store::Doing &doing, const Reference &record,
            std::uint32_t limit) {
  const Writing writing{session, dialect, doing};
  // Whoever changes it waits: what is marked as settled is what was carried over.
  const auto label = find_label(session, record, dialect.for_update());
  if (!label) {
    return false;
  }
  bool left = carry_sort_key(session, dialect, *label, limit);
  Parameters parameters{{"id", record.id}, {"type", record.type}, {"limit", std::int64_t{limit}}};
  if (!label->deleted) {
    parameters.emplace_back("unit", label->unit.id);
  }
  const auto ids = read_ids(session.query(label->deleted ? kConcerned : kMoved, "i", parameters));
  for (const domain::ConversationId id : ids) {
    const auto conversation = load(writing, id);
    if (conversation && label->deleted) {
      forget(writing, *conversation, record);
    } else if (conversation && conversation->owner == record && conversation->unit != label->unit.id) {
      move(writing, *conversation, label->unit.id);
    }
  }
  left = ids.size() >= limit || left;
  if (!left && label->refreshed == 0) {
    session.execute(kSettled, {{"now", doing.now}, {"id", record.id}, {"type", record.type}});
  }
  return left;
}

} // namespace parley::adapters::sql
