// A host that takes its time in one callback keeps nobody else waiting: the plugin holds no lock, no connection and no
// transaction while it calls. With one connection alone, so that one that is held would be missed.
#include "conversation_calls.hpp"

#include <condition_variable>
#include <gmock/gmock.h>
#include <mutex>
#include <thread>

namespace {

using contract::BareHost;
using contract::ConversationCalls;
using contract::Documents;
using contract::Errors;

// Keeps one thread in a callback until it is released.
class Hold {
public:
  explicit Hold(std::string callback) : callback_{std::move(callback)} {}

  // The calling thread is the one that is kept.
  void choose_me() {
    const std::lock_guard<std::mutex> lock{mutex_};
    chosen_ = std::this_thread::get_id();
  }
  // The chosen thread has done its call.
  void finished() {
    const std::lock_guard<std::mutex> lock{mutex_};
    finished_ = true;
    changed_.notify_all();
  }
  void called(const char *callback) {
    std::unique_lock<std::mutex> lock{mutex_};
    if (std::this_thread::get_id() != chosen_ || callback != callback_ || held_) {
      return;
    }
    held_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return released_; });
  }
  // True where the thread stands in the callback now, false where it came through without it.
  bool stands() {
    std::unique_lock<std::mutex> lock{mutex_};
    changed_.wait(lock, [this] { return held_ || finished_; });
    return held_ && !finished_;
  }
  void release() {
    const std::lock_guard<std::mutex> lock{mutex_};
    released_ = true;
    changed_.notify_all();
  }

private:
  const std::string callback_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread::id chosen_;
  bool held_ = false;
  bool finished_ = false;
  bool released_ = false;
};

class SlowHost : public testing::TestWithParam<const char *> {};

TEST_P(SlowHost, KeepsNobodyElseWaiting) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  if (library.empty()) {
    GTEST_SKIP() << "PARLEY_PLUGIN is not built";
  }
  nlohmann::json configuration = nlohmann::json::parse(contract::configuration_of(library));
  configuration["poolSize"] = 1;
  BareHost host{library};
  Hold hold{GetParam()};
  host.on_callback = [&](const char *callback) { hold.called(callback); };
  contract::migrate(host.plugin(), configuration.dump());
  ASSERT_EQ(host.start(configuration.dump()), PARLEY_OK) << host.errors().text();
  const ConversationCalls calls{host};
  const std::string talk = calls.made();

  std::int32_t slow = -1;
  std::thread thread([&] {
    hold.choose_me();
    Documents answer;
    answer.on_callback = host.on_callback;
    slow = calls.say(talk, "Slow", answer);
    hold.finished();
  });
  const bool stands = hold.stands();
  EXPECT_TRUE(stands) << "sending does not call it";
  // Were anything held, one of these would wait for ever.
  EXPECT_EQ(calls.query(Documents{}), PARLEY_OK);
  EXPECT_EQ(calls.create(Documents{}), PARLEY_OK);
  EXPECT_EQ(calls.say(talk, "Quick", Documents{}), PARLEY_OK);
  hold.release();
  thread.join();
  EXPECT_EQ(slow, PARLEY_OK);
  EXPECT_EQ(host.stop(), PARLEY_OK);
}

INSTANTIATE_TEST_SUITE_P(Callbacks, SlowHost, testing::Values("scopes", "resolve", "now_us", "values", "document"),
                         [](const auto &test) { return std::string{test.param}; });

} // namespace
