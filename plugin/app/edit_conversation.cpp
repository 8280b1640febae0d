#include "plugin/app/edit_conversation.hpp"

#include <algorithm>
#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/member_rules.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/records.hpp"
#include "plugin/app/text_rules.hpp"
#include "plugin/app/workflow_state.hpp"
#include "plugin/domain/rules.hpp"
#include "plugin/text/unicode.hpp"
#include "plugin/text/words.hpp"

namespace parley::app {
namespace {

using domain::Reference;

template <class Value>
bool differs(const std::optional<Value> &wanted, const Value &present) {
  return wanted && *wanted != present;
}

/// One edit of a conversation as it was read. Only what changes is judged: a record that the actor may not see can stay.
class Edit {
public:
  Edit(const Call &call, const RecordTypes &types, const domain::ConversationChange &change,
       const store::ConversationRow &present)
      : call_(call), types_(types), change_(change), present_(present.conversation), records_(call),
        faults_(call.request, change.form_faults) {
    for (const domain::Context &context : present.contexts) {
      present_contexts_.push_back(context.record);
    }
  }

  domain::Done look_up();
  domain::Done judge(const domain::Scope &assign);
  /// Of a change that names no version: what was relied upon, instead of the whole version, so that nobody loses to an
  /// edit of other members.
  [[nodiscard]] store::EditConversation command() &&;

private:
  [[nodiscard]] bool is_context(const Reference &record) const {
    return std::find(present_contexts_.begin(), present_contexts_.end(), record) != present_contexts_.end();
  }

  void judge_members();
  void judge_parties();
  void judge_name();
  domain::Done judge_status();

