// Servers that stop, die and hang under load: callers hear "unavailable" meanwhile, and nobody has to mend anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "plugin/store/deadline.hpp"
#include "tests/adapters/support/plain_database.hpp"
#include "tests/support/servers/client.hpp"
#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

using namespace adapters;
using adapters::sql::Repeat;
using domain::Code;
using domain::Done;
using domain::Nothing;
using std::chrono::milliseconds;
using std::chrono::seconds;
using store::Deadline;
using Clock = Deadline::Clock;

constexpr int kThreads = 4;

class ServerFaults : public ::testing::TestWithParam<ServerKind> {
protected:
  ServerFaults() : server_(GetParam()), data_(server_.fresh_database()) {
    Client(data_.owner).run("create table p_t (a bigint primary key)");
  }
  static StoreOptions options() {
    StoreOptions options;
    options.table_prefix = "p_";
    options.connections = kThreads;
    options.patience = seconds(2);
    options.statement_limit = seconds(2);
    options.threads = true;
    return options;
  }
  static Done insert_once(PlainDatabase &database, std::int64_t a) {
    return database.write<Nothing>(
        [a](Session &session) -> Done {
          auto rows = session.query("select a from {prefix}t where a = :a", "i", {{"a", a}});
          if (!rows.next()) {
            session.execute("insert into {prefix}t (a) values (:a)", {{"a", a}});
          }
          return Nothing{};
        },
        Repeat::keyed);
  }

  TestServer server_;
  FreshDatabase data_;
};

INSTANTIATE_TEST_SUITE_P(Servers, ServerFaults, ::testing::Values(ServerKind::postgresql, ServerKind::mariadb),
                         [](const auto &each) { return std::string(name_of(each.param)); });

/// Threads that store numbers, each again and again until it is acknowledged, as clients with keys do.
class Load {
public:
  using Send = std::function<Done(std::int64_t)>;

  explicit Load(Send send) : send_(std::move(send)) {
    for (int thread = 0; thread < kThreads; ++thread) {
      threads_.emplace_back([this, thread] { run(thread); });
    }
  }
  ~Load() { end(); }
  Load(const Load &) = delete;
  Load &operator=(const Load &) = delete;

  void end() {
    over_ = true;
    for (std::thread &each : threads_) {
      each.join();
    }
    threads_.clear();
  }
  /// Waits until each thread was acknowledged `more` times from now on.
  void go_on(int more) {
    const std::vector<int> before(acknowledged_.begin(), acknowledged_.end());
    for (std::size_t thread = 0; thread < before.size(); ++thread) {
      EXPECT_TRUE(comes_true([&] { return acknowledged_[thread] >= before[thread] + more; }));
    }
  }
  /// Waits until callers have heard so many failures from now on.
  void fail(int more) {
    const int before = failures_;
    EXPECT_TRUE(comes_true([&] { return failures_ >= before + more; }));
  }
  [[nodiscard]] int acknowledged() const {
    int sum = 0;
    for (const auto &each : acknowledged_) {
      sum += each;
    }
    return sum;
  }
  [[nodiscard]] std::set<std::string> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  [[nodiscard]] milliseconds longest() const { return longest_; }

private:
  void run(int thread) {
    while (!over_) {
      const std::int64_t number = acknowledged_[static_cast<std::size_t>(thread)] * std::int64_t{kThreads} + thread;
      const auto begin = Clock::now();
      const Done done = send_(number);
      const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
      {
        const std::lock_guard lock(mutex_);
        longest_ = std::max(longest_, took);
        if (!done) {
          heard_.insert(done.failure().faults.at(0).code);
        }
      }
      ++(done ? acknowledged_[static_cast<std::size_t>(thread)] : failures_);
    }
  }

  Send send_;
  std::array<std::atomic<int>, kThreads> acknowledged_{};
  std::atomic<int> failures_{0};
  std::atomic<bool> over_{false};
  mutable std::mutex mutex_;
  std::set<std::string> heard_;
  milliseconds longest_{0};
  std::vector<std::thread> threads_;
};

using ::testing::HasSubstr;
using ::testing::IsSubsetOf;
using ::testing::Not;

TEST_P(ServerFaults, AServerIsStoppedAndStartedUnderLoad) {
  PlainDatabase database(data_.owner, options());
  Load load([&](std::int64_t number) { return insert_once(database, number); });
  load.go_on(5);
  server_.stop();
  load.fail(2 * kThreads);
  server_.start();
  load.go_on(5);
  load.end();
  EXPECT_THAT(load.heard(), IsSubsetOf({"database-unavailable", "database-busy"}));
  EXPECT_EQ(Client(data_.owner).run("select count(*) from p_t").at(0), std::to_string(load.acknowledged()));
}

