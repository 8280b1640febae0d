// D9, O2: what was acknowledged survives the power, at whatever moment it fails, and the database is whole.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>
#include <random>

#include "tests/adapters/support/test_database.hpp"
#include "tests/fault/load_run.hpp"
#include "tests/fault/storage.hpp"

namespace parley::tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Several cuts of one database follow each other, so that each of them also finds what the last one left.
constexpr int kCutsOfOne = 8;
constexpr std::uint64_t kAcknowledgements = 200;

int seeds() {
  const char *wanted = std::getenv("PARLEY_FAULT_ROUNDS");
  return wanted != nullptr ? std::atoi(wanted) : 24;
}

bool was_cut(int status) {
  return WIFEXITED(status) && WEXITSTATUS(status) == storage::kCut;
}

TEST(PowerCut, WhatWasAcknowledgedIsThere) {
  const std::uint64_t first = first_seed();
  std::string path;
  Ledger ledger;
  std::size_t acknowledged = 0;
  for (int round = 0; round < seeds(); ++round) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(round);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round) +
                 " (a database is made anew after " + std::to_string(kCutsOfOne) + ")");
    if (round % kCutsOfOne == 0) {
      path = fresh_path();
      acknowledged += ledger.size();
      ledger = {};
    }
    std::mt19937_64 random(seed);
    // Every fourth time while it closes: then everything moves from the log to the file, and the log is deleted.
    const bool at_end = round % 4 == 3;
    const std::uint64_t operation = 1 + random() % (at_end ? 100 : 6000);
    LoadRun run(path, seed, kAcknowledgements, {"cut", at_end ? "at-end" : "in-load", std::to_string(operation)});
    ASSERT_TRUE(was_cut(run.follow(ledger)));
    ASSERT_THAT(faults_of(path, ledger), IsEmpty());
    if (round % kCutsOfOne == kCutsOfOne - 1) {
      remove_files(path);
    }
  }
  std::cout << acknowledged + ledger.size() << " acknowledgements over " << seeds() << " cuts\n";
}

// The first hundred and fifty operations make the schema.
TEST(PowerCut, WhileTheSchemaIsMade) {
  const std::uint64_t seed = first_seed();
  for (std::uint64_t at = 0; at < 12; ++at) {
    SCOPED_TRACE("seed " + std::to_string(seed + at));
    const std::string path = fresh_path();
    Ledger ledger;
    LoadRun run(path, seed + at, kAcknowledgements, {"cut", "in-load", std::to_string(1 + at * 12)});
    ASSERT_TRUE(was_cut(run.follow(ledger)));
    ASSERT_FALSE(run.was_ready());
    ASSERT_THAT(faults_of(path, ledger), IsEmpty());
    LoadRun next(path, seed + at, 5);
    ASSERT_EQ(next.follow(ledger), 0);
    ASSERT_THAT(faults_of(path, ledger), IsEmpty());
    remove_files(path);
  }
}

// The same test on a disk that promises and does not keep: it must see what is lost, or it sees nothing.
TEST(PowerCut, IsNoticedWithoutSynchronization) {
  const std::uint64_t seed = first_seed();
  const std::string path = fresh_path();
  Ledger ledger;
  {
    LoadRun good(path, seed, 50);
    ASSERT_EQ(good.follow(ledger), 0);
    ASSERT_THAT(faults_of(path, ledger), IsEmpty());
  }
  LoadRun bad(path, seed + 1, kAcknowledgements, {"ignore-sync", "in-load", "2000"});
  ASSERT_TRUE(was_cut(bad.follow(ledger)));
  ASSERT_GT(bad.acknowledged(), 0U);
  EXPECT_THAT(faults_of(path, ledger), Contains(HasSubstr(" is lost")));
  remove_files(path);
}

} // namespace
} // namespace parley::tests
