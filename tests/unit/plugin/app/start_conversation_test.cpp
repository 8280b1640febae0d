#include "plugin/app/start_conversation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using app::start_conversation;
using domain::Code;
using domain::Level;
using domain::Reference;
using domain::Status;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class StartConversation : public testing::Test, protected World {
protected:
  domain::ConversationDraft draft;

  const store::StartConversation &started() {
    const auto result = start_conversation(call, draft);
    EXPECT_TRUE(result.ok()) << (result ? "" : result.failure().faults.front().detail);
    EXPECT_TRUE(conversations.started.has_value());
    return *conversations.started;
  }

  domain::Failure refused() {
    const auto result = start_conversation(call, draft);
    EXPECT_FALSE(result.ok());
    EXPECT_FALSE(conversations.started.has_value());
    return result ? domain::Failure{} : result.failure();
  }
};

TEST_F(StartConversation, D1_the_current_user_is_assigned) {
  draft.name = "Hello";
  const auto &command = started();
  EXPECT_EQ(command.conversation.name, "Hello");
  EXPECT_EQ(command.conversation.owner, john);
  EXPECT_EQ(command.conversation.unit, "1");
  EXPECT_EQ(command.conversation.organization, "1");
  EXPECT_EQ(command.doing.actor, john);
  EXPECT_EQ(command.doing.now, 1000);
}

TEST_F(StartConversation, D2_is_active) {
  draft.name = "Hello";
  EXPECT_EQ(started().conversation.status, Status::active);
}

TEST_F(StartConversation, D2_the_status_is_directed_by_the_workflow) {
  draft.name = "Hello";
  draft.status = Status::inactive;
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::invalid);
  EXPECT_THAT(faults_of(failure), ElementsAre("status-directed /data/relationships/status"));
  EXPECT_EQ(failure.faults.front().detail, "The status is directed by the workflow.");
}

TEST_F(StartConversation, D2_active_may_be_said) {
  draft.name = "Hello";
  draft.status = Status::active;
  EXPECT_EQ(started().conversation.status, Status::active);
}

TEST_F(StartConversation, D2_may_be_inactive_while_the_workflow_is_not_active) {
  workflows.is_active = false;
  draft.name = "Hello";
  draft.status = Status::inactive;
  EXPECT_EQ(started().conversation.status, Status::inactive);
}

TEST_F(StartConversation, W4_is_judged_anew_when_the_workflow_was_switched_meanwhile) {
  workflows.is_active = false;
  draft.name = "Hello";
  draft.status = Status::inactive;
  domain::Failure switched = domain::failure(Code::conflict, "x", "x");
  switched.faults.front().facts.emplace_back("workflow", "active");
  conversations.refusals = {switched};
  EXPECT_EQ(started().workflow->active, false);
  conversations.refusals = {switched, switched, switched, switched};
  request.expired = [this] { return conversations.refusals.size() <= 2; };
  EXPECT_EQ(start_conversation(call, draft).failure().code, Code::conflict) << "as long as it is waited for";
  EXPECT_EQ(conversations.refusals.size(), 2U);
}

TEST_F(StartConversation, D2_is_never_closed_from_the_beginning) {
  workflows.is_active = false;
  draft.name = "Hello";
  draft.status = Status::closed;
  EXPECT_THAT(faults_of(refused()), ElementsAre("status-not-offered /data/relationships/status"));
}

TEST_F(StartConversation, D6_customer_user_and_customer_come_from_the_source) {
  draft.source = order;
  const auto &conversation = started().conversation;
  EXPECT_EQ(conversation.customer_user, amanda);
  EXPECT_EQ(conversation.customer, acme);
  EXPECT_EQ(conversation.website, "2");
}

TEST_F(StartConversation, D6_a_customer_user_as_source_is_the_customer_user) {
  directory.records[amanda].customer_user = {};
  draft.source = amanda;
  const auto &conversation = started().conversation;
  EXPECT_EQ(conversation.customer_user, amanda);
  EXPECT_EQ(conversation.customer, acme);
}

