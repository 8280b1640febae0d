// How work is carried out on a server: what is run again, what ends when, and what a caller is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "plugin/store/deadline.hpp"
#include "tests/adapters/support/plain_database.hpp"
#include "tests/support/servers/client.hpp"
#include "tests/support/servers/cutting_proxy.hpp"

namespace parley::tests {
namespace {

using namespace adapters;
using adapters::sql::Moment;
using adapters::sql::Repeat;
using domain::Code;
using domain::Done;
using domain::Nothing;
using domain::Result;
using std::chrono::milliseconds;
using std::chrono::seconds;
using store::Deadline;
using Clock = Deadline::Clock;

std::size_t threads_of_this_process() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

/// Rows with a key: what is stored once, however often it is sent.
class ServerDatabaseTest : public ::testing::TestWithParam<ServerKind> {
protected:
  ServerDatabaseTest() : data_(server().fresh_database()) {
    Client(data_.owner).run("create table p_t (a bigint primary key)");
  }
  ~ServerDatabaseTest() override { server().drop(data_); }

  static TestServer &server() { return TestServer::shared(GetParam()); }
  static bool postgresql() { return GetParam() == ServerKind::postgresql; }
  static StoreOptions options(bool threads = false) {
    StoreOptions options;
    options.table_prefix = "p_";
    options.connections = 2;
    options.threads = threads;
    return options;
  }
  [[nodiscard]] std::string through(int port) const {
    std::string connection = data_.owner;
    const std::string own = ":" + std::to_string(server().port()) + "/";
    const auto at = connection.rfind(own);
    return connection.replace(at, own.size(), ":" + std::to_string(port) + "/");
  }
  static std::function<Done(Session &)> insert(std::int64_t a) {
    return [a](Session &session) -> Done {
      session.execute("insert into {prefix}t (a) values (:a)", {{"a", a}});
      return Nothing{};
    };
  }
  /// As commands under a key do it: what is there was stored before.
  static std::function<Done(Session &)> insert_once(std::int64_t a) {
    return [a](Session &session) -> Done {
      auto rows = session.query("select a from {prefix}t where a = :a", "i", {{"a", a}});
      return rows.next() ? Done(Nothing{}) : insert(a)(session);
    };
  }
  static Result<std::int64_t> count(PlainDatabase &database) {
    return database.read<std::int64_t>([](Session &session) -> Result<std::int64_t> {
      auto rows = session.query("select count(*) from {prefix}t", "i");
      rows.next();
      return rows.integer();
    });
  }
  [[nodiscard]] std::string stored() const { return Client(data_.owner).run("select count(*) from p_t").at(0); }
  /// A statement that takes so many seconds: longer than anybody waits for it.
  static Done sleep(PlainDatabase &database, int time) {
    return database.read<Nothing>([time](Session &session) -> Done {
      session.query("select " + std::string(postgresql() ? "pg_sleep(" : "sleep(") + std::to_string(time) + ")", "t");
      return Nothing{};
    });
  }
  static std::string code_of(const Done &done) { return done ? "stored" : done.failure().faults.at(0).code; }

