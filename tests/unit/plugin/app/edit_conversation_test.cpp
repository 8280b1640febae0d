#include "plugin/app/edit_conversation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using app::edit_conversation;
using domain::Code;
using domain::Level;
using domain::Reference;
using domain::Status;
using testing::ElementsAre;

class EditConversation : public testing::Test, protected World {
protected:
  EditConversation() {
    domain::Conversation &present = conversations.add(42);
    present.owner = john;
    present.customer = acme;
    present.customer_user = amanda;
    present.source = order;
    present.version = 3;
    conversations.kept.back().row.contexts = {{42, order, true}};
    change.conversation = 42;
  }

  domain::ConversationChange change;

  const store::EditConversation &edited() {
    const auto done = edit_conversation(call, change);
    EXPECT_TRUE(done.ok()) << (done ? "" : done.failure().faults.front().detail);
    EXPECT_FALSE(conversations.edits.empty());
    return conversations.edits.back();
  }

  domain::Failure refused() {
    const auto done = edit_conversation(call, change);
    EXPECT_FALSE(done.ok());
    return done ? domain::Failure{} : done.failure();
  }
};

TEST_F(EditConversation, changes_what_was_sent_and_nothing_else) {
  change.name = "New name";
  const auto &command = edited();
  EXPECT_EQ(command.name, "New name");
  EXPECT_FALSE(command.owner || command.customer || command.customer_user || command.source || command.status);
  EXPECT_FALSE(command.contexts.has_value());
}

TEST_F(EditConversation, what_is_sent_unchanged_is_no_change) {
  change.owner = john;
  change.customer = acme;
  change.customer_user = amanda;
  change.source = order;
  change.status = Status::active;
  directory.hidden = {john, acme, amanda, order};
  const auto &command = edited();
  EXPECT_FALSE(command.owner || command.customer || command.customer_user || command.source || command.status);
}

TEST_F(EditConversation, C3_records_for_which_conversations_are_off_stay_and_others_are_refused) {
  directory.carried = {"users"};
  change.source = order;
  change.contexts = std::vector{order, john};
  EXPECT_EQ(edited().contexts, (std::vector{order, john}));
  change.source = other_order;
  change.contexts = std::vector{order, other_order};
  EXPECT_THAT(faults_of(refused()), ElementsAre("no-conversations-there /data/relationships/source",
                                                "no-conversations-there /data/relationships/activityTargets/data/1"));
}

TEST_F(EditConversation, D8_an_emptied_name_is_made_from_the_source) {
  change.name = "";
  EXPECT_EQ(edited().name, "Order ORD-1001");
}

TEST_F(EditConversation, D8_without_a_source_it_is_refused) {
  change.name = "";
  change.source = Reference{};
  EXPECT_THAT(faults_of(refused()), ElementsAre("not-blank /data/attributes/name"));
}

TEST_F(EditConversation, W4_status_cannot_be_written_while_the_workflow_is_active) {
  change.status = Status::closed;
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::invalid);
  EXPECT_THAT(faults_of(failure), ElementsAre("status-directed /data/relationships/status"));
}

TEST_F(EditConversation, W4_all_three_can_be_written_while_it_is_not) {
  workflows.is_active = false;
  change.status = Status::closed;
  EXPECT_EQ(edited().status, Status::closed);
}

TEST_F(EditConversation, W4_is_judged_anew_when_the_workflow_was_switched_meanwhile) {
  workflows.is_active = false;
  change.status = Status::closed;
  domain::Failure switched = domain::failure(Code::conflict, "x", "x");
  switched.faults.front().facts.emplace_back("workflow", "active");
  conversations.refusals = {switched};
  EXPECT_EQ(edited().workflow->active, false);
  EXPECT_EQ(conversations.edits.size(), 2U);
}

TEST_F(EditConversation, D6_a_customer_user_of_another_customer_is_refused) {
  change.customer_user = nora;
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-mismatch /data/relationships/customerUser"));
}

TEST_F(EditConversation, D6_it_goes_to_another_customer_where_both_are_named) {
  change.customer_user = nora;
  change.customer = globex;
  const auto &command = edited();
  EXPECT_EQ(command.customer_user, nora);
  EXPECT_EQ(command.customer, globex);
}

TEST_F(EditConversation, D6_where_there_was_no_customer_the_customer_user_brings_it) {
  conversations.kept.back().row.conversation.customer = {};
  conversations.kept.back().row.conversation.customer_user = {};
  change.customer_user = nora;
  EXPECT_EQ(edited().customer, globex);
}

TEST_F(EditConversation, D6_a_customer_that_is_not_the_customer_users_is_refused) {
  change.customer_user = nora;
  change.customer = acme;
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-mismatch /data/relationships/customerUser"));
}

TEST_F(EditConversation, D6_the_customer_alone_cannot_leave_its_customer_user_behind) {
  change.customer = globex;
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-mismatch /data/relationships/customerUser"));
}

TEST_F(EditConversation, D6_without_customer_user_the_customer_stays) {
  change.customer_user = Reference{};
  const auto &command = edited();
  EXPECT_EQ(command.customer_user, Reference{});
  EXPECT_FALSE(command.customer.has_value());
}

TEST_F(EditConversation, D11_a_deleted_customer_user_hinders_nobody) {
  directory.records.erase(amanda);
  change.customer = globex;
  EXPECT_EQ(edited().customer, globex);
}

TEST_F(EditConversation, D5_only_new_contexts_must_be_visible) {
  directory.hidden = {order, other_order};
  change.contexts = std::vector{order, john};
  EXPECT_EQ(edited().contexts, (std::vector{order, john}));
  change.contexts = std::vector{order, other_order};
  EXPECT_THAT(faults_of(refused()), ElementsAre("unknown-record /data/relationships/activityTargets/data/1"));
}

