#include "tests/adapters/support/model.hpp"

#include <algorithm>

#include "plugin/domain/names.hpp"

namespace parley::tests {
namespace {

using domain::Audience;
using domain::Code;
using domain::ConversationId;
using domain::Number;
using domain::Reference;
using domain::Status;
using domain::Time;
using domain::Visibility;

std::string written(const Reference &reference) {
  return reference.none() ? std::string() : reference.type + "/" + reference.id;
}

void number(ModelConversation &conversation, ModelMessage message, bool open) {
  message.index = conversation.tally(Audience::backoffice).last_index + 1;
  message.public_index = open ? conversation.tally(Audience::storefront).last_index + 1 : 0;
  // Times do not run backwards against the numbers, in each audience by what that one has seen.
  if (open) {
    conversation.updated_public = std::max(conversation.updated_public, message.created);
    message.created_public = conversation.updated_public;
  }
  conversation.updated = std::max(conversation.updated, message.created);
  message.created = conversation.updated;
  conversation.messages.push_back(std::move(message));
}

/// Takes a number, but is no text.
void tell(ModelConversation &conversation, const store::Doing &doing, bool open, const std::string &what,
          const Reference &sender = {}) {
  ModelMessage message;
  message.text = false;
  message.what = what;
  message.sender = sender.none() ? doing.actor : sender;
  message.posted_by = doing.actor;
  message.created = doing.now;
  number(conversation, std::move(message), open);
}

/// `sender`: whose message revives it; the storefront must not read there who typed it.
void change_status(ModelConversation &conversation, const store::Doing &doing, Status to,
                   const Reference &sender = {}) {
  tell(conversation, doing, true,
       "transition " + std::string(domain::name_of(conversation.members.status)) + " " +
           std::string(domain::name_of(to)),
       sender);
  conversation.members.status = to;
}

void edited(ModelConversation &conversation, const store::Doing &doing, bool open) {
  ++conversation.members.version;
  conversation.updated = std::max(conversation.updated, doing.now);
  conversation.updated_public = open ? std::max(conversation.updated_public, doing.now) : conversation.updated_public;
}

/// Whether it was none before.
bool show_context(ModelConversation &conversation, const Reference &record, bool open) {
  const auto [context, added] =
      conversation.contexts.try_emplace(record, ModelContext{open, conversation.contexts_so_far + 1});
  conversation.contexts_so_far += added ? 1 : 0;
  context->second.in_public = context->second.in_public || open;
  return added;
}

void say(ModelConversation &conversation, const store::Doing &doing, const store::NewMessage &said) {
  const bool open = said.visibility == Visibility::everybody;
  ModelMessage message;
  message.what = said.body;
  message.sender = said.sender;
  message.posted_by = doing.actor;
  message.created = doing.now;
  number(conversation, std::move(message), open);
  const auto takes_part = conversation.participants.try_emplace(said.sender, ModelParticipant{open, 0, 0}).first;
  takes_part->second.in_public = takes_part->second.in_public || open;
  show_context(conversation, said.sender, open);
  const auto poster = conversation.participants.find(doing.actor);
  if (poster != conversation.participants.end()) {
    poster->second.read = conversation.messages.back().index;
    if (open) {
      poster->second.read_public = conversation.messages.back().public_index;
    }
  }
}

bool add_context(ModelConversation &conversation, const store::Doing &doing, const Reference &record) {
  const bool added = show_context(conversation, record, true);
  if (added) {
    tell(conversation, doing, false, "context-added " + written(record));
  }
  return added;
}

bool remove_context(ModelConversation &conversation, const store::Doing &doing, const Reference &record) {
  const bool removed = conversation.contexts.erase(record) > 0;
  if (removed) {
    tell(conversation, doing, false, "context-removed " + written(record));
  }
  return removed;
}

template <class Member>
bool change(Member &present, const std::optional<Member> &wanted) {
  const bool changes = wanted && *wanted != present;
  if (changes) {
    present = *wanted;
  }
  return changes;
}

bool listed(const std::vector<std::string> &values, const std::string &value) {
  return !value.empty() && std::find(values.begin(), values.end(), value) != values.end();
}

} // namespace

domain::Tally ModelConversation::tally(Audience audience) const {
  domain::Tally tally;
  for (const ModelMessage &message : messages) {
    const Number number = audience == Audience::backoffice ? message.index : message.public_index;
    if (number != 0) {
      tally.last_index = number;
      if (message.text) {
        ++tally.text_count;
        tally.last_text = number;
        tally.last_text_at = audience == Audience::backoffice ? message.created : message.created_public;
      }
    }
  }
  tally.updated = audience == Audience::backoffice ? updated : updated_public;
  return tally;
}

Number ModelConversation::unread(const Reference &actor, Audience audience) const {
  const auto found = participants.find(actor);
  if (found == participants.end() || (audience == Audience::storefront && !found->second.in_public)) {
    return 0;
  }
  return std::count_if(messages.begin(), messages.end(), [&](const ModelMessage &message) {
    return message.text && (audience == Audience::backoffice ? message.index > found->second.read
                                                             : message.public_index > found->second.read_public);
  });
}

Time ModelConversation::activity(Audience audience) const {
  return std::max(members.created, tally(audience).last_text_at);
}

bool Model::visible(const ModelConversation &conversation, const domain::Scope &scope) const {
  const domain::Conversation &members = conversation.members;
  const bool backoffice = scope.audience == Audience::backoffice;
  const auto part = conversation.participants.find(scope.actor);
  const bool takes_part = part != conversation.participants.end() && (backoffice || part->second.in_public);
  const bool own = (takes_part || (backoffice ? members.owner : members.customer_user) == scope.actor) &&
                   (backoffice || members.customer == scope.customer);
  const bool inside = scope.organization.empty() || scope.organization == members.organization;
  switch (scope.level) {
  case domain::Level::none:
    return false;
  case domain::Level::user:
    return inside && own;
  case domain::Level::unit:
  case domain::Level::division:
    return inside &&
           (own || (backoffice ? listed(scope.units, members.unit) : listed(scope.customers, members.customer.id)));
  case domain::Level::organization:
    return scope.organization == members.organization;
  case domain::Level::global:
    return true;
  }
  return false;
}

std::set<ConversationId> Model::visible(const domain::Scope &scope) const {
  std::set<ConversationId> ids;
  for (const auto &[id, conversation] : conversations) {
    if (visible(conversation, scope)) {
      ids.insert(id);
    }
  }
  return ids;
}

std::set<ConversationId> Model::visible_at(const domain::Scope &scope, const Reference &record) const {
  std::set<ConversationId> ids;
  for (const ConversationId id : visible(scope)) {
    const auto &contexts = conversations.at(id).contexts;
    const auto found = contexts.find(record);
    if (found != contexts.end() && (scope.audience == Audience::backoffice || found->second.in_public)) {
      ids.insert(id);
    }
  }
  return ids;
}

ModelConversation *Model::open(ConversationId id, const domain::Scope &view, const domain::Scope &act,
                               std::int64_t expected_version, std::optional<Code> &failure) {
  const auto found = conversations.find(id);
  if (found == conversations.end() || !visible(found->second, view)) {
    failure = Code::not_found;
  } else if (!visible(found->second, act)) {
    failure = Code::forbidden;
  } else if (expected_version != 0 && expected_version != found->second.members.version) {
    failure = Code::stale;
  }
  return failure ? nullptr : &found->second;
}

void Model::start(const store::StartConversation &command, ConversationId id, const std::string &uid) {
  ModelConversation &conversation = conversations[id];
  conversation.members = command.conversation;
  conversation.members.id = id;
  conversation.members.uid = uid;
  conversation.members.created = command.doing.now;
  conversation.members.version = 1;
  conversation.updated = command.doing.now;
  conversation.updated_public = command.doing.now;
  for (const Reference &actor : command.participants) {
    conversation.participants[actor] = {};
  }
  for (const Reference &record : command.contexts) {
    show_context(conversation, record, true);
  }
  if (command.first_message) {
    say(conversation, command.doing, *command.first_message);
  }
}

std::optional<Code> Model::append(const store::AppendMessage &command) {
  std::optional<Code> failure;
  ModelConversation *conversation = open(command.conversation, command.view, command.act, 0, failure);
  if (conversation == nullptr) {
    return failure;
  }
  const Status status = conversation->members.status;
  const bool revived = status != Status::active && command.revives == status;
  if (!revived && std::find(command.writable.begin(), command.writable.end(), status) == command.writable.end()) {
    return Code::conflict;
  }
  if (revived) {
    change_status(*conversation, command.doing, Status::active, command.message.sender);
    edited(*conversation, command.doing, true);
  }
  say(*conversation, command.doing, command.message);
  return std::nullopt;
}

std::optional<Code> Model::edit(const store::EditConversation &command) {
  std::optional<Code> failure;
  ModelConversation *conversation =
      open(command.conversation, command.view, command.act, command.expected_version, failure);
  if (conversation == nullptr) {
    return failure;
  }
  domain::Conversation &members = conversation->members;
  bool open = change(members.name, command.name);
  open = change(members.customer, command.customer) || open;
  open = change(members.customer_user, command.customer_user) || open;
  open = change(members.source, command.source) || open;
  bool changed = change(members.unit, command.unit) || open;
  const Reference before = members.owner;
  if (change(members.owner, command.owner)) {
    tell(*conversation, command.doing, false, "assigned " + written(before) + " " + written(members.owner));
    open = true;
  }
  if (command.status && *command.status != members.status) {
    change_status(*conversation, command.doing, *command.status);
    open = true;
  }
  if (command.contexts) {
    const std::map<Reference, ModelContext> present = conversation->contexts;
    std::map<int, Reference> in_order;
    for (const auto &[record, context] : present) {
      in_order[context.since] = record;
    }
    for (const auto &[since, record] : in_order) {
      if (std::count(command.contexts->begin(), command.contexts->end(), record) == 0) {
        changed = remove_context(*conversation, command.doing, record) || changed;
      }
    }
    for (const Reference &record : *command.contexts) {
      // One that is there by notes alone stays so: it is no change.
      if (present.count(record) == 0) {
        changed = add_context(*conversation, command.doing, record) || changed;
      }
    }
  }
  if (changed || open) {
    edited(*conversation, command.doing, open);
  }
  return std::nullopt;
}

std::optional<Code> Model::change_contexts(const store::ChangeContexts &command) {
  std::optional<Code> failure;
  ModelConversation *conversation =
      open(command.conversation, command.view, command.act, command.expected_version, failure);
  if (conversation == nullptr) {
    return failure;
  }
  bool changed = false;
  for (const Reference &record : command.records) {
    changed = (command.change == store::Change::add ? add_context(*conversation, command.doing, record)
                                                    : remove_context(*conversation, command.doing, record)) ||
              changed;
  }
  if (changed) {
    edited(*conversation, command.doing, false);
  }
  return std::nullopt;
}

std::optional<Code> Model::perform(const store::PerformTransition &command) {
  std::optional<Code> failure;
  ModelConversation *conversation =
      open(command.conversation, command.view, command.act, command.expected_version, failure);
  if (conversation == nullptr) {
    return failure;
  }
  if (std::count(command.from.begin(), command.from.end(), conversation->members.status) == 0) {
    return Code::conflict;
  }
  change_status(*conversation, command.doing, command.to);
  edited(*conversation, command.doing, true);
  return std::nullopt;
}

std::optional<Code> Model::remove(const store::DeleteConversation &command) {
  std::optional<Code> failure;
  if (open(command.conversation, command.view, command.act, command.expected_version, failure) != nullptr) {
    conversations.erase(command.conversation);
  }
  return failure;
}

std::optional<Code> Model::mark_read(const store::MarkRead &command) {
  std::optional<Code> failure;
  ModelConversation *conversation = open(command.conversation, command.view, command.view, 0, failure);
  if (conversation == nullptr) {
    return failure;
  }
  const bool backoffice = command.doing.audience == Audience::backoffice;
  const auto found = conversation->participants.find(command.doing.actor);
  if (found == conversation->participants.end() || (!backoffice && !found->second.in_public)) {
    return std::nullopt;
  }
  ModelParticipant &reader = found->second;
  // As far as the message goes in one's own numbers: the same place in the other audience's. Each mark rises by itself.
  for (const ModelMessage &message : conversation->messages) {
    const Number own = backoffice ? message.index : message.public_index;
    if (own != 0 && own <= command.index) {
      reader.read = std::max(reader.read, message.index);
      reader.read_public = std::max(reader.read_public, message.public_index);
    }
  }
  return std::nullopt;
}

void Model::forget(const store::Doing &doing, const Reference &record) {
  for (auto &[id, conversation] : conversations) {
    const bool was_source = conversation.members.source == record;
    const bool was_context = conversation.contexts.erase(record) > 0;
    if (was_source) {
      conversation.members.source = {};
    }
    if (was_source || was_context) {
      edited(conversation, doing, was_source);
    }
  }
}

} // namespace parley::tests