TEST_F(StartConversation, D6_a_source_without_customer_user_brings_its_customer) {
  directory.records[order].customer_user = {};
  draft.source = order;
  const auto &conversation = started().conversation;
  EXPECT_TRUE(conversation.customer_user.none());
  EXPECT_EQ(conversation.customer, acme);
}

TEST_F(StartConversation, D6_null_keeps_the_customer_user_of_the_source_away) {
  draft.source = order;
  draft.customer_user = Reference{};
  draft.customer = Reference{};
  const auto &conversation = started().conversation;
  EXPECT_TRUE(conversation.customer_user.none());
  EXPECT_TRUE(conversation.customer.none());
}

TEST_F(StartConversation, D6_what_is_sent_wins_over_the_source) {
  draft.source = order;
  draft.customer_user = nora;
  const auto &conversation = started().conversation;
  EXPECT_EQ(conversation.customer_user, nora);
  EXPECT_EQ(conversation.customer, globex);
}

TEST_F(StartConversation, D6_a_customer_user_of_another_customer_is_refused) {
  draft.name = "Hello";
  draft.customer = globex;
  draft.customer_user = amanda;
  const auto failure = refused();
  EXPECT_THAT(faults_of(failure), ElementsAre("customer-mismatch /data/relationships/customerUser"));
  EXPECT_EQ(failure.faults.front().detail, "The customer user does not belong to the customer.");
}

TEST_F(StartConversation, D6_the_customer_user_of_the_source_must_fit_too) {
  draft.source = order;
  draft.customer = globex;
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-mismatch /data/relationships/customerUser"));
}

TEST_F(StartConversation, D6_a_customer_user_that_is_gone_is_not_taken_from_the_source) {
  directory.records.erase(amanda);
  draft.source = order;
  const auto &conversation = started().conversation;
  EXPECT_TRUE(conversation.customer_user.none());
  EXPECT_TRUE(conversation.customer.none());
}

TEST_F(StartConversation, D7_contexts_and_participants) {
  draft.source = order;
  draft.owner = charlie;
  draft.contexts = {other_order, order};
  const auto &command = started();
  EXPECT_THAT(command.contexts, UnorderedElementsAre(charlie, amanda, order, other_order));
  EXPECT_THAT(command.participants, UnorderedElementsAre(charlie, amanda));
}

TEST_F(StartConversation, D7_who_writes_the_first_message_takes_part) {
  draft.name = "Hello";
  draft.owner = charlie;
  draft.first_message = "Good morning";
  const auto &command = started();
  ASSERT_TRUE(command.first_message.has_value());
  EXPECT_EQ(command.first_message->sender, john);
  EXPECT_EQ(command.first_message->body, "Good morning");
  EXPECT_THAT(command.contexts, UnorderedElementsAre(charlie, john));
  EXPECT_THAT(command.participants, UnorderedElementsAre(charlie, john));
}

TEST_F(StartConversation, D8_empty_name_is_made_from_the_source) {
  draft.source = order;
  EXPECT_EQ(started().conversation.name, "Order ORD-1001");
  draft.name = " \t ";
  EXPECT_EQ(started().conversation.name, "Order ORD-1001");
}

TEST_F(StartConversation, D8_a_long_title_is_cut) {
  directory.records[order].full_title = std::string(300, 'x');
  draft.source = order;
  EXPECT_EQ(started().conversation.name, std::string(255, 'x'));
}

TEST_F(StartConversation, D8_without_a_source_an_empty_name_is_refused) {
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::invalid);
  EXPECT_THAT(faults_of(failure), ElementsAre("not-blank /data/attributes/name"));
  EXPECT_EQ(failure.faults.front().detail, "This value should not be blank.");
}

TEST_F(StartConversation, D8_and_says_so_in_german) {
  request.locale = "de-AT";
  EXPECT_EQ(refused().faults.front().detail, "Dieser Wert darf nicht leer sein.");
}

TEST_F(StartConversation, D14_a_name_has_255_characters_at_most) {
  std::string name;
  for (int count = 0; count < 255; ++count) {
    name += "ü";
  }
  draft.name = name;
  EXPECT_EQ(started().conversation.name, name);
  conversations.started.reset();
  draft.name = name + "x";
  EXPECT_THAT(faults_of(refused()), ElementsAre("too-long /data/attributes/name"));
}