  FreshDatabase data_;
};

INSTANTIATE_TEST_SUITE_P(Servers, ServerDatabaseTest, ::testing::Values(ServerKind::postgresql, ServerKind::mariadb),
                         [](const auto &each) { return std::string(name_of(each.param)); });

TEST_P(ServerDatabaseTest, AFailureTakesBackWhatWasDone) {
  PlainDatabase database(data_.owner, options());
  const Done failed = database.write<Nothing>([](Session &session) -> Done {
    static_cast<void>(insert(1)(session));
    return domain::failure(Code::conflict, "no", "no");
  });
  EXPECT_EQ(code_of(failed), "no");
  EXPECT_TRUE(database.write<Nothing>(insert(1)));
  EXPECT_EQ(count(database).value(), 1);
}

TEST_P(ServerDatabaseTest, WhatLosesItsConnectionBeforeTheCommitIsRunAgain) {
  PlainDatabase database(data_.owner, options());
  int runs = 0;
  const Done done = database.write<Nothing>([&](Session &session) -> Done {
    static_cast<void>(insert(1)(session));
    if (++runs < 3) {
      auto id = session.query(postgresql() ? "select pg_backend_pid()" : "select connection_id()", "i");
      id.next();
      const std::string victim = std::to_string(id.integer());
      server().administer(postgresql() ? "select pg_terminate_backend(" + victim + ", 10000)" : "kill " + victim);
      session.execute("select 1");
      ADD_FAILURE() << "the connection was not lost";
    }
    return Nothing{};
  });
  EXPECT_EQ(code_of(done), "stored");
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(stored(), "1");
}

TEST_P(ServerDatabaseTest, WhatWasLostInTheCommitIsUnknownWithoutAKey) {
  CuttingProxy proxy(server().port());
  for (const auto when : {CuttingProxy::Cut::before_commit, CuttingProxy::Cut::after_commit}) {
    // A database of its own: PostgreSQL's client sends the word when it commits for the first time.
    PlainDatabase database(through(proxy.port()), options());
    const std::string before = stored();
    proxy.cut(when);
    int runs = 0;
    const Done done = database.write<Nothing>([&](Session &session) {
      ++runs;
      return insert(static_cast<std::int64_t>(when))(session);
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.failure().code, Code::unavailable);
    EXPECT_EQ(code_of(done), "outcome-unknown");
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(stored() != before, when == CuttingProxy::Cut::after_commit);
    // It is usable again at once.
    EXPECT_TRUE(count(database));
  }
  EXPECT_EQ(proxy.cuts(), 2);
}

TEST_P(ServerDatabaseTest, UnderAKeyItIsStoredOnce) {
  CuttingProxy proxy(server().port());
  for (const auto when : {CuttingProxy::Cut::before_commit, CuttingProxy::Cut::after_commit}) {
    PlainDatabase database(through(proxy.port()), options());
    proxy.cut(when);
    int runs = 0;
    const Done done = database.write<Nothing>(
        [&](Session &session) {
          ++runs;
          return insert_once(static_cast<std::int64_t>(when))(session);
        },
        Repeat::keyed);
    EXPECT_EQ(code_of(done), "stored");
    EXPECT_EQ(runs, 2);
  }
  EXPECT_EQ(proxy.cuts(), 2);
  EXPECT_EQ(stored(), "2");
}

TEST_P(ServerDatabaseTest, TwoAtOnceUnderOneKeyStoreOnce) {
  PlainDatabase database(data_.owner, options());
  int runs = 0;
  const auto late = [&](Session &session) -> Done {
    auto rows = session.query("select a from {prefix}t where a = 1", "i");
    if (rows.next()) {
      return Nothing{};
    }
    if (++runs == 1) {
      Client(data_.owner).run("insert into p_t values (1)"); // the other one
    }
    return insert(1)(session);
  };
  EXPECT_EQ(code_of(database.write<Nothing>(late, Repeat::keyed)), "stored");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(code_of(database.write<Nothing>(insert(1))), "not-unique");
  EXPECT_EQ(stored(), "1");
}

TEST_P(ServerDatabaseTest, ThoseWhoMeetAreRunAgain) {
  PlainDatabase database(data_.owner, options());
  ASSERT_TRUE(database.write<Nothing>(insert(1)));
  ASSERT_TRUE(database.write<Nothing>(insert(2)));
  Client(data_.owner).run("alter table p_t add column n bigint not null default 0");
  std::atomic<int> arrived{0};
  std::atomic<int> runs{0};
  // Each holds one row before it wants the other's: one of the two cannot go on.
  const auto cross = [&](std::int64_t first, std::int64_t second) {
    bool waited = false;
    return code_of(database.write<Nothing>([&](Session &session) -> Done {
      ++runs;
      session.execute("update {prefix}t set n = n + 1 where a = :a", {{"a", first}});
      ++arrived;
      while (!waited && arrived < 2) {
        std::this_thread::yield();
      }
      waited = true;
      session.execute("update {prefix}t set n = n + 1 where a = :a", {{"a", second}});
      return Nothing{};
    }));
  };
  std::string other;
  std::thread thread([&] { other = cross(2, 1); });
  EXPECT_EQ(cross(1, 2), "stored");
  thread.join();
  EXPECT_EQ(other, "stored");
  EXPECT_GE(runs, 3);
  EXPECT_EQ(Client(data_.owner).run("select sum(n) from p_t").at(0), "4");
}

TEST_P(ServerDatabaseTest, APoolThatIsBusySaysSo) {
  StoreOptions few = options();
  few.connections = 1;
  few.patience = milliseconds(50);
  PlainDatabase database(data_.owner, few);
  const Done done = database.write<Nothing>([&](Session &) -> Done {
    std::string inner;
    std::thread other([&] { inner = code_of(database.write<Nothing>(insert(1))); });
    other.join();
    EXPECT_EQ(inner, "database-busy");
    return Nothing{};
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(stored(), "0");
}

TEST_P(ServerDatabaseTest, NobodyWaitsLongerThanItsCaller) {
  StoreOptions one = options();
  one.connections = 1;
  one.patience = seconds(600);
  PlainDatabase database(data_.owner, one);
  const auto limited = [&](const std::function<Done()> &work) {
    const Deadline deadline(Clock::now() + milliseconds(200));
    return code_of(work());
  };
  // For the pool.
  EXPECT_TRUE(database.write<Nothing>([&](Session &) -> Done {
    std::thread([&] {
      EXPECT_EQ(limited([&] { return database.write<Nothing>(insert(1)); }), "database-busy");
    }).join();
    return Nothing{};
  }));
  // For a slow statement.
  EXPECT_EQ(limited([&] { return sleep(database, 600); }), "database-busy");
  // For a lock.
  Client holder(data_.owner);
  holder.run(postgresql() ? "begin" : "start transaction");
  holder.run("insert into p_t values (5)");
  EXPECT_EQ(limited([&] { return database.write<Nothing>(insert(5)); }), "database-busy");
  holder.run("rollback");
  // When it was over before it began, and when nobody waits any more.
  {
    const Deadline over(Clock::now());
    EXPECT_EQ(code_of(database.write<Nothing>(insert(1))), "database-busy");
  }
  {
    const Deadline cancelled(Clock::time_point::max(), [] { return true; });
    EXPECT_EQ(code_of(database.write<Nothing>(insert(1))), "database-busy");
  }
  EXPECT_EQ(stored(), "0");
  EXPECT_TRUE(database.write<Nothing>(insert(1)));
}

TEST_P(ServerDatabaseTest, AThreadIsThereOnlyWhereItIsAllowed) {
  const auto before = threads_of_this_process();
  {
    PlainDatabase without(data_.owner, options());
    EXPECT_TRUE(count(without));
    EXPECT_EQ(threads_of_this_process(), before);
    PlainDatabase with(data_.owner, options(true));
    EXPECT_TRUE(count(with));
    EXPECT_EQ(threads_of_this_process(), before + 1);
  }
  EXPECT_EQ(threads_of_this_process(), before);
}

} // namespace
} // namespace parley::tests
