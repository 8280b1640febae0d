#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "adapters/connection/pool.hpp"
#include "adapters/connection/sqlite.hpp"
#include "tests/adapters/support/test_database.hpp"
#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

using namespace adapters;
using std::chrono::milliseconds;

class PoolTest : public ::testing::Test {
protected:
  PoolTest() : path_(fresh_path()) {}
  Pool::Factory factory() {
    return [this] {
      ++connects_;
      return open_sqlite(path_, {"p_", milliseconds(200)});
    };
  }

  std::string path_;
  std::atomic<int> connects_{0};
};

TEST_F(PoolTest, ConnectsWhenNeededAndKeepsTheConnection) {
  Pool pool(factory(), 4, milliseconds(50));
  EXPECT_EQ(connects_, 0);
  for (int at = 0; at < 3; ++at) {
    pool.lease()->execute("select 1");
  }
  EXPECT_EQ(connects_, 1);
  const auto first = pool.lease();
  const auto second = pool.lease();
  EXPECT_EQ(connects_, 2);
}

TEST_F(PoolTest, BusyWhenNoneBecomesFree) {
  Pool pool(factory(), 1, milliseconds(30));
  auto lease = std::make_unique<Lease>(pool.lease());
  try {
    pool.lease();
    FAIL();
  } catch (const DatabaseError &error) {
    EXPECT_EQ(error.kind(), ErrorKind::busy);
  }
  lease.reset();
  EXPECT_NO_THROW(pool.lease());
}

TEST_F(PoolTest, WaitsForOneToBecomeFree) {
  Pool pool(factory(), 1, milliseconds(5000));
  auto lease = std::make_unique<Lease>(pool.lease());
  std::thread other([&] { pool.lease()->execute("select 1"); });
  EXPECT_TRUE(comes_true([&] { return pool.waiting() != 0; }));
  lease.reset();
  other.join();
  EXPECT_EQ(connects_, 1);
}

TEST_F(PoolTest, AnOpenTransactionIsRolledBackOnGivingBack) {
  Pool pool(factory(), 1, milliseconds(50));
  {
    auto lease = pool.lease();
    lease->execute("create table t (a integer)");
    lease->begin("begin immediate");
    lease->execute("insert into t values (1)");
  }
  auto lease = pool.lease();
  EXPECT_FALSE(lease->in_transaction());
  auto rows = lease->query("select count(*) from t", "i");
  rows.next();
  EXPECT_EQ(rows.integer(), 0);
}

TEST_F(PoolTest, ABrokenConnectionIsMadeAnew) {
  Pool pool(factory(), 1, milliseconds(50));
  {
    auto lease = pool.lease();
    // The database never heard of this transaction: it refuses to roll it back.
    lease->begin("select 1");
  }
  auto lease = pool.lease();
  EXPECT_FALSE(lease->broken());
  EXPECT_EQ(lease->prepared(), 0U);
  lease->execute("select 1");
}

TEST_F(PoolTest, AFailureToConnectTakesNoPlace) {
  int tries = 0;
  Pool pool(
      [&]() -> std::unique_ptr<Session> {
        if (++tries < 3) {
          throw DatabaseError(ErrorKind::unavailable, "not now");
        }
        return open_sqlite(path_, {"p_", milliseconds(200)});
      },
      1, milliseconds(50));
  EXPECT_THROW(pool.lease(), DatabaseError);
  EXPECT_THROW(pool.lease(), DatabaseError);
  EXPECT_NO_THROW(pool.lease()->execute("select 1"));
}

TEST_F(PoolTest, ManyThreadsShareFewConnections) {
  Pool pool(factory(), 2, milliseconds(10'000));
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int at = 0; at < 50; ++at) {
        pool.lease()->execute("select 1");
        ++done;
      }
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(done, 400);
  EXPECT_LE(connects_, 2);
}

} // namespace
} // namespace parley::tests
