// The servers that tests start: they answer, keep databases and roles apart, and go with whoever started them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>

#include "tests/support/servers/client.hpp"
#include "tests/support/servers/statement_log.hpp"
#include "tests/support/servers/test_server.hpp"
#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TestServers : public ::testing::TestWithParam<ServerKind> {
protected:
  static TestServer &server() { return TestServer::shared(GetParam()); }
};

std::string refusal(Client &client, const std::string &sql) {
  try {
    client.run(sql);
  } catch (const std::runtime_error &error) {
    return error.what();
  }
  return "";
}

TEST_P(TestServers, EachTestHasADatabaseOfItsOwn) {
  const auto one = server().fresh_database();
  const auto other = server().fresh_database();
  Client(one.owner).run("create table t (n int)");
  Client second(other.owner);
  second.run("create table t (n int)");
  EXPECT_THAT(second.run("select count(*) from t"), ElementsAre("0"));
  server().drop(one);
  EXPECT_THROW(Client(one.owner), std::runtime_error);
  server().drop(other);
}

TEST_P(TestServers, TheRoleWithTheLeastRightsReadsAndWritesAndChangesNoSchema) {
  const auto database = server().fresh_database();
  Client owner(database.owner);
  owner.run("create table t (n int primary key)");
  Client least(database.least);
  least.run("insert into t values (1), (2)");
  least.run("update t set n = 3 where n = 2");
  least.run("delete from t where n = 1");
  EXPECT_THAT(least.run("select n from t"), ElementsAre("3"));
  for (const char *change :
       {"create table u (n int)", "alter table t add m int", "drop table t", "create index i on t (n)"}) {
    EXPECT_THAT(refusal(least, change), ::testing::AnyOf(HasSubstr("denied"), HasSubstr("must be owner"))) << change;
  }
  server().drop(database);
}

TEST_P(TestServers, TheStatementLogTellsTheRoundTripsOfOneDatabase) {
  const auto watched = server().fresh_database();
  const auto other = server().fresh_database();
  {
    StatementLog log(server(), watched.owner);
    Client client(watched.owner);
    Client elsewhere(other.owner);
    log.take();
    client.run("select 1,\n2");
    elsewhere.run("select 'elsewhere'");
    client.run("select 3");
    const auto trips = log.take();
    ASSERT_EQ(trips.size(), 2U);
    EXPECT_EQ(trips[0].text, "select 1,\n2");
    EXPECT_EQ(trips[0].kind, RoundTrip::Kind::query);
    EXPECT_EQ(trips[1].text, "select 3");
    EXPECT_EQ(trips[0].session, trips[1].session);
    EXPECT_THAT(log.take(), IsEmpty());
    refusal(client, "select nothing_of_this_name");
    EXPECT_EQ(log.take().size(), 1U);
  }
  server().drop(watched);
  server().drop(other);
}

TEST_P(TestServers, ItCanBeStoppedKilledAndStartedAgain) {
  TestServer own(GetParam());
  const auto database = own.fresh_database();
  Client(database.owner).run("create table t (n int)");
  const int port = own.port();
  int written = 0;
  for (const bool in_order : {true, false}) {
    Client client(database.owner);
    client.run("insert into t values (1)");
    ++written;
    in_order ? own.stop() : own.kill();
    EXPECT_NE(refusal(client, "select 1"), "");
    EXPECT_THROW(Client(database.owner), std::runtime_error);
    own.start();
    EXPECT_EQ(own.port(), port);
    EXPECT_THAT(Client(database.owner).run("select count(*) from t"), ElementsAre(std::to_string(written)));
  }
}

TEST_P(TestServers, ASuspendedServerAnswersWhenItGoesOn) {
  TestServer own(GetParam());
  const auto database = own.fresh_database();
  Client client(database.owner);
  own.suspend();
  auto answer = std::async(std::launch::async, [&client] { return client.run("select 1"); });
  // It stays without an answer; how long is looked at does not matter to a server that is right.
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
  own.resume();
  EXPECT_THAT(answer.get(), ElementsAre("1"));
}

TEST_P(TestServers, NothingStaysWhenTheTestIsKilled) {
  // The child starts a server, suspends it, tells its folder and its process, and is killed.
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    try {
      TestServer own(GetParam());
      own.suspend();
      const std::string words = std::to_string(own.process()) + " " + own.folder() + "\n";
      [[maybe_unused]] const auto written = write(ends[1], words.data(), words.size());
      pause();
    } catch (const std::exception &error) {
      std::cerr << error.what() << '\n';
    }
    _exit(1);
  }
  close(ends[1]);
  char text[500]{};
  ASSERT_GT(read(ends[0], text, sizeof text - 1), 0);
  close(ends[0]);
  std::istringstream words(text);
  pid_t process = 0;
  std::string folder;
  words >> process >> folder;
  EXPECT_EQ(::kill(process, 0), 0);
  EXPECT_TRUE(fs::exists(folder));
  ::kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(comes_true([process] { return ::kill(process, 0) != 0; }));
  EXPECT_TRUE(comes_true([&folder] { return !fs::exists(folder); }));
}

TEST_P(TestServers, OneThatCannotStartSaysWhy) {
  try {
    TestServer own(GetParam(), {false, {GetParam() == ServerKind::postgresql ? "work_mem=nonsense" : "nonsense=1"}});
    FAIL() << "it started";
  } catch (const std::runtime_error &error) {
    EXPECT_THAT(error.what(), HasSubstr("nonsense"));
  }
}

// Each process makes a data directory of its own when there is none; several at once make one.
TEST_P(TestServers, SeveralTestsMayMakeTheDataDirectoryAtOnce) {
  const fs::path build = fs::path(std::getenv("PARLEY_TEST_DIR")) / ("build-" + std::to_string(getpid()));
  std::vector<pid_t> children;
  for (int each = 0; each < 3; ++each) {
    const pid_t child = fork();
    if (child == 0) {
      setenv("PARLEY_BUILD_DIR", build.c_str(), 1);
      int outcome = 1;
      try {
        TestServer own(GetParam());
        outcome = own.administer("select 1").front() == "1" ? 0 : 1;
      } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
      }
      _exit(outcome);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  std::size_t made = 0;
  for (const auto &entry : fs::directory_iterator(build / "test-servers")) {
    made += entry.is_directory() ? 1U : 0U;
  }
  EXPECT_EQ(made, 1U);
  fs::remove_all(build);
}

INSTANTIATE_TEST_SUITE_P(Servers, TestServers, ::testing::Values(ServerKind::postgresql, ServerKind::mariadb),
                         [](const auto &instance) { return std::string(name_of(instance.param)); });

} // namespace
} // namespace parley::tests
