#include "plugin/app/host_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;
using testing::Each;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class HostChanges : public testing::Test, protected World {};

TEST_F(HostChanges, D11_deleted_records_are_forgotten_even_where_it_is_switched_off) {
  directory.enabled = "false";
  maintenance.settle_pieces = 3;
  ASSERT_TRUE(app::forget_records(call, {order, order, john}).ok());
  ASSERT_THAT(maintenance.noted, SizeIs(2));
  EXPECT_EQ(maintenance.noted[0].record, order);
  EXPECT_THAT(maintenance.noted, Each(Field(&store::RecordLabel::deleted, true)));
  EXPECT_THAT(maintenance.settled, SizeIs(6));
}

TEST_F(HostChanges, D11_the_host_does_not_wait_for_a_record_that_stands_everywhere) {
  maintenance.settle_pieces = 1000;
  ASSERT_TRUE(app::forget_records(call, {order, john}).ok());
  EXPECT_THAT(maintenance.noted, SizeIs(2)) << "all is kept before the first piece";
  EXPECT_THAT(maintenance.settled, SizeIs(20)) << "the job does the rest";
}

TEST_F(HostChanges, D11_nor_longer_than_it_has_time) {
  maintenance.settle_pieces = 1000;
  request.expired = [this] { return maintenance.settled.size() >= 2; };
  ASSERT_TRUE(app::forget_records(call, {order}).ok());
  EXPECT_THAT(maintenance.settled, SizeIs(2));
}

TEST_F(HostChanges, renamed_records_are_looked_up_again) {
  ASSERT_TRUE(app::refresh_records(call, {order, {"orders", "99"}}).ok());
  ASSERT_THAT(maintenance.noted, SizeIs(1));
  EXPECT_EQ(maintenance.noted.front().title, "ORD-1001");
  EXPECT_EQ(maintenance.noted.front().sort_key, "ORD-1001");
  EXPECT_EQ(maintenance.noted.front().customer, acme);
}

TEST_F(HostChanges, a_failed_look_up_is_never_deleted) {
  directory.broken = domain::failure(Code::unavailable, "unavailable", "x");
  EXPECT_EQ(app::refresh_records(call, {order}).failure().code, Code::unavailable);
  EXPECT_THAT(maintenance.noted, IsEmpty());
}

TEST_F(HostChanges, what_was_not_taken_in_is_said) {
  maintenance.broken = domain::failure(Code::busy, "x", "x");
  EXPECT_EQ(app::forget_records(call, {order}).failure().code, Code::busy);
}

} // namespace
} // namespace parley::test