TEST_F(EditConversation, the_unit_goes_with_the_owner) {
  change.owner = charlie;
  const auto &command = edited();
  EXPECT_EQ(command.owner, charlie);
  EXPECT_EQ(command.unit, "2");
}

TEST_F(EditConversation, somebody_is_always_assigned) {
  change.owner = Reference{};
  EXPECT_THAT(faults_of(refused()), ElementsAre("not-blank /data/relationships/owner"));
}

TEST_F(EditConversation, assigning_it_to_another_needs_a_permission_of_its_own) {
  directory.grant("conversations.assign", Level::none);
  change.owner = charlie;
  EXPECT_EQ(refused().code, Code::forbidden);
  change.name = " ";
  change.source = Reference{};
  EXPECT_THAT(faults_of(refused()),
              ElementsAre("not-blank /data/attributes/name", "forbidden /data/relationships/owner"));
  change.owner.reset();
  change.source.reset();
  change.name = "New name";
  EXPECT_EQ(edited().name, "New name");
}

TEST_F(EditConversation, what_is_not_seen_is_not_found) {
  directory.grant("conversations.view", Level::none);
  change.name = "";
  EXPECT_EQ(refused().code, Code::not_found);
}

TEST_F(EditConversation, what_is_seen_but_may_not_be_edited_is_forbidden) {
  directory.grant("conversations.edit", Level::none);
  change.status = Status::closed;
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::forbidden);
  EXPECT_EQ(failure.faults.front().detail, "You may not edit this conversation.");
}

TEST_F(EditConversation, D16_an_old_version_is_refused_with_the_newer_one) {
  change.expected_version = 2;
  change.name = "New name";
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::stale);
  EXPECT_THAT(failure.faults.front().facts, ElementsAre(std::pair<std::string, std::string>("version", "3")));
  EXPECT_TRUE(conversations.edits.empty());
}

TEST_F(EditConversation, D16_the_version_is_a_condition_where_it_was_named) {
  change.name = "New name";
  EXPECT_EQ(edited().expected_version, 0);
  change.expected_version = 3;
  EXPECT_EQ(edited().expected_version, 3);
}

TEST_F(EditConversation, D16_a_new_name_relies_upon_nothing) {
  change.name = "New name";
  const auto &relied = edited().relied;
  EXPECT_FALSE(relied.owner || relied.customer || relied.customer_user || relied.source || relied.status);
  EXPECT_TRUE(relied.contexts.empty());
}

TEST_F(EditConversation, D16_what_was_not_judged_because_it_is_there_must_still_be_there) {
  change.owner = john;
  change.source = order;
  change.status = Status::active;
  change.contexts = {{order}};
  const auto &command = edited();
  EXPECT_EQ(command.relied.owner, john);
  EXPECT_EQ(command.relied.source, order);
  EXPECT_EQ(command.relied.status, Status::active);
  EXPECT_THAT(command.relied.contexts, ElementsAre(order));
}

TEST_F(EditConversation, D16_what_was_judged_anew_relies_upon_nothing) {
  change.owner = charlie;
  change.source = other_order;
  change.contexts = {{other_order}};
  const auto &relied = edited().relied;
  EXPECT_FALSE(relied.owner || relied.source);
  EXPECT_TRUE(relied.contexts.empty());
}

TEST_F(EditConversation, D16_customer_and_customer_user_are_judged_together) {
  change.customer_user = nora;
  change.customer = globex;
  const auto &command = edited();
  EXPECT_EQ(command.customer, globex);
  EXPECT_EQ(command.relied.customer, acme);
  EXPECT_EQ(command.relied.customer_user, amanda);
}

TEST_F(EditConversation, D16_a_name_from_the_source_relies_upon_it) {
  change.name = "";
  EXPECT_EQ(edited().relied.source, order);
}

TEST_F(EditConversation, D16_who_named_no_version_is_tried_again_as_long_as_it_waits) {
  conversations.refusals.assign(50, domain::failure(Code::stale, "stale", "x"));
  change.name = "New name";
  edited();
  EXPECT_EQ(conversations.edits.size(), 51U);
}

TEST_F(EditConversation, D16_and_no_longer) {
  conversations.refusals.assign(50, domain::failure(Code::stale, "stale", "x"));
  change.name = "New name";
  request.expired = [this] { return conversations.edits.size() >= 3; };
  EXPECT_EQ(refused().code, Code::stale) << "nothing was changed, and that is said";
  EXPECT_EQ(conversations.edits.size(), 3U);
}

TEST_F(EditConversation, D16_who_named_no_version_is_tried_again) {
  conversations.refusals = {domain::failure(Code::stale, "stale", "x")};
  change.name = "New name";
  edited();
  EXPECT_EQ(conversations.edits.size(), 2U);
}

TEST_F(EditConversation, D16_who_named_one_is_not) {
  conversations.refusals = {domain::failure(Code::stale, "stale", "x")};
  change.name = "New name";
  change.expected_version = 3;
  EXPECT_EQ(refused().code, Code::stale);
  EXPECT_EQ(conversations.edits.size(), 1U);
}

TEST_F(EditConversation, checking_changes_nothing) {
  change.name = "New name";
  change.check_only = true;
  EXPECT_TRUE(edit_conversation(call, change).ok());
  EXPECT_TRUE(conversations.edits.empty());
}

TEST_F(EditConversation, the_storefront_does_not_edit) {
  as_storefront(amanda);
  change.name = "New name";
  EXPECT_EQ(refused().code, Code::unsupported);
}

} // namespace
} // namespace parley::test
