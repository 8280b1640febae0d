#include "plugin/app/show_panel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;
using testing::ElementsAre;

class Panel : public testing::Test, protected World {};

TEST_F(Panel, D4_lists_at_a_record_that_one_may_see) {
  ASSERT_TRUE(app::show_panel(call, order, {}).ok());
  EXPECT_EQ(conversations.asked->panel, order);
}

TEST_F(Panel, D4_a_record_that_one_may_not_see_is_not_found) {
  directory.hidden = {order};
  EXPECT_EQ(app::show_panel(call, order, {}).failure().code, Code::not_found);
  EXPECT_FALSE(conversations.asked.has_value());
}

TEST_F(Panel, A10_counts_for_many_records_at_once) {
  directory.hidden = {order};
  const auto counts = app::count_panels(call, {order, other_order, {"orders", "99"}, john});
  ASSERT_TRUE(counts.ok());
  EXPECT_THAT(counts.value(), ElementsAre(0, 7, 0, 7));
  EXPECT_THAT(conversations.counted, ElementsAre(other_order, john));
  EXPECT_EQ(conversations.statements, 1);
}

TEST_F(Panel, C3_nothing_stands_where_conversations_are_off_for_the_type) {
  directory.carried = {"users"};
  EXPECT_EQ(app::show_panel(call, order, {}).failure().code, Code::not_found);
  EXPECT_FALSE(conversations.asked.has_value());
  const auto counts = app::count_panels(call, {order, john});
  ASSERT_TRUE(counts.ok());
  EXPECT_THAT(counts.value(), ElementsAre(0, 7));
  EXPECT_THAT(conversations.counted, ElementsAre(john));
}

TEST_F(Panel, A10_no_records_no_questions) {
  ASSERT_TRUE(app::count_panels(call, {}).ok());
  EXPECT_EQ(conversations.statements, 0);
}

} // namespace
} // namespace parley::test