TEST_F(StartConversation, D14_NUL_and_invalid_UTF8_have_codes_of_their_own) {
  draft.name = std::string("a\0b", 3);
  EXPECT_THAT(faults_of(refused()), ElementsAre("nul-character /data/attributes/name"));
  draft.name = "caf\xE9";
  EXPECT_THAT(faults_of(refused()), ElementsAre("invalid-utf8 /data/attributes/name"));
}

TEST_F(StartConversation, A5_every_fault_is_reported_at_once) {
  draft.name = "";
  draft.owner = order;
  draft.customer = Reference{"customers", "99"};
  draft.customer_user = john;
  draft.status = Status::closed;
  draft.contexts = {order, {"orders", "99"}, {"websites", "2"}};
  draft.first_message = " ";
  EXPECT_THAT(faults_of(refused()),
              UnorderedElementsAre(
                  "not-blank /data/attributes/name", "wrong-type /data/relationships/owner",
                  "unknown-record /data/relationships/customer", "wrong-type /data/relationships/customerUser",
                  "status-directed /data/relationships/status",
                  "unknown-record /data/relationships/activityTargets/data/1",
                  "wrong-type /data/relationships/activityTargets/data/2", "not-blank /data/attributes/firstMessage"));
}

TEST_F(StartConversation, C3_only_about_records_for_which_conversations_are_on) {
  directory.carried = {"users", "customerusers"};
  draft.source = order;
  draft.contexts = {john, order};
  EXPECT_THAT(faults_of(refused()), ElementsAre("no-conversations-there /data/relationships/source",
                                                "no-conversations-there /data/relationships/activityTargets/data/1"));
  as_storefront(amanda);
  draft.contexts = {};
  EXPECT_THAT(faults_of(refused()), ElementsAre("no-conversations-there /data/relationships/source"));
  draft.source.reset();
  draft.name = "About nothing in particular";
  EXPECT_EQ(started().conversation.customer_user, amanda);
}

TEST_F(StartConversation, what_may_not_be_seen_is_like_what_does_not_exist) {
  draft.source = order;
  directory.hidden = {order};
  const auto hidden = refused();
  draft.source = Reference{"orders", "99"};
  const auto missing = refused();
  EXPECT_THAT(faults_of(hidden), ElementsAre("unknown-record /data/relationships/source"));
  EXPECT_EQ(faults_of(hidden), faults_of(missing));
  EXPECT_EQ(hidden.faults.front().detail, missing.faults.front().detail);
}

TEST_F(StartConversation, an_endless_id_is_not_asked_for) {
  draft.name = "Hello";
  draft.source = Reference{"orders", std::string(1000, '1')};
  EXPECT_THAT(faults_of(refused()), ElementsAre("unknown-record /data/relationships/source"));
}

TEST_F(StartConversation, needs_the_permission) {
  directory.grant("conversations.create", Level::none);
  draft.name = "Hello";
  EXPECT_EQ(refused().code, Code::forbidden);
}

TEST_F(StartConversation, assigning_it_to_another_needs_a_permission_of_its_own) {
  draft.name = "Hello";
  draft.owner = charlie;
  directory.grant("conversations.assign", Level::user);
  auto failure = refused();
  EXPECT_EQ(failure.code, Code::forbidden);
  EXPECT_THAT(faults_of(failure), ElementsAre("forbidden /data/relationships/owner"));
  draft.name = "";
  EXPECT_THAT(faults_of(refused()),
              ElementsAre("not-blank /data/attributes/name", "forbidden /data/relationships/owner"));
  draft.name = "Hello";
  draft.owner = john;
  EXPECT_EQ(started().conversation.owner, john);
}

TEST_F(StartConversation, of_a_user_whom_one_may_not_see_nothing_is_said_but_that) {
  draft.name = "Hello";
  draft.owner = charlie;
  directory.grant("conversations.assign", Level::user);
  directory.hidden.insert(charlie);
  EXPECT_THAT(faults_of(refused()), ElementsAre("unknown-record /data/relationships/owner"));
}

