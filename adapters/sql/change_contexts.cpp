#include "adapters/sql/change_contexts.hpp"

#include <set>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/rows.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Reference;
using domain::Visibility;

constexpr auto kContexts =
    "select record_type, record_id from {prefix}context where conversation = :conversation order by id";

void tell(Writing writing, domain::Conversation &conversation, const std::string &kind, const std::string &from,
          const std::string &to, std::vector<Happening> &happenings) {
  // The system message and the event have the same name.
  happenings.push_back(note(writing, conversation, Visibility::internal, kind, {kind, from, to}));
  happenings.back().changes.push_back({"context", from, to});
}

} // namespace

void add_contexts(Writing writing, domain::Conversation &conversation, const std::vector<Reference> &records,
                  std::vector<Happening> &happenings) {
  for (const Reference &record : records) {
    if (add_context(writing, conversation, record, true)) {
      tell(writing, conversation, event_kind::kContextAdded, {}, written(record), happenings);
    }
  }
}

void remove_contexts(Writing writing, domain::Conversation &conversation, const std::vector<Reference> &records,
                     std::vector<Happening> &happenings) {
  for (const Reference &record : records) {
    if (remove_context(writing, conversation.id, record)) {
      tell(writing, conversation, event_kind::kContextRemoved, written(record), {}, happenings);
    }
  }
}

void set_contexts(Writing writing, domain::Conversation &conversation, const std::vector<Reference> &records,
                  std::vector<Happening> &happenings) {
  const std::set<Reference> wanted(records.begin(), records.end());
  std::vector<Reference> superfluous;
  std::set<Reference> present;
  {
    auto rows = writing.session.query(kContexts, "tt", {{"conversation", conversation.id}});
    while (rows.next()) {
      Reference record = read_reference(rows);
      if (wanted.count(record) == 0) {
        superfluous.push_back(record);
      }
      present.insert(std::move(record));
    }
  }
  std::vector<Reference> missing;
  for (const Reference &record : records) {
    if (present.insert(record).second) {
      missing.push_back(record);
    }
  }
  remove_contexts(writing, conversation, superfluous, happenings);
  add_contexts(writing, conversation, missing, happenings);
}

domain::Done change_contexts(Session &session, const Dialect &dialect, const store::ChangeContexts &command) {
  const Writing writing{session, dialect, command.doing};
  auto opened = open_conversation(writing, command.conversation, command.view, command.act, command.expected_version);
  if (!opened) {
    return std::move(opened).failure();
  }
  save_labels(session, dialect, command.labels);
  std::vector<Happening> happenings;
  if (command.change == store::Change::add) {
    add_contexts(writing, opened.value(), command.records, happenings);
  } else {
    remove_contexts(writing, opened.value(), command.records, happenings);
  }
  if (!happenings.empty()) {
    save_edited(writing, opened.value(), false);
    write_events(session, dialect, command.doing, opened.value(), happenings);
  }
  return domain::Nothing{};
}

} // namespace parley::adapters::sql
