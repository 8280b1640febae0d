#include <parley/cpp/guard.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/support/waiting.hpp"

namespace {

using parley::cpp::ErrorList;
using parley::cpp::Guard;
using parley::tests::comes_true;

parley_call call_with(std::int64_t time_left_us = PARLEY_NO_DEADLINE) {
  parley_call call{};
  call.size = static_cast<std::uint32_t>(sizeof call);
  call.application = PARLEY_APPLICATION_BACKOFFICE;
  call.time_left_us = time_left_us;
  return call;
}

std::int32_t fine() {
  return PARLEY_OK;
}

class OpenGuard : public testing::Test {
protected:
  void SetUp() override { ASSERT_EQ(guard_.open(), PARLEY_OK); }

  Guard guard_;
  ErrorList errors_;
  parley_call call_ = call_with();
};

TEST(Guard, RefusesBeforeStart) {
  Guard guard;
  ErrorList errors;
  const parley_call call = call_with();
  EXPECT_EQ(guard.run(&call, errors.sink(), fine), PARLEY_STOPPED);
  ASSERT_EQ(errors.faults().size(), 1U);
  EXPECT_EQ(errors.faults()[0].code, "stopped");
}

TEST_F(OpenGuard, AnswersWhatTheWorkAnswers) {
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), fine), PARLEY_OK);
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), [] { return PARLEY_CONFLICT; }), PARLEY_CONFLICT);
  EXPECT_TRUE(errors_.faults().empty());
}

TEST_F(OpenGuard, OpensOnce) {
  EXPECT_EQ(guard_.open(), PARLEY_WRONG_STATE);
}

TEST_F(OpenGuard, RefusesAfterStopAndWorksAfterTheNextStart) {
  EXPECT_EQ(guard_.close(nullptr), PARLEY_OK);
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), fine), PARLEY_STOPPED);
  EXPECT_EQ(guard_.close(nullptr), PARLEY_OK);
  EXPECT_EQ(guard_.open(), PARLEY_OK);
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), fine), PARLEY_OK);
}

TEST_F(OpenGuard, KeepsExceptionsInAndTellsNothingOfThem) {
  struct Told {
    int times = 0;
    std::string type;
    std::string what;
    const parley_call *call = nullptr;
  } told;
  guard_.on_defect(
      [](void *context, const Guard::Defect &defect) {
        auto &seen = *static_cast<Told *>(context);
        ++seen.times;
        seen.type = defect.type;
        seen.what = defect.what;
        seen.call = defect.call;
      },
      &told);
  const auto throws = [](auto exception) { return [exception]() -> std::int32_t { throw exception; }; };

  EXPECT_EQ(guard_.run(&call_, errors_.sink(), throws(std::runtime_error("the password is 1234"))), PARLEY_INTERNAL);
  EXPECT_EQ(told.times, 1);
  EXPECT_EQ(told.what, "the password is 1234");
  EXPECT_EQ(told.call, &call_);
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), throws(std::bad_alloc())), PARLEY_INTERNAL);
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), throws(42)), PARLEY_INTERNAL);
  EXPECT_EQ(told.times, 3);
  EXPECT_EQ(told.type, "");

  ASSERT_EQ(errors_.faults().size(), 3U);
  for (const auto &fault : errors_.faults()) {
    EXPECT_EQ(fault.code, "internal");
    EXPECT_EQ(fault.status, PARLEY_INTERNAL);
    EXPECT_EQ(fault.detail.find("1234"), std::string::npos);
  }
  EXPECT_EQ(guard_.close(nullptr), PARLEY_OK);
}

TEST_F(OpenGuard, KeepsExceptionsOfItsListenerIn) {
  guard_.on_defect([](void *, const Guard::Defect &) { throw std::runtime_error("no log"); }, nullptr);
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), []() -> std::int32_t { throw 1; }), PARLEY_INTERNAL);
}

TEST_F(OpenGuard, KeepsExceptionsOutsideOfRequestsInToo) {
  EXPECT_EQ(guard_.contain(nullptr, errors_.sink(), []() -> std::int32_t { throw 1; }), PARLEY_INTERNAL);
}

TEST_F(OpenGuard, TurnsAwayWhatHasNoTimeLeft) {
  bool worked = false;
  const parley_call late = call_with(0);
  EXPECT_EQ(guard_.run(&late, errors_.sink(),
                       [&] {
                         worked = true;
                         return PARLEY_OK;
                       }),
            PARLEY_TIMED_OUT);
  EXPECT_FALSE(worked);
}

