#include <set>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Reference;

constexpr auto kConcerned =
    "select id from {prefix}conversation where source_id = :id and source_type = :type union "
    "select conversation from {prefix}context where record_id = :id and record_type = :type order by 1";

std::vector<domain::ConversationId> concerned(Session &session, const Reference &record) {
  std::vector<domain::ConversationId> ids;
  auto rows = session.query(kConcerned, "i", {{"id", record.id}, {"type", record.type}});
  while (rows.next()) {
    ids.push_back(rows.integer());
  }
  return ids;
}

domain::Conversation load(Session &session, domain::ConversationId id) {
  static const std::string sql =
      "select " + conversation_columns().names + " from {prefix}conversation c where c.id = :id";
  auto rows = session.query(sql, conversation_columns().kinds, {{"id", id}});
  rows.next();
  return read_conversation(rows);
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
  save_edited(writing, conversation, was_source);
  write_events(writing.session, writing.doing, conversation, happenings);
}

} // namespace

domain::Done forget_records(Session &session, const Dialect &dialect, const store::Doing &doing,
                            const std::vector<Reference> &records) {
  const Writing writing{session, dialect, doing};
  for (const Reference &record : std::set<Reference>(records.begin(), records.end())) {
    if (record.none()) {
      continue;
    }
    for (const domain::ConversationId id : concerned(session, record)) {
      forget(writing, load(session, id), record);
    }
    mark_deleted(session, record, doing.now);
  }
  return domain::Nothing{};
}

} // namespace parley::adapters::sql
