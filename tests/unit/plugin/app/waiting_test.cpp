#include "plugin/app/waiting.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace {

using parley::app::Request;
using parley::app::Waiting;
using parley::store::Deadline;
using std::chrono::hours;
using Clock = Deadline::Clock;

TEST(Waiting, NobodySaysUntilWhen) {
  EXPECT_EQ(Deadline::until(), Clock::time_point::max());
  EXPECT_FALSE(Deadline::over());
}

TEST(Waiting, TheRequestSaysUntilWhen) {
  Request request;
  request.until = Clock::now() + hours(1);
  {
    const Waiting waiting(request);
    EXPECT_EQ(Deadline::until(), request.until);
    EXPECT_EQ(Deadline::within(hours(2)), request.until);
    EXPECT_LT(Deadline::within(std::chrono::milliseconds(1)), request.until);
    EXPECT_FALSE(Deadline::over());
    std::thread([] { EXPECT_EQ(Deadline::until(), Clock::time_point::max()); }).join();
  }
  EXPECT_EQ(Deadline::until(), Clock::time_point::max());
}

TEST(Waiting, AnInnerOneIsNeverLater) {
  const auto soon = Clock::now() + hours(1);
  const Deadline outer(soon);
  {
    const Deadline inner(soon + hours(1));
    EXPECT_EQ(Deadline::until(), soon);
  }
  {
    const Deadline inner(Clock::now());
    EXPECT_TRUE(Deadline::over());
  }
  EXPECT_FALSE(Deadline::over());
}

TEST(Waiting, WhoCancelsWaitsNoMore) {
  Request request;
  bool cancelled = false;
  request.cancelled = [&] { return cancelled; };
  const Waiting waiting(request);
  const Deadline inner(Clock::time_point::max());
  EXPECT_FALSE(Deadline::over());
  cancelled = true;
  EXPECT_TRUE(Deadline::over());
}

} // namespace
