// D9, O2: a host that is killed at any moment has stored what it acknowledged, and the next one goes on without help.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "tests/adapters/support/test_database.hpp"
#include "tests/fault/load_run.hpp"

namespace parley::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

int rounds() {
  const char *wanted = std::getenv("PARLEY_FAULT_ROUNDS");
  return wanted != nullptr ? std::atoi(wanted) : 20;
}

TEST(Kill, WhatWasAcknowledgedIsThere) {
  const std::uint64_t seed = first_seed();
  const std::string path = fresh_path();
  std::mt19937_64 random(seed);
  Ledger ledger;
  for (int round = 0; round < rounds(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round) + " after seed " + std::to_string(seed));
    LoadRun run(path, seed + static_cast<std::uint64_t>(round), UINT64_MAX);
    const int status = run.follow(ledger, 1 + random() % 300);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended before it was killed: " << status;
    ASSERT_THAT(faults_of(path, ledger), IsEmpty());
  }
  remove_files(path);
  std::cout << ledger.size() << " acknowledgements over " << rounds() << " lives\n";
}

// While it starts, too: as soon as there is a file, and a log, and something in the log, the schema is half made.
TEST(Kill, WhileItMakesTheSchema) {
  const std::string path = fresh_path();
  const std::string log = path + "-wal";
  std::error_code ignored;
  const std::vector<std::function<bool()>> moments{
      [&] { return fs::exists(path); },
      [&] { return fs::exists(log); },
      [&] { return fs::exists(log) && fs::file_size(log, ignored) > 0; },
  };
  Ledger ledger;
  for (std::size_t at = 0; at < moments.size(); ++at) {
    SCOPED_TRACE(at);
    LoadRun run(path, at, UINT64_MAX); // each with a seed of its own: a slow kill finds messages, and none may be twice
    run.kill_when(moments[at]);
    run.follow(ledger);
    ASSERT_THAT(faults_of(path, ledger), IsEmpty());
  }
  LoadRun run(path, moments.size(), 10);
  EXPECT_EQ(run.follow(ledger), 0);
  EXPECT_GE(run.acknowledged(), 10U);
  EXPECT_THAT(faults_of(path, ledger), IsEmpty());
  remove_files(path);
}

} // namespace
} // namespace parley::tests
