// D9, O2: a database server that is killed under load takes nothing with it that was acknowledged, and the plugin goes on by
// itself when the server is back; a host that is killed leaves the server's database whole.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/fault/load_run.hpp"
#include "tests/support/servers/chosen_database.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {
namespace {

using ::testing::IsEmpty;

int rounds() {
  const char *wanted = std::getenv("PARLEY_FAULT_ROUNDS");
  return wanted != nullptr ? std::atoi(wanted) : 5;
}

TEST(ServerKill, WhatWasAcknowledgedIsThereOnce) {
  const std::uint64_t seed = first_seed();
  TestServer server(*chosen_server());
  const auto database = server.fresh_database();
  std::mt19937_64 random(seed);
  Ledger ledger;
  constexpr std::uint64_t kBetween = 100;
  const auto deaths = static_cast<std::uint64_t>(rounds());
  LoadRun run(database.owner, seed, (deaths + 1) * kBetween, {"retry"});
  for (std::uint64_t death = 0; death < deaths; ++death) {
    run.when(death * kBetween + 1 + random() % kBetween, [&server] {
      server.kill();
      server.start();
    });
  }
  EXPECT_EQ(run.follow(ledger), 0) << "the host under load did not go on";
  server.wait_until_nobody_is_connected(database);
  EXPECT_THAT(faults_of(database.owner, ledger), IsEmpty());
  std::cout << ledger.size() << " acknowledgements over " << deaths << " deaths of the server\n";
}

TEST(HostKill, WhatWasAcknowledgedIsThereOnce) {
  const std::uint64_t seed = first_seed();
  TestServer &server = TestServer::shared(*chosen_server());
  const auto database = server.fresh_database();
  std::mt19937_64 random(seed);
  Ledger ledger;
  for (int round = 0; round < rounds(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round) + " after seed " + std::to_string(seed));
    LoadRun run(database.owner, seed + static_cast<std::uint64_t>(round), UINT64_MAX);
    const int status = run.follow(ledger, 1 + random() % 300);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended before it was killed: " << status;
    // Its last statements may still run: what they do is whole, but not at once.
    server.wait_until_nobody_is_connected(database);
    ASSERT_THAT(faults_of(database.owner, ledger), IsEmpty());
  }
  std::cout << ledger.size() << " acknowledgements over " << rounds() << " lives\n";
}

} // namespace
} // namespace parley::tests
