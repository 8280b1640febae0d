// A host forks while its threads are in the middle of calls: the child is refused and ends, the parent goes on.
#include "conversation_calls.hpp"

#include <condition_variable>
#include <gmock/gmock.h>
#include <mutex>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/support/waiting.hpp"

namespace {

using contract::admin;
using contract::ConversationCalls;
using contract::Documents;
using contract::Errors;
using contract::Host;
using contract::view;
using parley::tests::comes_true;

// Lets threads wait inside of host callbacks; in a child nobody waits.
class Barrier {
public:
  void close() {
    const std::lock_guard<std::mutex> lock{mutex_};
    closed_ = true;
  }
  void pass() {
    if (getpid() != process_) {
      return;
    }
    std::unique_lock<std::mutex> lock{mutex_};
    if (closed_) {
      ++waiting_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return !closed_; });
      --waiting_;
    }
  }
  void wait_for(int threads) {
    std::unique_lock<std::mutex> lock{mutex_};
    changed_.wait(lock, [this, threads] { return waiting_ == threads; });
  }
  void open() {
    const std::lock_guard<std::mutex> lock{mutex_};
    closed_ = false;
    changed_.notify_all();
  }

private:
  const pid_t process_ = getpid();
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  int waiting_ = 0;
};

Barrier barrier;

std::int32_t PARLEY_ABI everything(const parley_host *, const parley_call *, const parley_scope_request *,
                                   std::size_t count, std::uint32_t, const parley_scope_sink *result,
                                   const parley_error_sink *) {
  barrier.pass();
  for (std::size_t i = 0; i < count; ++i) {
    parley_scope scope{};
    scope.size = sizeof scope;
    scope.level = PARLEY_LEVEL_GLOBAL;
    if (result->put(result, i, &scope) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}
std::int32_t PARLEY_ABI all_visible(const parley_host *, const parley_call *, const parley_ref *, std::size_t count,
                                    std::uint8_t *visible, const parley_error_sink *) {
  std::fill(visible, visible + count, std::uint8_t{1});
  return PARLEY_OK;
}
const parley_access access_table{sizeof(parley_access), 0, everything, all_visible};

// Runs `child` in a child, which hangs for half a minute at most, and answers how it ended.
template <class Work>
int in_child(const Work &child) {
  const pid_t pid = fork();
  if (pid == 0) {
    alarm(30);
    _exit(child());
  }
  int status = -1;
  EXPECT_EQ(waitpid(pid, &status, 0), pid);
  return status;
}

class Forking : public testing::Test {
protected:
  static constexpr int kThreads = 8;

  void SetUp() override {
    const std::string library = contract::environment("PARLEY_PLUGIN");
    if (library.empty()) {
      GTEST_SKIP() << "PARLEY_PLUGIN is not built";
    }
    configuration_ = contract::configuration_of(library);
    const Errors errors;
    plugin_ = host_.load(library, errors);
    ASSERT_NE(plugin_, nullptr) << errors.text();
    contract::migrate(parley_runtime_instance(plugin_), configuration_);
    ASSERT_EQ(Host::start(plugin_, configuration_, errors), PARLEY_OK) << errors.text();
  }

  Host host_{{{PARLEY_ACCESS_ID, &access_table}}, R"({"conversations.enabled":true})"};
  parley_runtime_plugin *plugin_ = nullptr;
  std::string configuration_;
};

TEST_F(Forking, AChildOfABusyProcessIsRefusedAndEnds) {
  barrier.close();
  std::vector<std::uint32_t> answers(kThreads, 0);
  std::vector<std::thread> threads;
  for (std::size_t at = 0; at < answers.size(); ++at) {
    threads.emplace_back([&, at] {
      answers[at] =
          host_.request(admin, "POST", "/conversations", contract::document("conversations", {{"name", "Hello"}}))
              .status;
    });
  }
  barrier.wait_for(kThreads);
  const int status = in_child([&] {
    const parley_plugin *instance = parley_runtime_instance(plugin_);
    const Errors errors;
    int wrong = host_.get(admin, "/conversations").status == 503U ? 0 : 1;
    const parley_str text = view(configuration_);
    wrong |= instance->start(instance, &text, errors) == PARLEY_FORKED ? 0 : 2;
    wrong |= instance->stop(instance, errors) == PARLEY_FORKED ? 0 : 4;
    wrong |= parley_runtime_stop(plugin_, errors) == PARLEY_FORKED ? 0 : 8;
    wrong |= errors.all().size() == 3U && errors.all().back().code == "forked" ? 0 : 16;
    wrong |= parley_runtime_unload(plugin_, nullptr) == PARLEY_WRONG_STATE ? 0 : 32;
    instance->destroy(instance);
    parley_runtime_destroy(host_.runtime());
    return wrong;
  });
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  barrier.open();
  for (std::thread &thread : threads) {
    thread.join();
  }
  EXPECT_THAT(answers, testing::Each(201U)) << "the parent's calls have not noticed";
  EXPECT_EQ(host_.get(admin, "/conversations").body["data"].size(), static_cast<std::size_t>(kThreads));
  EXPECT_EQ(parley_runtime_stop(plugin_, nullptr), PARLEY_OK);
}

TEST_F(Forking, ForksUnderLoadEndEveryTime) {
  std::atomic<bool> done{false};
  std::atomic<int> served{0};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      while (!done) {
        (host_.get(admin, "/conversations").status == 200U ? served : wrong)++;
      }
    });
  }
  for (int round = 0; round < 20; ++round) {
    const int before = served;
    EXPECT_TRUE(comes_true([&] { return served >= before + kThreads || wrong != 0; }));
    const int status = in_child([&] {
      const parley_plugin *instance = parley_runtime_instance(plugin_);
      parley_call call;
      c_host_call(host_.get(), "users", "1", &call);
      const Errors errors;
      const bool refused = parley_runtime_stop(plugin_, errors) == PARLEY_FORKED &&
                           instance->stop(instance, errors) == PARLEY_FORKED &&
                           parley_runtime_notify(host_.runtime(), &call, nullptr, 0, 0, errors) == PARLEY_FORKED;
      instance->destroy(instance);
      return refused ? 0 : 1;
    });
    ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
    ASSERT_EQ(WEXITSTATUS(status), 0);
  }
  done = true;
  for (std::thread &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(wrong, 0);
}

TEST_F(Forking, AChildMayHaveAnInstanceOfItsOwn) {
  ASSERT_EQ(host_.request(admin, "POST", "/conversations", contract::document("conversations", {{"name", "Parent's"}}))
                .status,
            201U);
  const int status = in_child([&] {
    contract::BareHost own{contract::environment("PARLEY_PLUGIN")};
    if (own.start(configuration_) != PARLEY_OK) {
      return 1;
    }
    const Documents seen;
    const Documents made;
    const ConversationCalls calls{own};
    return calls.query(seen) == PARLEY_OK && seen.all().size() == 1U && calls.create(made) == PARLEY_OK &&
                   own.stop() == PARLEY_OK
               ? 0
               : 2;
  });
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(host_.get(admin, "/conversations").body["data"].size(), 2U) << "through the file they see each other";
}

} // namespace
