#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/available_transitions.hpp"
#include "plugin/app/perform_transition.hpp"
#include "plugin/app/workflow_state.hpp"
#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;
using domain::Level;
using domain::Status;
using testing::ElementsAre;
using testing::IsEmpty;

class Workflow : public testing::Test, protected World {
protected:
  Workflow() {
    conversations.add(1).status = Status::active;
    conversations.add(2).status = Status::inactive;
    conversations.add(3, Level::unit).status = Status::closed;
  }

  domain::Failure refused(const app::TransitionOrder &order) {
    const auto done = app::perform_transition(call, order);
    EXPECT_FALSE(done.ok());
    return done ? domain::Failure{} : done.failure();
  }
};

TEST_F(Workflow, W2_close) {
  directory.grant("conversation_flow.perform", Level::division);
  ASSERT_TRUE(app::perform_transition(call, {1, 7, "close"}).ok());
  const auto &command = *conversations.performed;
  EXPECT_EQ(command.conversation, 1);
  EXPECT_EQ(command.expected_version, 7);
  EXPECT_EQ(command.transition, "close");
  EXPECT_THAT(command.from, ElementsAre(Status::active, Status::inactive));
  EXPECT_EQ(command.to, Status::closed);
  EXPECT_EQ(command.view.level, Level::global);
  EXPECT_EQ(command.act.level, Level::division);
}

TEST_F(Workflow, W2_unknown_transitions_are_not_found) {
  EXPECT_EQ(refused({1, 0, "explode"}).code, Code::not_found);
}

TEST_F(Workflow, W4_nothing_is_performed_while_it_is_inactive) {
  workflows.is_active = false;
  EXPECT_EQ(refused({1, 0, "close"}).code, Code::conflict);
  EXPECT_EQ(refused({99, 0, "close"}).code, Code::not_found);
  EXPECT_FALSE(conversations.performed.has_value());
}

TEST_F(Workflow, W4_says_so_when_it_was_deactivated_meanwhile) {
  domain::Failure switched = domain::failure(Code::conflict, "x", "x");
  switched.faults.front().facts.emplace_back("workflow", "inactive");
  conversations.refusals = {switched};
  const auto failure = refused({1, 0, "close"});
  EXPECT_EQ(failure.code, Code::conflict);
  EXPECT_EQ(failure.faults.front().detail, "The workflow is not active.");
  ASSERT_TRUE(conversations.performed->workflow.has_value());
  EXPECT_EQ(conversations.performed->workflow->name, "conversation_flow");
  EXPECT_TRUE(conversations.performed->workflow->active);
}

TEST_F(Workflow, W5_needs_a_permission_of_its_own) {
  conversations.refusals = {domain::failure(Code::forbidden, "x", "x")};
  EXPECT_EQ(refused({1, 0, "close"}).faults.front().detail, "You may not change the status of this conversation.");
}

TEST_F(Workflow, W6_says_what_the_status_is_now) {
  domain::Failure late = domain::failure(Code::conflict, "x", "x");
  late.faults.front().facts.emplace_back("step", "closed");
  conversations.refusals = {late};
  const auto failure = refused({1, 0, "close"});
  EXPECT_EQ(failure.code, Code::conflict);
  EXPECT_EQ(failure.faults.front().detail, "This transition does not apply. The status is now Closed.");
  EXPECT_EQ(failure.faults.front().facts.front().second, "closed");
}

TEST_F(Workflow, W2_the_storefront_performs_nothing) {
  as_storefront(amanda);
  EXPECT_EQ(refused({1, 0, "close"}).code, Code::unsupported);
}

TEST_F(Workflow, W2_says_what_is_available) {
  const auto answers = app::available_transitions(call, {3, 2, 1, 99});
  ASSERT_TRUE(answers.ok());
  ASSERT_EQ(answers->size(), 3U);
  EXPECT_THAT(answers.value()[0].transitions, ElementsAre("reopen"));
  EXPECT_THAT(answers.value()[1].transitions, ElementsAre("close", "activate"));
  EXPECT_THAT(answers.value()[2].transitions, ElementsAre("close"));
  EXPECT_EQ(answers.value()[0].step, Status::closed);
}

TEST_F(Workflow, W5_offers_what_the_permission_reaches) {
  directory.grant("conversation_flow.perform", Level::user);
  const auto answers = app::available_transitions(call, {1, 3});
  ASSERT_TRUE(answers.ok());
  EXPECT_THAT(answers.value()[0].transitions, ElementsAre("close"));
  EXPECT_THAT(answers.value()[1].transitions, IsEmpty());
}

TEST_F(Workflow, W4_offers_nothing_while_it_is_inactive) {
  workflows.is_active = false;
  const auto answers = app::available_transitions(call, {1});
  ASSERT_TRUE(answers.ok());
  EXPECT_THAT(answers.value()[0].transitions, IsEmpty());
}

TEST_F(Workflow, W1_is_deactivated_and_activated) {
  ASSERT_TRUE(app::set_workflow_active(call, false).ok());
  EXPECT_FALSE(app::workflow_active(call).value());
  ASSERT_TRUE(app::set_workflow_active(call, true).ok());
  EXPECT_TRUE(app::workflow_active(call).value());
}

TEST_F(Workflow, W1_by_whom_it_is_allowed_to) {
  directory.grant("conversation_flow.configure", Level::none);
  EXPECT_EQ(app::set_workflow_active(call, false).failure().code, Code::forbidden);
  as_storefront(amanda);
  EXPECT_EQ(app::set_workflow_active(call, false).failure().code, Code::unsupported);
  EXPECT_EQ(workflows.changes, 0);
}

} // namespace
} // namespace parley::test
