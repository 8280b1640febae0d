#include "plugin/app/change_contexts.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/edit_conversation.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/member_rules.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/records.hpp"
#include "plugin/domain/rules.hpp"

namespace parley::app {
namespace {

/// The faults of an edit point into a conversation; here the list itself is the document.
domain::Failure pointing_into_list(domain::Failure failure) {
  for (domain::Fault &fault : failure.faults) {
    if (fault.pointer.compare(0, pointer::contexts.size(), pointer::contexts) == 0) {
      fault.pointer = "/data/" + fault.pointer.substr(pointer::contexts.size());
    }
  }
  return failure;
}

domain::Done replace(const Call &call, const domain::ContextsChange &change) {
  domain::ConversationChange edit;
  edit.conversation = change.conversation;
  edit.expected_version = change.expected_version;
  edit.contexts = change.records;
  auto done = edit_conversation(call, edit);
  return done ? done : pointing_into_list(std::move(done).failure());
}

} // namespace

domain::Done change_contexts(const Call &call, const domain::ContextsChange &change) {
  if (change.change == domain::MemberChange::replace) {
    return replace(call, change);
  }
  if (auto open = backoffice_gate(call); !open) {
    return open;
  }
  const auto scopes = scopes_of(call, {permission::view, permission::edit});
  if (!scopes) {
    return scopes.failure();
  }
  const bool adding = change.change == domain::MemberChange::add;
  Records records(call);
  records.need(call.request.actor);
  if (adding) {
    const auto types = RecordTypes::carrying(call);
    if (!types) {
      return types.failure();
    }
    for (const domain::Reference &record : change.records) {
      records.need_visible(record);
    }
    if (auto done = records.look_up(); !done) {
      return done;
    }
    Faults faults(call.request);
    check_contexts(faults, types.value(), records, change.records, "/data/");
    if (faults.any()) {
      return std::move(faults).failure();
    }
  } else if (auto done = records.look_up(); !done) {
    return done;
  }

  store::ChangeContexts command;
  command.doing = doing(call);
  command.conversation = change.conversation;
  command.view = scopes.value()[0];
  command.act = scopes.value()[1];
  command.expected_version = change.expected_version;
  command.change = adding ? store::Change::add : store::Change::remove;
  command.records = domain::distinct(change.records);
  std::vector<domain::Reference> mentioned = command.records;
  mentioned.push_back(call.request.actor);
  command.labels = records.labels(mentioned);
  auto done = call.conversations.change_contexts(command);
  return done ? done : worded(call, std::move(done).failure(), Text::may_not_edit);
}

} // namespace parley::app
