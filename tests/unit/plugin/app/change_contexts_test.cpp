#include "plugin/app/change_contexts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using app::change_contexts;
using domain::Code;
using domain::MemberChange;
using testing::ElementsAre;

class ChangeContexts : public testing::Test, protected World {
protected:
  ChangeContexts() {
    conversations.add(42).version = 3;
    conversations.kept.back().row.contexts = {{42, order, true}};
  }
};

TEST_F(ChangeContexts, D5_adds_records) {
  ASSERT_TRUE(change_contexts(call, {42, 3, MemberChange::add, {other_order, other_order}}).ok());
  ASSERT_TRUE(conversations.contexts_changed.has_value());
  EXPECT_EQ(conversations.contexts_changed->change, store::Change::add);
  EXPECT_THAT(conversations.contexts_changed->records, ElementsAre(other_order));
  EXPECT_EQ(conversations.contexts_changed->expected_version, 3);
}

TEST_F(ChangeContexts, D5_only_what_is_a_record_and_is_seen) {
  directory.hidden = {other_order};
  const auto done = change_contexts(call, {42, 0, MemberChange::add, {order, other_order, {"websites", "1"}}});
  ASSERT_FALSE(done.ok());
  EXPECT_THAT(faults_of(done.failure()), ElementsAre("unknown-record /data/1", "wrong-type /data/2"));
  EXPECT_FALSE(conversations.contexts_changed.has_value());
}

TEST_F(ChangeContexts, C3_adds_only_records_for_which_conversations_are_on) {
  directory.carried = {"users"};
  const auto done = change_contexts(call, {42, 0, MemberChange::add, {john, other_order}});
  ASSERT_FALSE(done.ok());
  EXPECT_THAT(faults_of(done.failure()), ElementsAre("no-conversations-there /data/1"));
  ASSERT_TRUE(change_contexts(call, {42, 0, MemberChange::remove, {order}}).ok());
}

TEST_F(ChangeContexts, D5_removes_even_what_is_not_seen_any_more) {
  directory.hidden = {order};
  ASSERT_TRUE(change_contexts(call, {42, 0, MemberChange::remove, {order, {"orders", "99"}}}).ok());
  EXPECT_EQ(conversations.contexts_changed->change, store::Change::remove);
}

TEST_F(ChangeContexts, D5_replaces_all) {
  ASSERT_TRUE(change_contexts(call, {42, 0, MemberChange::replace, {john}}).ok());
  ASSERT_EQ(conversations.edits.size(), 1U);
  EXPECT_EQ(conversations.edits.front().contexts, std::vector{john});
}

TEST_F(ChangeContexts, D5_faults_of_a_replacement_point_into_the_list) {
  const auto done = change_contexts(call, {42, 0, MemberChange::replace, {{"orders", "99"}}});
  ASSERT_FALSE(done.ok());
  EXPECT_THAT(faults_of(done.failure()), ElementsAre("unknown-record /data/0"));
}

TEST_F(ChangeContexts, the_storefront_does_not) {
  as_storefront(amanda);
  EXPECT_EQ(change_contexts(call, {42, 0, MemberChange::add, {order}}).failure().code, Code::unsupported);
  EXPECT_EQ(change_contexts(call, {42, 0, MemberChange::replace, {order}}).failure().code, Code::unsupported);
}

} // namespace
} // namespace parley::test