TEST_F(OpenGuard, TurnsAwayWhatWasCancelled) {
  call_.cancelled = [](const parley_call *) -> std::uint32_t { return 1; };
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), fine), PARLEY_CANCELLED);
}

TEST_F(OpenGuard, NeedsACall) {
  EXPECT_EQ(guard_.run(nullptr, errors_.sink(), fine), PARLEY_INVALID);
}

TEST_F(OpenGuard, StopWaitsForCallsThatRun) {
  std::promise<void> entered;
  std::promise<void> leave;
  std::atomic<bool> left{false};
  std::thread worker([&] {
    guard_.run(&call_, nullptr, [&] {
      entered.set_value();
      leave.get_future().wait();
      left = true;
      return PARLEY_OK;
    });
  });
  entered.get_future().wait();
  auto stopped = std::async(std::launch::async, [&] {
    const std::int32_t status = guard_.close(nullptr);
    EXPECT_TRUE(left);
    return status;
  });
  // Until it is being closed.
  EXPECT_TRUE(comes_true([&] { return !guard_.is_open(); }));
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), fine), PARLEY_STOPPED);
  EXPECT_EQ(stopped.wait_for(std::chrono::seconds(0)), std::future_status::timeout) << "the call is still in there";
  leave.set_value();
  EXPECT_EQ(stopped.get(), PARLEY_OK);
  worker.join();
}

TEST_F(OpenGuard, StopFromWithinACallIsRefused) {
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), [&] { return guard_.close(errors_.sink()); }), PARLEY_WRONG_STATE);
  EXPECT_TRUE(guard_.is_open());
  EXPECT_EQ(guard_.close(nullptr), PARLEY_OK);
}

TEST_F(OpenGuard, StopOfAnotherInstanceFromWithinACallIsFine) {
  Guard other;
  ASSERT_EQ(other.open(), PARLEY_OK);
  EXPECT_EQ(guard_.run(&call_, errors_.sink(),
                       [&] { return other.run(&call_, nullptr, [&] { return guard_.close(nullptr); }); }),
            PARLEY_WRONG_STATE);
  EXPECT_EQ(guard_.run(&call_, errors_.sink(), [&] { return other.close(nullptr); }), PARLEY_OK);
}

TEST_F(OpenGuard, AForkedChildIsRefused) {
  const pid_t child = fork();
  ASSERT_NE(child, -1);
  if (child == 0) {
    const bool refused =
        guard_.forked() && guard_.run(&call_, nullptr, fine) == PARLEY_FORKED && guard_.close(nullptr) == PARLEY_FORKED;
    _exit(refused ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(guard_.run(&call_, nullptr, fine), PARLEY_OK);
}

TEST_F(OpenGuard, NobodyIsTakenForAChildWhileItStopsAndStarts) {
  std::atomic<bool> done{false};
  std::atomic<std::uint64_t> looks{0};
  std::atomic<int> forked{0};
  std::thread watcher([&] {
    for (; !done; ++looks) {
      forked += guard_.forked() ? 1 : 0;
    }
  });
  while (looks < 20'000'000 && forked == 0) { // many of them fall into the middle of one of these
    EXPECT_EQ(guard_.close(nullptr), PARLEY_OK);
    EXPECT_EQ(guard_.open(), PARLEY_OK);
  }
  done = true;
  watcher.join();
  EXPECT_EQ(forked, 0);
}

TEST_F(OpenGuard, ManyThreadsComeAndGoWhileItStops) {
  std::atomic<int> inside{0};
  std::atomic<bool> closed{false};
  std::vector<std::thread> threads;
  for (int index = 0; index < 4; ++index) {
    threads.emplace_back([&] {
      for (int round = 0; round < 2000; ++round) {
        guard_.run(&call_, nullptr, [&] {
          EXPECT_FALSE(closed);
          ++inside;
          --inside;
          return PARLEY_OK;
        });
      }
    });
  }
  std::this_thread::yield();
  EXPECT_EQ(guard_.close(nullptr), PARLEY_OK);
  closed = true;
  EXPECT_EQ(inside, 0);
  for (std::thread &thread : threads) {
    thread.join();
  }
}

} // namespace