TEST_F(StartConversation, assigning_reaches_the_units_of_the_scope) {
  draft.name = "Hello";
  draft.owner = charlie;
  directory.grant("conversations.assign", Level::unit);
  directory.units = {"1"};
  EXPECT_EQ(refused().code, Code::forbidden);
  directory.units = {"1", "2"};
  EXPECT_EQ(started().conversation.unit, "2");
}

TEST_F(StartConversation, checking_changes_nothing) {
  draft.name = "Hello";
  draft.check_only = true;
  const auto result = start_conversation(call, draft);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value(), 0);
  EXPECT_FALSE(conversations.started.has_value());
}

TEST_F(StartConversation, labels_of_everything_go_with_it) {
  draft.source = order;
  std::vector<std::string> titles;
  for (const auto &label : started().labels) {
    titles.push_back(label.title);
  }
  EXPECT_THAT(titles, UnorderedElementsAre("John Doe", "Amanda Cole", "ORD-1001", "Acme Industries"));
}

TEST_F(StartConversation, host_calls_do_not_grow_with_the_contexts) {
  draft.source = order;
  draft.contexts = {john};
  started();
  const int few = directory.calls;
  directory.calls = 0;
  for (int id = 100; id < 200; ++id) {
    directory.add({"orders", std::to_string(id)}, "ORD");
    draft.contexts.push_back({"orders", std::to_string(id)});
  }
  started();
  EXPECT_EQ(directory.calls, few);
  EXPECT_LE(few, 6);
}

TEST_F(StartConversation, a_host_that_does_not_answer_is_no_fault_of_the_input) {
  draft.source = order;
  directory.broken = domain::failure(Code::unavailable, "unavailable", "x");
  EXPECT_EQ(refused().code, Code::unavailable);
}

// The sender of the first message

TEST_F(StartConversation, D3_the_first_message_may_be_sent_for_another) {
  draft.name = "Hello";
  draft.owner = john;
  draft.customer_user = amanda;
  draft.first_message = "Good morning";
  draft.first_message_sender = charlie;
  const auto &command = started();
  EXPECT_EQ(command.first_message->sender, charlie);
  EXPECT_EQ(command.doing.actor, john);
  EXPECT_THAT(command.participants, UnorderedElementsAre(john, amanda, charlie)) << "John as the owner";
  EXPECT_THAT(command.contexts, UnorderedElementsAre(john, amanda, charlie));
}

TEST_F(StartConversation, D7_the_author_alone_becomes_neither_participant_nor_context) {
  directory.add({"users", "3"}, "Dana Reyes");
  draft.name = "Hello";
  draft.owner = charlie;
  draft.first_message = "Good morning";
  draft.first_message_sender = Reference{"users", "3"};
  const auto &command = started();
  EXPECT_THAT(command.participants, UnorderedElementsAre(charlie, Reference{"users", "3"}));
  EXPECT_THAT(command.contexts, UnorderedElementsAre(charlie, Reference{"users", "3"}));
}

TEST_F(StartConversation, D3_a_customer_user_of_another_customer_says_nothing_here) {
  draft.source = order;
  draft.first_message = "Good morning";
  draft.first_message_sender = nora;
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-mismatch /data/relationships/firstMessageSender"));
  draft.first_message_sender = amanda;
  EXPECT_EQ(started().first_message->sender, amanda);
}

TEST_F(StartConversation, D3_the_sender_is_judged_like_that_of_a_message) {
  draft.name = "Hello";
  draft.first_message = "Good morning";
  draft.first_message_sender = Reference{"users", "99"};
  EXPECT_THAT(faults_of(refused()), ElementsAre("unknown-record /data/relationships/firstMessageSender"));
  draft.first_message_sender = order;
  EXPECT_THAT(faults_of(refused()), ElementsAre("not-a-person /data/relationships/firstMessageSender"));
  draft.first_message_sender = charlie;
  directory.hidden = {charlie};
  EXPECT_THAT(faults_of(refused()), ElementsAre("unknown-record /data/relationships/firstMessageSender"));
  directory.hidden = {};
  directory.grant("customerusers.view", Level::none);
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::forbidden);
  EXPECT_THAT(faults_of(failure), ElementsAre("forbidden /data/relationships/firstMessageSender"));
}

