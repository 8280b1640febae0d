// Where threads wait for events. Its interval is an hour here: what ends a wait is never a look that came by itself.
#include "adapters/sql/feed_watch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

using adapters::sql::FeedWatch;
using domain::Result;
using store::Position;

constexpr std::chrono::hours kLong{1};

class FeedWatchTest : public ::testing::Test {
protected:
  domain::Done wait(
      Position after, const std::function<bool()> &over = [] { return false; }) {
    return watch_.wait(after, kLong, over, [this]() -> Result<Position> {
      ++looks_;
      if (broken_) {
        return domain::failure(domain::Code::busy, "busy", "All connections are taken.");
      }
      return Position{last_};
    });
  }

  FeedWatch watch_{std::chrono::hours(1)};
  std::atomic<Position> last_{7};
  std::atomic<int> looks_{0};
  std::atomic<bool> broken_{false};
};

TEST_F(FeedWatchTest, ACommitOfThisProcessEndsTheWait) {
  std::atomic<int> asked{0};
  std::thread waiter([&] {
    EXPECT_TRUE(wait(7, [&] {
      ++asked;
      return false;
    }));
  });
  EXPECT_TRUE(comes_true([&] { return asked >= 2; }));
  last_ = 8;
  watch_.committed();
  waiter.join();
}

TEST_F(FeedWatchTest, ManyWaitersLookAsOne) {
  std::vector<std::thread> waiters;
  waiters.reserve(32);
  std::atomic<int> asked{0};
  for (int at = 0; at < 32; ++at) {
    waiters.emplace_back([&] {
      EXPECT_TRUE(wait(7, [&] {
        ++asked;
        return false;
      }));
    });
  }
  EXPECT_TRUE(comes_true([&] { return asked >= 32; }));
  last_ = 8;
  watch_.committed();
  for (auto &waiter : waiters) {
    waiter.join();
  }
  EXPECT_LE(looks_, 2) << "once at first, once after the commit";
}

TEST_F(FeedWatchTest, ACommitWithoutEventsEndsNothing) {
  std::atomic<bool> ended{false};
  std::atomic<int> asked{0};
  std::thread waiter([&] {
    EXPECT_TRUE(wait(7, [&] {
      ++asked;
      return false;
    }));
    ended = true;
  });
  EXPECT_TRUE(comes_true([&] { return asked >= 2; }));
  const int before = asked;
  watch_.committed();
  // It looked, and waits again.
  EXPECT_TRUE(comes_true([&] { return asked >= before + 2; }));
  EXPECT_FALSE(ended);
  last_ = 8;
  watch_.committed();
  waiter.join();
}

TEST_F(FeedWatchTest, WakingAsksWhetherItIsOver) {
  std::atomic<bool> over{false};
  std::atomic<int> asked{0};
  std::thread waiter([&] {
    EXPECT_TRUE(wait(7, [&] {
      ++asked;
      return over.load();
    }));
  });
  EXPECT_TRUE(comes_true([&] { return asked >= 2; }));
  over = true;
  watch_.wake();
  waiter.join();
}

TEST_F(FeedWatchTest, WhatTheReaderKnowsMayBeNewer) {
  last_ = 8;
  EXPECT_TRUE(wait(7)); // it knows 8 now
  last_ = 10;           // another process wrote two, and the reader has read one of them
  EXPECT_TRUE(wait(9));
}

TEST_F(FeedWatchTest, AFailureIsTheWaitersOwn) {
  broken_ = true;
  EXPECT_EQ(wait(7).failure().code, domain::Code::busy);
  broken_ = false;
  watch_.committed();
  EXPECT_TRUE(wait(6));
}

} // namespace
} // namespace parley::tests