TEST_P(ServerFaults, AServerIsKilledAndStartedUnderLoad) {
  PlainDatabase database(data_.owner, options());
  Load load([&](std::int64_t number) { return insert_once(database, number); });
  for (int round = 0; round < 3; ++round) {
    load.go_on(5);
    server_.kill();
    load.fail(kThreads);
    server_.start();
  }
  load.go_on(5);
  load.end();
  EXPECT_THAT(load.heard(), IsSubsetOf({"database-unavailable", "database-busy"}));
  EXPECT_EQ(Client(data_.owner).run("select count(*) from p_t").at(0), std::to_string(load.acknowledged()));
}

TEST_P(ServerFaults, AServerHangsUnderLoad) {
  PlainDatabase database(data_.owner, options());
  Load load([&](std::int64_t number) {
    const Deadline deadline(Clock::now() + seconds(1));
    return insert_once(database, number);
  });
  load.go_on(5);
  server_.suspend();
  load.fail(2 * kThreads);
  server_.resume();
  load.go_on(5);
  load.end();
  EXPECT_THAT(load.heard(), IsSubsetOf({"database-unavailable", "database-busy"}));
  EXPECT_EQ(Client(data_.owner).run("select count(*) from p_t").at(0), std::to_string(load.acknowledged()));
}

// O8: whoever runs the host hears when it begins, and when it is over.
TEST_P(ServerFaults, AnOutageIsToldOnceAndSoIsItsEnd) {
  StoreOptions with = options();
  std::mutex mutex;
  std::vector<store::Notice> heard;
  with.tell = [&](const store::Notice &notice) {
    const std::lock_guard lock(mutex);
    heard.push_back(notice);
  };
  for (const bool killed : {false, true}) {
    heard.clear();
    PlainDatabase database(data_.owner, with);
    Load load([&](std::int64_t number) { return insert_once(database, number); });
    load.go_on(5);
    killed ? server_.kill() : server_.stop();
    load.fail(5 * kThreads);
    server_.start();
    load.go_on(5);
    load.end();
    Client(data_.owner).run("delete from p_t");
    ASSERT_EQ(heard.size(), 2U) << ::testing::PrintToString(heard.size());
    EXPECT_EQ(heard[0].event, "database.unreachable");
    EXPECT_EQ(heard[0].level, store::Notice::Level::warning);
    const ServerTarget target = target_of(data_.owner);
    for (const std::string &part : {std::string(GetParam() == ServerKind::mariadb ? "MariaDB" : "PostgreSQL"),
                                    data_.name, hosts_of(target), std::string(" cannot be reached: ")}) {
      EXPECT_THAT(heard[0].message, HasSubstr(part));
    }
    EXPECT_THAT(heard[0].message, Not(HasSubstr(target.password)));
    EXPECT_THAT(heard[0].message, Not(HasSubstr("\n")));
    EXPECT_EQ(heard[1].event, "database.back");
    EXPECT_EQ(heard[1].level, store::Notice::Level::info);
    EXPECT_THAT(heard[1].message, HasSubstr("is back after "));
  }
}

// The server never answers: what ends the wait is the watchdog, and where there is no thread, MariaDB's client.
TEST_P(ServerFaults, AHungServerIsAbandoned) {
  for (const bool threads : {true, false}) {
    if (!threads && GetParam() == ServerKind::postgresql) {
      continue; // its client waits until the system says that the other side is gone
    }
    StoreOptions with = options();
    with.threads = threads;
    PlainDatabase database(data_.owner, with);
    ASSERT_TRUE(insert_once(database, threads ? 1 : 2));
    server_.suspend();
    const Done done = insert_once(database, threads ? 3 : 4);
    server_.resume();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.failure().code, Code::unavailable);
    EXPECT_TRUE(insert_once(database, threads ? 5 : 6));
    Client(data_.owner).run("delete from p_t where a in (3, 4)");
  }
}

TEST_P(ServerFaults, WhileNobodyCanConnectOnlyOneTries) {
  PlainDatabase database(data_.owner, options());
  ASSERT_TRUE(insert_once(database, 1));
  server_.suspend();
  EXPECT_FALSE(insert_once(database, 2)); // cut off; from here on connecting fails
  EXPECT_FALSE(insert_once(database, 3));
  std::atomic<int> at_once{0};
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kThreads; ++caller) {
    callers.emplace_back([&, caller] {
      const auto begin = Clock::now();
      EXPECT_FALSE(insert_once(database, 10 + caller));
      at_once += Clock::now() - begin < seconds(1) ? 1 : 0;
    });
  }
  for (std::thread &each : callers) {
    each.join();
  }
  server_.resume();
  EXPECT_GE(at_once, 1);
  EXPECT_TRUE(insert_once(database, 4));
}

} // namespace
} // namespace parley::tests
