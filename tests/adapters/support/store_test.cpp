#include "tests/adapters/support/store_test.hpp"

#include <stdexcept>

namespace parley::tests {
namespace {

constexpr domain::Time kSecond = 1'000'000;

template <class Value>
Value expect_value(domain::Result<Value> result) {
  if (!result) {
    const domain::Fault &fault = result.failure().faults.front();
    throw std::runtime_error("refused: " + fault.code + ": " + fault.detail);
  }
  return std::move(result).value();
}

Scope scope(Audience audience, const Reference &actor, Level level) {
  Scope result;
  result.audience = audience;
  result.level = level;
  result.actor = actor;
  result.organization = "1";
  return result;
}

} // namespace

Scope everything() {
  Scope result = scope(Audience::backoffice, kJohn, Level::global);
  result.organization.clear();
  return result;
}

Scope backoffice(const Reference &actor, Level level, const std::vector<std::string> &units) {
  Scope result = scope(Audience::backoffice, actor, level);
  result.units = units;
  return result;
}

Scope storefront(const Reference &actor, Level level, const std::vector<std::string> &customers) {
  Scope result = scope(Audience::storefront, actor, level);
  result.customers = customers;
  if (actor == kAmanda || actor == kBrian) {
    result.customer = kAcme;
  } else if (actor == kNora) {
    result.customer = kGlobex;
  }
  return result;
}

store::Value is(const Reference &reference) {
  store::Value value;
  value.reference = reference;
  return value;
}
store::Value is(std::int64_t number) {
  store::Value value;
  value.number = number;
  return value;
}
store::Value is(const std::string &text) {
  store::Value value;
  value.text = text;
  return value;
}
store::Value is(Status status) {
  store::Value value;
  value.status = status;
  return value;
}

StoreTest::StoreTest() : database_(GetParam().make()), stores_(database_->open()) {}

store::Doing StoreTest::doing(const Reference &actor, Audience audience) {
  return {actor, audience, now_ += kSecond};
}

store::StartConversation StoreTest::sample(const std::string &name) {
  store::StartConversation command;
  command.doing = doing(kJohn);
  command.conversation.organization = "1";
  command.conversation.website = "1";
  command.conversation.name = name;
  command.conversation.owner = kJohn;
  command.conversation.unit = "sales";
  command.conversation.customer = kAcme;
  command.conversation.customer_user = kAmanda;
  command.conversation.source = kOrder;
  command.contexts = {kJohn, kAmanda, kOrder};
  command.participants = {kJohn, kAmanda};
  return command;
}

ConversationId StoreTest::start(const store::StartConversation &command) {
  return expect_value(store().start(command));
}

store::AppendMessage StoreTest::message(ConversationId conversation, const Reference &sender, const std::string &body,
                                        Visibility visibility) {
  store::AppendMessage command;
  const bool customer = sender.type == "customerusers";
  command.doing = doing(sender, customer ? Audience::storefront : Audience::backoffice);
  command.conversation = conversation;
  command.view = everything();
  command.act = everything();
  command.writable = {Status::active, Status::inactive};
  command.message.sender = sender;
  command.message.visibility = visibility;
  command.message.body = body;
  return command;
}

store::Appended StoreTest::say(ConversationId conversation, const Reference &sender, const std::string &body,
                               Visibility visibility) {
  return expect_value(store().append(message(conversation, sender, body, visibility)));
}

void StoreTest::note(std::vector<store::RecordLabel> labels) {
  const auto by = doing({"system", "host"});
  for (store::RecordLabel &label : labels) {
    label.refreshed = by.now;
  }
  for (const Reference &record : expect_value(maintenance().note_records(labels))) {
    while (expect_value(maintenance().settle(by, record, 2))) {
    }
  }
}

store::EditConversation StoreTest::edition(ConversationId conversation) {
  store::EditConversation command;
  command.doing = doing(kJohn);
  command.conversation = conversation;
  command.view = everything();
  command.act = everything();
  return command;
}

store::PerformTransition StoreTest::transition(ConversationId conversation, const std::string &name,
                                               std::vector<Status> from, Status to) {
  store::PerformTransition command;
  command.doing = doing(kJohn);
  command.conversation = conversation;
  command.view = everything();
  command.act = everything();
  command.transition = name;
  command.from = std::move(from);
  command.to = to;
  return command;
}

store::ChangeContexts StoreTest::contexts(ConversationId conversation, store::Change change,
                                          std::vector<Reference> records) {
  store::ChangeContexts command;
  command.doing = doing(kJohn);
  command.conversation = conversation;
  command.view = everything();
  command.act = everything();
  command.change = change;
  command.records = std::move(records);
  return command;
}

domain::Done StoreTest::read_to(ConversationId conversation, const Scope &viewer, domain::Number index) {
  return store().mark_read({doing(viewer.actor, viewer.audience), conversation, viewer, index});
}

store::ConversationRow StoreTest::row(ConversationId conversation, const Scope &scope) {
  auto page = expect_value(store().conversations_by_id(scope, {conversation}));
  if (page.rows.empty()) {
    throw std::runtime_error("the conversation is not seen");
  }
  return page.rows.front();
}

bool StoreTest::visible(ConversationId conversation, const Scope &scope) {
  const bool by_id = !expect_value(store().conversations_by_id(scope, {conversation})).rows.empty();
  const bool reached = !expect_value(store().reachable(scope, {conversation})).empty();
  store::ConversationQuery query;
  query.scope = scope;
  query.conditions = {{ConversationField::id, Operator::equal, {is(conversation)}}};
  const bool found = !expect_value(store().conversations(query)).rows.empty();
  const bool counted = expect_value(store().count_conversations(query)) == 1;
  store::MessageQuery messages;
  messages.scope = scope;
  messages.conversation = conversation;
  const bool read = !expect_value(store().messages(messages)).rows.empty();
  store::MessageQuery all_messages;
  all_messages.scope = scope;
  bool found_message = false;
  for (const auto &each : expect_value(store().messages(all_messages)).rows) {
    found_message = found_message || each.message.conversation == conversation;
  }
  const bool with_people = !people(conversation, scope).rows.empty();
  EXPECT_EQ(reached, by_id);
  EXPECT_EQ(found, by_id);
  EXPECT_EQ(counted, by_id);
  EXPECT_EQ(read, by_id) << "the scope tests need a public message in each conversation";
  EXPECT_EQ(found_message, by_id);
  EXPECT_EQ(with_people, by_id);
  return by_id;
}

std::vector<ConversationId> StoreTest::listed(const store::ConversationQuery &query) {
  std::vector<ConversationId> ids;
  for (const auto &each : expect_value(store().conversations(query)).rows) {
    ids.push_back(each.conversation.id);
  }
  return ids;
}

std::vector<domain::Message> StoreTest::thread(ConversationId conversation, const Scope &scope) {
  store::MessageQuery query;
  query.scope = scope;
  query.conversation = conversation;
  query.descending = false;
  query.paging.size = 10'000;
  std::vector<domain::Message> messages;
  for (auto &each : expect_value(store().messages(query)).rows) {
    messages.push_back(each.message);
  }
  return messages;
}

store::Page<store::ParticipantRow> StoreTest::people(ConversationId conversation, const Scope &scope) {
  store::ParticipantQuery query;
  query.scope = scope;
  query.conversation = conversation;
  return expect_value(store().participants(query));
}

domain::Participant StoreTest::person(ConversationId conversation, const Reference &actor, const Scope &scope) {
  for (const auto &each : people(conversation, scope).rows) {
    if (each.participant.actor == actor) {
      return each.participant;
    }
  }
  throw std::runtime_error("takes no part: " + actor.type + "/" + actor.id);
}

} // namespace parley::tests
