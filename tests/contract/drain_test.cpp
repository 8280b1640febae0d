// stop while many threads call: it waits for those that are in, refuses the others, and nothing happens after it.
#include "conversation_calls.hpp"

#include <atomic>
#include <gmock/gmock.h>
#include <thread>

#include "tests/support/waiting.hpp"

namespace {

using contract::BareHost;
using contract::ConversationCalls;
using contract::Documents;
using contract::Errors;
using parley::tests::comes_true;
using testing::HasSubstr;

constexpr std::size_t kThreads = 32;
constexpr int kRounds = 20;

// What the main thread has done last. Calls that begin and end in one phase were made in it.
class Phase {
public:
  void stopped() { ++phase_; }
  void starting() { ++phase_; }
  std::uint64_t now() const { return phase_; }
  static bool is_stopped(std::uint64_t phase) { return phase % 2 == 0; }

private:
  std::atomic<std::uint64_t> phase_{0};
};

// What a thread has seen so far.
struct Seen {
  std::atomic<std::uint64_t> served{0};
  std::atomic<std::uint64_t> refused{0};       // at any time
  std::atomic<std::uint64_t> refused_after{0}; // begun after stop had returned
};

TEST(Drain, StopWaitsForThirtyTwoThreads) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  if (library.empty()) {
    GTEST_SKIP() << "PARLEY_PLUGIN is not built";
  }
  const std::string configuration = contract::configuration_of(library);
  BareHost host{library};
  Phase phase;
  std::atomic<int> after_stop{0};
  host.on_callback = [&](const char *) { after_stop += Phase::is_stopped(phase.now()) ? 1 : 0; };
  contract::migrate(host.plugin(), configuration);
  phase.starting();
  ASSERT_EQ(host.start(configuration), PARLEY_OK) << host.errors().text();
  const ConversationCalls calls{host};
  const std::string talk = calls.made();

  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::atomic<int> served_after_stop{0};
  std::atomic<std::uint64_t> conversations{1};
  std::atomic<std::uint64_t> messages{0};
  std::vector<Seen> seen(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t at = 0; at < kThreads; ++at) {
    threads.emplace_back([&, at] {
      for (std::size_t turn = at; !done; ++turn) {
        const std::uint64_t before = phase.now();
        const Documents answer;
        const Errors errors;
        const std::int32_t status = turn % 4 == 0   ? calls.create(answer, errors)
                                    : turn % 4 == 1 ? calls.say(talk, "Hello", answer, errors)
                                                    : calls.query(answer, errors);
        if (status == PARLEY_OK) {
          conversations += turn % 4 == 0 ? 1 : 0;
          messages += turn % 4 == 1 ? 1 : 0;
          wrong += answer.all().empty() ? 1 : 0;
          served_after_stop += Phase::is_stopped(before) && phase.now() == before ? 1 : 0;
          ++seen[at].served;
        } else {
          if (status != PARLEY_STOPPED) {
            ++wrong;
            ADD_FAILURE() << "neither served nor refused as stopped, but " << status << ": " << errors.text();
          }
          seen[at].refused_after += Phase::is_stopped(before) ? 1 : 0;
          ++seen[at].refused;
          std::this_thread::yield();
        }
      }
    });
  }
  const auto everyone = [&](std::atomic<std::uint64_t> Seen::*what) {
    std::vector<std::uint64_t> before;
    for (const Seen &each : seen) {
      before.push_back((each.*what).load());
    }
    for (std::size_t at = 0; at < kThreads; ++at) {
      EXPECT_TRUE(comes_true([&] { return seen[at].*what != before[at] || wrong != 0; }));
    }
  };
  for (int round = 0; round < kRounds; ++round) {
    everyone(&Seen::served);
    const Errors errors;
    EXPECT_EQ(host.plugin()->stop(host.plugin(), errors), PARLEY_OK) << errors.text();
    phase.stopped();
    everyone(&Seen::refused_after);
    phase.starting();
    EXPECT_EQ(host.start(configuration), PARLEY_OK) << host.errors().text();
  }
  everyone(&Seen::served);
  done = true;
  for (std::thread &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(wrong, 0) << "empty answers, or neither served nor refused as stopped";
  EXPECT_EQ(served_after_stop, 0);
  EXPECT_EQ(after_stop, 0) << "host callbacks after stop had returned";

  // What was refused left nothing; what was answered is there.
  std::uint64_t stored = 0;
  ASSERT_EQ(calls.count(stored), PARLEY_OK);
  EXPECT_EQ(stored, conversations);
  const Documents last;
  ASSERT_EQ(calls.say(talk, "The last one", last), PARLEY_OK);
  EXPECT_EQ(last.all().front()["attributes"]["index"], messages + 1);
  ASSERT_EQ(host.stop(), PARLEY_OK);
  phase.stopped();
}

TEST(Drain, StopFromWithinACallIsRefusedWithAReason) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  if (library.empty()) {
    GTEST_SKIP() << "PARLEY_PLUGIN is not built";
  }
  const std::string configuration = contract::configuration_of(library);
  BareHost host{library};
  std::map<std::string, std::int32_t> answered;
  const Errors errors;
  bool armed = false;
  host.on_callback = [&](const char *function) {
    if (armed && answered.count(function) == 0) {
      answered[function] = host.plugin()->stop(host.plugin(), errors);
    }
  };
  contract::migrate(host.plugin(), configuration);
  ASSERT_EQ(host.start(configuration), PARLEY_OK) << host.errors().text();
  const ConversationCalls calls{host};
  armed = true;
  Documents created;
  created.on_callback = host.on_callback;
  EXPECT_EQ(calls.create(created), PARLEY_OK) << "and the call goes on";
  for (const char *function : {"scopes", "resolve", "now_us", "values", "document"}) {
    ASSERT_EQ(answered.count(function), 1U) << function;
  }
  for (const auto &[function, status] : answered) {
    EXPECT_EQ(status, PARLEY_WRONG_STATE) << function;
  }
  EXPECT_THAT(errors.text(), HasSubstr("within-call: A plugin cannot be stopped from within a call."));
  EXPECT_EQ(calls.query(Documents{}), PARLEY_OK);
  armed = false;
  EXPECT_EQ(host.stop(), PARLEY_OK);
}

} // namespace
