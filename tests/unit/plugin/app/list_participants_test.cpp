#include "plugin/app/list_participants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/mark_read.hpp"
#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;

class Participants : public testing::Test, protected World {
protected:
  void add(const domain::Reference &actor) {
    conversations.participant_page.rows.emplace_back();
    conversations.participant_page.rows.back().participant.actor = actor;
  }
};

TEST_F(Participants, A3_name_acronym_and_me) {
  add(john);
  add({"users", "99"});
  const auto found = app::list_participants(call, {});
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->views.at(0).name, "John Doe");
  EXPECT_EQ(found->views.at(0).acronym, "JD");
  EXPECT_TRUE(found->views.at(0).me);
  EXPECT_EQ(found->views.at(1).name, "Deleted user");
  EXPECT_FALSE(found->views.at(1).me);
}

TEST_F(Participants, D10_the_own_mark_is_raised) {
  add(john);
  ASSERT_TRUE(app::mark_read_as(call, {42, "p"}, 5, "/data").ok());
  EXPECT_EQ(conversations.marked->conversation, 42);
  EXPECT_EQ(conversations.marked->index, 5);
  EXPECT_EQ(conversations.marked->doing.actor, john);
}

TEST_F(Participants, D10_a_message_that_is_named_must_exist) {
  add(john);
  ASSERT_TRUE(app::mark_read_as(call, {42, "p"}, 5, "/data").ok());
  EXPECT_TRUE(conversations.marked->exact);
  conversations.refusals = {domain::failure(Code::invalid, "unknown-record", "x")};
  const auto refused = app::mark_read_as(call, {42, "p"}, 99, "/data");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(faults_of(refused.failure()), std::vector<std::string>{"unknown-record /data"});
  ASSERT_TRUE(app::mark_read(call, 42, 99).ok());
  EXPECT_FALSE(conversations.marked->exact) << "marking read means: as far as there are messages";
}

TEST_F(Participants, D10_that_of_another_is_not) {
  add(charlie);
  EXPECT_EQ(app::mark_read_as(call, {42, "p"}, 5, "/data").failure().code, Code::forbidden);
  EXPECT_FALSE(conversations.marked.has_value());
}

TEST_F(Participants, D10_who_takes_no_part_is_not_found) {
  EXPECT_EQ(app::mark_read_as(call, {42, "p"}, 5, "/data").failure().code, Code::not_found);
}

TEST_F(Participants, D10_numbers_begin_at_zero) {
  EXPECT_EQ(app::mark_read(call, 42, -1).failure().code, Code::invalid);
  EXPECT_TRUE(app::mark_read(call, 42, 0).ok());
}

} // namespace
} // namespace parley::test
