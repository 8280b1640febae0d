#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/add_message.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/app/available_transitions.hpp"
#include "plugin/app/change_contexts.hpp"
#include "plugin/app/delete_conversation.hpp"
#include "plugin/app/edit_conversation.hpp"
#include "plugin/app/list_conversations.hpp"
#include "plugin/app/list_messages.hpp"
#include "plugin/app/list_participants.hpp"
#include "plugin/app/mark_read.hpp"
#include "plugin/app/perform_transition.hpp"
#include "plugin/app/show_panel.hpp"
#include "plugin/app/start_conversation.hpp"
#include "plugin/app/workflow_state.hpp"
#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;
using domain::Level;

template <class Value>
Code code_of(const domain::Result<Value> &result) {
  EXPECT_FALSE(result.ok());
  return result ? Code::unsupported : result.failure().code;
}

class Gate : public testing::Test, protected World {
protected:
  /// What every door answers.
  std::vector<Code> all_doors() {
    return {
        code_of(app::start_conversation(call, {})),
        code_of(app::edit_conversation(call, {})),
        code_of(app::change_contexts(call, {})),
        code_of(app::change_contexts(call, {1, 0, domain::MemberChange::replace, {}})),
        code_of(app::add_message(call, {})),
        code_of(app::perform_transition(call, {1, 0, "close"})),
        code_of(app::available_transitions(call, {1})),
        code_of(app::set_workflow_active(call, false)),
        code_of(app::delete_conversation(call, 1, 0)),
        code_of(app::mark_read(call, 1, 1)),
        code_of(app::mark_read_as(call, {1, "p"}, 1, "/data")),
        code_of(app::list_conversations(call, {})),
        code_of(app::get_conversations(call, {1})),
        code_of(app::get_own_work(call, 1)),
        code_of(app::count_conversations(call, {})),
        code_of(app::show_panel(call, order, {})),
        code_of(app::count_panels(call, {order})),
        code_of(app::list_messages(call, {})),
        code_of(app::get_messages(call, {{1, 1}})),
        code_of(app::list_participants(call, {})),
        code_of(app::get_participants(call, {{1, "p"}})),
    };
  }
};

TEST_F(Gate, C2_off_means_off_everywhere) {
  directory.enabled = "false";
  EXPECT_THAT(all_doors(), testing::Each(Code::not_found));
  EXPECT_EQ(conversations.statements, 0);
}

TEST_F(Gate, C1_is_off_by_default) {
  directory.enabled = "";
  EXPECT_THAT(all_doors(), testing::Each(Code::not_found));
}

TEST_F(Gate, C2_off_means_off_in_the_storefront_too) {
  as_storefront(amanda);
  directory.enabled = "false";
  EXPECT_THAT(all_doors(), testing::Each(Code::not_found));
}

TEST_F(Gate, nobody_works_for_who_has_gone) {
  request.cancelled = [] { return true; };
  EXPECT_THAT(all_doors(), testing::Each(Code::cancelled));
  request.cancelled = nullptr;
  request.expired = [] { return true; };
  EXPECT_THAT(all_doors(), testing::Each(Code::timed_out));
  EXPECT_EQ(directory.calls, 0);
}

TEST_F(Gate, a_host_that_does_not_answer_is_said_so) {
  directory.broken = domain::failure(Code::unavailable, "x", "x");
  EXPECT_THAT(all_doors(), testing::Each(Code::unavailable));
}

class Scopes : public testing::Test, protected World {};

TEST_F(Scopes, the_storefront_knows_no_level_above_the_customers) {
  for (const Level level : {Level::organization, Level::global}) {
    directory.grant("conversations.view", level);
    as_backoffice(john);
    EXPECT_EQ(app::scopes_of(call, {app::permission::view})->front().level, level);
    as_storefront(amanda);
    EXPECT_EQ(app::scopes_of(call, {app::permission::view})->front().level, Level::division);
  }
}

class Delete : public testing::Test, protected World {};

TEST_F(Delete, carries_both_scopes) {
  directory.grant("conversations.delete", Level::unit);
  ASSERT_TRUE(app::delete_conversation(call, 42, 3).ok());
  EXPECT_EQ(conversations.removed->conversation, 42);
  EXPECT_EQ(conversations.removed->expected_version, 3);
  EXPECT_EQ(conversations.removed->view.level, Level::global);
  EXPECT_EQ(conversations.removed->act.level, Level::unit);
}

TEST_F(Delete, says_what_is_forbidden) {
  conversations.refusals = {domain::failure(Code::forbidden, "x", "x")};
  EXPECT_EQ(app::delete_conversation(call, 42, 0).failure().faults.front().detail,
            "You may not delete this conversation.");
}

TEST_F(Delete, the_storefront_does_not) {
  as_storefront(amanda);
  EXPECT_EQ(app::delete_conversation(call, 42, 0).failure().code, Code::unsupported);
}

} // namespace
} // namespace parley::test