TEST_F(StartConversation, D3_a_sender_without_a_message_is_a_fault) {
  draft.name = "Hello";
  draft.first_message_sender = charlie;
  EXPECT_THAT(faults_of(refused()), ElementsAre("no-first-message /data/relationships/firstMessageSender"));
}

TEST_F(StartConversation, D3_the_system_says_nothing) {
  request.actor = {"system", ""};
  draft.name = "Hello";
  draft.owner = charlie;
  draft.first_message = "Good morning";
  EXPECT_THAT(faults_of(refused()), ElementsAre("not-a-person /data/attributes/firstMessage")) << "no sender was sent";
  draft.first_message_sender = Reference{};
  EXPECT_THAT(faults_of(refused()), ElementsAre("not-a-person /data/relationships/firstMessageSender"));
}

TEST_F(StartConversation, D3_an_actor_whom_the_host_does_not_know_says_nothing) {
  request.actor = {"users", "99"};
  draft.name = "Hello";
  draft.owner = charlie;
  draft.first_message = "Good morning";
  EXPECT_THAT(faults_of(refused()), ElementsAre("unknown-record /data/attributes/firstMessage"));
}

TEST_F(StartConversation, D3_a_customer_user_of_another_customer_says_nothing_for_itself) {
  request.actor = nora;
  draft.source = order;
  draft.owner = john;
  draft.first_message = "Good morning";
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-mismatch /data/attributes/firstMessage"));
}

// Storefront

TEST_F(StartConversation, A6_customer_and_customer_user_come_from_the_session) {
  as_storefront(amanda);
  draft.name = "Where is it?";
  draft.customer = globex;
  draft.customer_user = nora;
  draft.owner = john;
  draft.status = Status::closed;
  draft.contexts = {other_order};
  draft.first_message = "Tell me";
  const auto &command = started();
  EXPECT_EQ(command.conversation.customer_user, amanda);
  EXPECT_EQ(command.conversation.customer, acme);
  EXPECT_EQ(command.conversation.owner, charlie);
  EXPECT_EQ(command.conversation.unit, "2");
  EXPECT_EQ(command.conversation.status, Status::active);
  EXPECT_EQ(command.conversation.website, "1");
  EXPECT_THAT(command.contexts, UnorderedElementsAre(charlie, amanda));
  EXPECT_EQ(command.first_message->sender, amanda);
}

TEST_F(StartConversation, A6_the_owner_of_the_source_comes_first) {
  as_storefront(amanda);
  directory.records[order].owner = john;
  draft.source = order;
  const auto &conversation = started().conversation;
  EXPECT_EQ(conversation.owner, john);
  EXPECT_EQ(conversation.website, "2");
  EXPECT_EQ(conversation.name, "Order ORD-1001");
}

TEST_F(StartConversation, A6_nobody_may_look_after_it) {
  as_storefront(nora);
  draft.name = "Hello";
  EXPECT_TRUE(started().conversation.owner.none());
}

TEST_F(StartConversation, A6_an_owner_who_is_gone_is_none) {
  as_storefront(amanda);
  directory.records.erase(charlie);
  draft.name = "Hello";
  const auto &command = started();
  EXPECT_TRUE(command.conversation.owner.none());
  EXPECT_THAT(command.contexts, ElementsAre(amanda));
}

TEST_F(StartConversation, S8_the_order_of_a_stranger_is_no_source) {
  as_storefront(amanda);
  directory.hidden = {other_order};
  draft.name = "Hello";
  draft.source = other_order;
  EXPECT_THAT(faults_of(refused()), ElementsAre("unknown-record /data/relationships/source"));
}

TEST_F(StartConversation, S8_a_guest_cannot) {
  as_storefront({"visitors", "1"});
  draft.name = "Hello";
  EXPECT_EQ(refused().code, Code::forbidden);
}

TEST_F(StartConversation, S1_the_subject_is_not_blank) {
  as_storefront(amanda);
  draft.first_message = "";
  EXPECT_THAT(faults_of(refused()),
              ElementsAre("not-blank /data/attributes/name", "not-blank /data/attributes/firstMessage"));
}

} // namespace
} // namespace parley::test
