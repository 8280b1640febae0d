#include <algorithm>
#include <set>

#include "adapters/sql/change_contexts.hpp"
#include "adapters/sql/commands.hpp"
#include "adapters/sql/failures.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/names.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Reference;

constexpr auto kIsContext = "select 1 from {prefix}context "
                            "where conversation = :conversation and record_type = :type and record_id = :id";

/// Notes the change of a member, if there is one.
void change(const std::string &member, Reference &present, const std::optional<Reference> &wanted,
            std::vector<Happening::Change> &changes) {
  if (wanted && *wanted != present) {
    changes.push_back({member, written(present), written(*wanted)});
    present = *wanted;
  }
}

bool is_context(Writing writing, domain::ConversationId conversation, const Reference &record) {
  auto rows = writing.session.query(kIsContext, "i",
                                    {{"conversation", conversation}, {"type", record.type}, {"id", record.id}});
  return rows.next();
}

/// Is everything still as it was when the edit was judged?
bool holds(Writing writing, const domain::Conversation &present, const store::EditConversation::Relied &relied) {
  const auto same = [](const auto &expected, const auto &value) { return !expected || *expected == value; };
  return same(relied.owner, present.owner) && same(relied.customer, present.customer) &&
         same(relied.customer_user, present.customer_user) && same(relied.source, present.source) &&
         same(relied.status, present.status) &&
         std::all_of(relied.contexts.begin(), relied.contexts.end(),
                     [&](const Reference &record) { return is_context(writing, present.id, record); });
}

} // namespace

domain::Done edit(Session &session, const Dialect &dialect, const store::EditConversation &command) {
  const Writing writing{session, dialect, command.doing};
  auto opened = open_conversation(writing, command.conversation, command.view, command.act, command.expected_version);
  if (!opened) {
    return std::move(opened).failure();
  }
  domain::Conversation &conversation = opened.value();
  if (auto fits = check_workflow(session, dialect, command.workflow); !fits) {
    return fits;
  }
  if (!holds(writing, conversation, command.relied)) {
    return stale(conversation.version);
  }
  save_labels(session, dialect, command.labels);
  std::set<Reference> named;
  for (const auto &member : {command.owner, command.customer, command.customer_user, command.source}) {
    named.insert(member.value_or(Reference{}));
  }
  know(session, dialect, named);

  std::vector<Happening> happenings;
  std::vector<Happening::Change> changes;
  if (command.name && *command.name != conversation.name) {
    changes.push_back({"name", conversation.name, *command.name});
    conversation.name = *command.name;
    save_name_words(writing, conversation.id, command.name_words);
  }
  change("customer", conversation.customer, command.customer, changes);
  change("customerUser", conversation.customer_user, command.customer_user, changes);
  change("source", conversation.source, command.source, changes);
  if (!changes.empty()) {
    happenings.push_back({event_kind::kEdited, domain::Visibility::everybody, 0, 0, {}, std::move(changes)});
  }
  bool open = !happenings.empty();
  bool changed = open;
  if (command.unit && *command.unit != conversation.unit) {
    conversation.unit = *command.unit;
    changed = true;
  }
  if (command.owner && *command.owner != conversation.owner) {
    const std::string from = written(conversation.owner);
    const std::string to = written(*command.owner);
    conversation.owner = *command.owner;
    happenings.push_back(
        note(writing, conversation, domain::Visibility::internal, event_kind::kAssigned, {"assigned", from, to}));
    happenings.back().changes.push_back({"owner", from, to});
    open = true;
  }
  if (command.status && *command.status != conversation.status) {
    happenings.push_back(change_status(writing, conversation, *command.status, {}));
    open = true;
  }
  if (command.contexts) {
    set_contexts(writing, conversation, *command.contexts, happenings);
  }
  if (changed || !happenings.empty()) {
    save_edited(writing, conversation, open);
    write_events(session, dialect, command.doing, conversation, happenings);
  }
  return domain::Nothing{};
}

} // namespace parley::adapters::sql