  const Call &call_;
  const RecordTypes &types_;
  const domain::ConversationChange &change_;
  const domain::Conversation &present_;
  std::vector<Reference> present_contexts_;
  Records records_;
  Faults faults_;
  store::EditConversation command_;
  bool source_usable_ = true;
  bool parties_usable_ = true;
};

domain::Done Edit::look_up() {
  const auto need = [&](const std::optional<Reference> &wanted, const Reference &present) {
    if (differs(wanted, present)) {
      records_.need_visible(*wanted);
    }
  };
  need(change_.owner, present_.owner);
  need(change_.customer, present_.customer);
  need(change_.customer_user, present_.customer_user);
  need(change_.source, present_.source);
  for (const Reference &record : change_.contexts.value_or(std::vector<Reference>{})) {
    if (!is_context(record)) {
      records_.need_visible(record);
    }
  }
  if (change_.name && text::blank(*change_.name)) {
    records_.need(change_.source.value_or(present_.source));
  }
  if (change_.customer || change_.customer_user) {
    records_.need(change_.customer_user.value_or(present_.customer_user));
  }
  records_.need(call_.request.actor);
  if (auto done = records_.look_up(); !done) {
    return done;
  }
  if (change_.customer_user) {
    records_.need(records_.facts(*change_.customer_user).customer);
  }
  return records_.look_up();
}

domain::Done Edit::judge(const domain::Scope &assign) {
  judge_members();
  judge_parties();
  judge_name();
  if (auto done = judge_status(); !done) {
    return done;
  }
  return verdict(call_, std::move(faults_),
                 !command_.owner || may_assign(call_, assign, records_.facts(*command_.owner)));
}

void Edit::judge_members() {
  if (differs(change_.owner, present_.owner)) {
    if (change_.owner->none()) {
      faults_.add(Text::blank, pointer::owner);
    } else if (check_member(faults_, types_, records_, Member::owner, *change_.owner, pointer::owner)) {
      command_.owner = change_.owner;
      command_.unit = records_.facts(*change_.owner).unit.id;
    }
  }
  // What is asked for and is there already was not judged: it must be there still.
  if (change_.owner && !command_.owner) {
    command_.relied.owner = present_.owner;
  }
  const auto judge = [&](Member member, const std::optional<Reference> &wanted, const Reference &present,
                         std::optional<Reference> &change, std::optional<Reference> &relied, const std::string &where) {
    if (!differs(wanted, present)) {
      relied = wanted;
      return true;
    }
    change = wanted;
    return wanted->none() || check_member(faults_, types_, records_, member, *wanted, where);
  };
  store::EditConversation::Relied &relied = command_.relied;
  source_usable_ =
      judge(Member::source, change_.source, present_.source, command_.source, relied.source, pointer::source);
  parties_usable_ = judge(Member::customer, change_.customer, present_.customer, command_.customer, relied.customer,
                          pointer::customer);
  parties_usable_ &= judge(Member::customer_user, change_.customer_user, present_.customer_user, command_.customer_user,
                           relied.customer_user, pointer::customer_user);
  if (change_.contexts) {
    for (std::size_t position = 0; position < change_.contexts->size(); ++position) {
      const Reference &record = (*change_.contexts)[position];
      if (is_context(record)) {
        relied.contexts.push_back(record);
      } else {
        check_member(faults_, types_, records_, Member::context, record, pointer::contexts + std::to_string(position));
      }
    }
    command_.contexts = domain::distinct(*change_.contexts);
  }
}

void Edit::judge_parties() {
  if (!parties_usable_ || (!command_.customer && !command_.customer_user)) {
    return;
  }
  // The two are judged together.
  command_.relied.customer = present_.customer;
  command_.relied.customer_user = present_.customer_user;
  const Reference customer_user = change_.customer_user.value_or(present_.customer_user);
  const RecordFacts &facts = records_.facts(customer_user);
  if (!customer_user.none() && !facts.exists) {
    return; // deleted since, and only the customer changes
  }
  // What is public was written for the present customer: a conversation goes to another one only where that is named.
  const auto customer =
      domain::settle_customer(change_.customer.value_or(present_.customer), customer_user, facts.customer);
  // Taken away alone, it would come back with the customer user.
  const bool cleared = change_.customer && change_.customer->none() && command_.customer && !command_.customer_user;
  if (!customer || (cleared && !customer->none())) {
    faults_.add(Text::customer_mismatch, pointer::customer_user);
  } else if (*customer != present_.customer) {
    command_.customer = *customer;
  } else {
    command_.customer.reset();
  }
}

void Edit::judge_name() {
  if (!change_.name) {
    return;
  }
  std::string name = *change_.name;
  const Reference source = change_.source.value_or(present_.source);
  if (text::valid_utf8(name) && text::blank(name) && !source.none()) {
    if (!source_usable_) {
      return; // that is the fault
    }
    name = name_from_title(records_.facts(source).full_title);
    if (!change_.source) {
      command_.relied.source = source;
    }
  }
  check_name(faults_, name, pointer::name);
  command_.name_words = text::index_tokens(name);
  command_.name = std::move(name);
}

domain::Done Edit::judge_status() {
  if (!differs(change_.status, present_.status)) {
    command_.relied.status = change_.status;
    return domain::Nothing{};
  }
  const auto active = workflow_active(call_);
  if (!active) {
    return active.failure();
  }
  if (active.value()) {
    faults_.add(Text::status_directed, pointer::status);
  }
  command_.status = change_.status;
  command_.workflow = workflow_still(false);
  return domain::Nothing{};
}

store::EditConversation Edit::command() && {
  command_.doing = doing(call_);
  command_.conversation = present_.id;
  std::vector<Reference> mentioned = command_.contexts.value_or(std::vector<Reference>{});
  for (const auto &reference : {command_.owner, command_.customer, command_.customer_user, command_.source}) {
    mentioned.push_back(reference.value_or(Reference{}));
  }
  mentioned.push_back(call_.request.actor);
  command_.labels = records_.labels(mentioned);
  return std::move(command_);
}

/// Judges against the conversation as it is now, and stores under the condition that what was relied upon still is so.
domain::Done edit_once(const Call &call, const RecordTypes &types, const std::vector<domain::Scope> &scopes,
                       const domain::ConversationChange &change) {
  const auto found = call.conversations.conversations_by_id(scopes[0], {change.conversation});
  if (!found) {
    return worded(call, found.failure());
  }
  if (found->rows.empty()) {
    return refuse(call, domain::Code::not_found, Text::not_found);
  }
  const store::ConversationRow &present = found->rows.front();
  const auto editable = call.conversations.reachable(scopes[1], {change.conversation});
  if (!editable) {
    return worded(call, editable.failure());
  }
  if (editable->empty()) {
    return refuse(call, domain::Code::forbidden, Text::may_not_edit);
  }
  if (change.expected_version != 0 && change.expected_version != present.conversation.version) {
    domain::Failure stale = refuse(call, domain::Code::stale, Text::stale);
    stale.faults.front().facts.emplace_back("version", std::to_string(present.conversation.version));
    return stale;
  }
  Edit edit(call, types, change, present);
  if (auto done = edit.look_up(); !done) {
    return done;
  }
  if (auto done = edit.judge(scopes[2]); !done) {
    return done;
  }
  if (change.check_only) {
    return domain::Nothing{};
  }
  store::EditConversation command = std::move(edit).command();
  command.view = scopes[0];
  command.act = scopes[1];
  command.expected_version = change.expected_version;
  auto done = call.conversations.edit(command);
  return done ? done : worded(call, std::move(done).failure(), Text::may_not_edit);
}

} // namespace

domain::Done edit_conversation(const Call &call, const domain::ConversationChange &change) {
  if (auto open = backoffice_gate(call); !open) {
    return open;
  }
  const auto scopes = scopes_of(call, {permission::view, permission::edit, permission::assign});
  if (!scopes) {
    return scopes.failure();
  }
  const auto types = RecordTypes::carrying(call);
  if (!types) {
    return types.failure();
  }
  // Who named no version did not ask for a conflict: where somebody was faster with the same members it is judged anew, as
  // long as the answer is waited for. Each round that is lost is one that another edit has won. So it is where the
  // workflow was switched in between: a status is another matter then.
  for (;;) {
    auto done = edit_once(call, types.value(), scopes.value(), change);
    const bool again = !done && ((done.failure().code == domain::Code::stale && change.expected_version == 0) ||
                                 workflow_switched(done.failure()));
    if (!again || !awaited(call)) {
      return done;
    }
  }
}

} // namespace parley::app
