// Waiting for more from the feed, and what ends it (N3).
#include "feed_fixture.hpp"

#include <atomic>
#include <thread>

#include "tests/support/waiting.hpp"

namespace {

using contract::BareHost;
using contract::Feed;
using contract::hour;
using parley::tests::comes_true;
using testing::Each;

TEST_F(Feed, WaitingEndsWithACommit) {
  const std::string id = begin();
  std::atomic<std::int32_t> status{-1};
  std::thread waiter([&] { status = wait(1, hour); });
  say(id, "hello");
  waiter.join();
  EXPECT_EQ(status, PARLEY_OK);
  EXPECT_EQ(wait(0, hour), PARLEY_OK) << "there is something already";
  EXPECT_EQ(wait(2, 1000), PARLEY_OK);
  EXPECT_EQ(wait(2, -5), PARLEY_OK);
  EXPECT_EQ(wait(PARLEY_FEED_LATEST, hour), PARLEY_OK) << "no position";
  // Another process, which nobody here hears of.
  std::thread other([&] { status = wait(2, hour); });
  sql({"insert into parley_event (position, kind, happened_at, visibility) values (3, 'edited', 1, 'public')",
       "update parley_event_feed set last_position = 3"});
  other.join();
  EXPECT_EQ(status, PARLEY_OK);
}

TEST_F(Feed, StopEndsAWait) {
  begin();
  std::atomic<int> waiting{0};
  std::vector<std::thread> waiters;
  std::vector<std::int32_t> statuses(8, -1);
  waiters.reserve(statuses.size());
  for (std::int32_t &status : statuses) {
    waiters.emplace_back([&] {
      ++waiting;
      status = wait(1, hour);
    });
  }
  EXPECT_TRUE(comes_true([&] { return waiting == 8; }));
  EXPECT_EQ(host_->stop(), PARLEY_OK);
  for (std::thread &waiter : waiters) {
    waiter.join();
  }
  EXPECT_THAT(statuses, Each(PARLEY_STOPPED));
  EXPECT_EQ(wait(1, hour), PARLEY_STOPPED);
  ASSERT_EQ(host_->start(configuration_), PARLEY_OK);
  EXPECT_EQ(wait(1, 1000), PARLEY_OK) << "and again after a start";
}

TEST_F(Feed, ACancelledCallWaitsNoLonger) {
  begin();
  parley_call call = BareHost::call();
  static std::atomic<int> asked{0};
  asked = 0;
  call.cancelled = [](const parley_call *) -> std::uint32_t { return ++asked > 3 ? 1U : 0U; };
  EXPECT_EQ(feed_->wait(host_->plugin(), &call, 1, hour, nullptr), PARLEY_CANCELLED);
}

} // namespace
