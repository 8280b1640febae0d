#include "plugin/app/show_panel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/host_changes.hpp"
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

TEST_F(Panel, A10_no_records_no_questions) {
  ASSERT_TRUE(app::count_panels(call, {}).ok());
  EXPECT_EQ(conversations.statements, 0);
}

class HostChanges : public testing::Test, protected World {};

TEST_F(HostChanges, D11_deleted_records_are_forgotten_even_where_it_is_switched_off) {
  directory.enabled = "false";
  ASSERT_TRUE(app::forget_records(call, {order, order, john}).ok());
  EXPECT_THAT(conversations.forgotten, ElementsAre(order, john));
}

TEST_F(HostChanges, renamed_records_are_looked_up_again) {
  ASSERT_TRUE(app::refresh_records(call, {order, {"orders", "99"}}).ok());
  ASSERT_EQ(conversations.labels_kept.size(), 1U);
  EXPECT_EQ(conversations.labels_kept.front().title, "ORD-1001");
  EXPECT_EQ(conversations.labels_kept.front().sort_key, "ORD-1001");
  EXPECT_EQ(conversations.labels_kept.front().customer, acme);
}

TEST_F(HostChanges, a_failed_look_up_is_never_deleted) {
  directory.broken = domain::failure(Code::unavailable, "unavailable", "x");
  EXPECT_EQ(app::refresh_records(call, {order}).failure().code, Code::unavailable);
  EXPECT_TRUE(conversations.labels_kept.empty());
  EXPECT_TRUE(conversations.forgotten.empty());
}

} // namespace
} // namespace parley::test
