#include "migrations/migrations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/connection/sqlite.hpp"
#include "migrations/script.hpp"
#include "tests/adapters/support/test_database.hpp"

namespace parley::tests {
namespace {

using migrations::Error;
using migrations::State;
using std::chrono::milliseconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class MigrationsTest : public ::testing::Test {
protected:
  MigrationsTest() : path_(fresh_path()), connection_("sqlite:" + path_) {}
  [[nodiscard]] std::unique_ptr<adapters::Session> session() const {
    return adapters::open_sqlite(path_, {"parley_", milliseconds(200)});
  }
  void run(const std::string &sql) const { session()->execute(sql); }
  static Error::Why why(const std::function<void()> &work) {
    try {
      work();
    } catch (const Error &error) {
      return error.why();
    }
    ADD_FAILURE() << "nothing was thrown";
    return Error::Why::failed;
  }

  std::string path_;
  std::string connection_;
};

TEST_F(MigrationsTest, FromEmptyToCurrent) {
  EXPECT_EQ(migrations::status(connection_).state, State::empty);
  EXPECT_THAT(migrations::plan(connection_), SizeIs(static_cast<std::size_t>(migrations::newest())));
  EXPECT_FALSE(std::filesystem::exists(path_)) << "asking makes no file";
  const auto applied = migrations::apply(connection_);
  ASSERT_THAT(applied, SizeIs(static_cast<std::size_t>(migrations::newest())));
  EXPECT_EQ(applied[0].number, 1);
  EXPECT_EQ(applied[0].name, "initial");
  const auto status = migrations::status(connection_);
  EXPECT_EQ(status.state, State::current);
  EXPECT_EQ(status.present, migrations::newest());
  EXPECT_THAT(migrations::plan(connection_), IsEmpty());
  EXPECT_THAT(migrations::apply(connection_), IsEmpty()) << "nothing to do is no error";
  EXPECT_THAT(migrations::verify(connection_), IsEmpty());
  auto rows_session = session();
  auto rows = rows_session->query("select name, length(checksum), applied_at > 0 from {prefix}schema_version", "tii");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(), "initial");
  EXPECT_EQ(rows.integer(), 64);
  EXPECT_EQ(rows.integer(), 1);
}

TEST_F(MigrationsTest, APlanIsWhatWouldRun) {
  const auto steps = migrations::plan(connection_);
  const auto scratch = adapters::open_sqlite_scratch("");
  for (const auto &step : steps) {
    EXPECT_THAT(step.sql, HasSubstr("create table parley_message"));
    EXPECT_EQ(step.sql.find("{prefix}"), std::string::npos);
    for (const auto &statement : migrations::statements_of(step.sql)) {
      scratch->execute(statement);
    }
  }
}

TEST_F(MigrationsTest, SeveralAtOnce) {
  std::atomic<int> applied{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int at = 0; at < 6; ++at) {
    threads.emplace_back([&] { applied += static_cast<int>(migrations::apply(connection_).size()); });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(applied, migrations::newest());
  EXPECT_THAT(migrations::verify(connection_), IsEmpty());
}

TEST_F(MigrationsTest, AheadIsRefused) {
  migrations::apply(connection_);
  run("insert into {prefix}schema_version values (99, 'later', '', 0)");
  const auto status = migrations::status(connection_);
  EXPECT_EQ(status.state, State::ahead);
  EXPECT_EQ(status.present, 99);
  EXPECT_EQ(why([&] { migrations::apply(connection_); }), Error::Why::ahead);
  EXPECT_EQ(why([&] { migrations::plan(connection_); }), Error::Why::ahead);
  EXPECT_THAT(migrations::verify(connection_), SizeIs(1));
}

TEST_F(MigrationsTest, AnAlteredStepIsRefused) {
  migrations::apply(connection_);
  run("update {prefix}schema_version set checksum = 'other' where number = 1");
  EXPECT_EQ(why([&] { migrations::apply(connection_); }), Error::Why::altered);
  EXPECT_THAT(migrations::verify(connection_), ElementsAre("Step 1 was applied with another content."));
}

TEST_F(MigrationsTest, AllOrNothing) {
  run("create table {prefix}event (a integer)"); // in the way of the first step
  EXPECT_EQ(why([&] { migrations::apply(connection_); }), Error::Why::failed);
  EXPECT_EQ(migrations::status(connection_).state, State::empty);
  auto opened = session();
  auto rows = opened->query("select count(*) from sqlite_master where type = 'table'", "i");
  rows.next();
  EXPECT_EQ(rows.integer(), 1);
}

TEST_F(MigrationsTest, WaitsForWhoHoldsTheDatabase) {
  const auto holder = session();
  holder->begin("begin immediate");
  migrations::Options options;
  options.patience = milliseconds(50);
  EXPECT_EQ(why([&] { migrations::apply(connection_, options); }), Error::Why::busy);
  holder->rollback();
  EXPECT_THAT(migrations::apply(connection_, options), SizeIs(static_cast<std::size_t>(migrations::newest())));
}

TEST_F(MigrationsTest, VerifyNamesEveryDifference) {
  migrations::apply(connection_);
  const std::vector<std::pair<std::string, std::string>> cases{
      {"drop index {prefix}context_all", "Index parley_context_all is missing."},
      {"alter table {prefix}message add column extra text", "Table parley_message: column extra is not expected."},
      {"alter table {prefix}event drop column data", "Table parley_event: column data is missing."},
      {"drop table {prefix}event_feed", "Table parley_event_feed is missing."},
      {"create index stray on {prefix}message (body)", "Index stray on table parley_message is not expected."},
      {"create trigger stray_trigger after insert on {prefix}message begin select 1; end",
       "Trigger stray_trigger on table parley_message is not expected."},
  };
  std::vector<std::string> expected;
  for (const auto &[change, difference] : cases) {
    run(change);
    expected.push_back(difference);
    for (const auto &each : expected) {
      EXPECT_THAT(migrations::verify(connection_), Contains(each));
    }
  }
}

TEST_F(MigrationsTest, VerifyNoticesARuleThatIsGone) {
  migrations::apply(connection_);
  const auto opened = session();
  opened->execute("drop table {prefix}workflow_state");
  opened->execute("create table {prefix}workflow_state (name text not null primary key, active integer not null, "
                  "changed_at integer not null, changed_by_type text not null default '', "
                  "changed_by_id text not null default '')");
  EXPECT_THAT(migrations::verify(connection_), ElementsAre("Table parley_workflow_state is declared otherwise."));
  opened->execute("drop table {prefix}workflow_state");
  opened->execute("create table {prefix}workflow_state (name text primary key, active text not null, "
                  "changed_at integer not null, changed_by_type text not null default '', "
                  "changed_by_id text not null default '')");
  EXPECT_THAT(migrations::verify(connection_),
              ElementsAre("Table parley_workflow_state: column active is declared otherwise.",
                          "Table parley_workflow_state: column name is declared otherwise."));
}

TEST_F(MigrationsTest, VerifyLeavesTheHostsTablesAlone) {
  run("create table orders (a integer)");
  migrations::Options options;
  options.table_prefix = "";
  migrations::apply(connection_, options);
  EXPECT_THAT(migrations::verify(connection_, options), IsEmpty());
}

TEST_F(MigrationsTest, VerifyNoticesWhatIsDeclaredOtherwise) {
  migrations::apply(connection_);
  const auto opened = session();
  opened->execute("drop index {prefix}context_all");
  opened->execute("create index {prefix}context_all on {prefix}context (record_id, record_type)");
  opened->execute("drop table {prefix}event_feed");
  opened->execute("create table {prefix}event_feed (singleton integer primary key check (singleton = 1), last_position "
                  "integer not null check (last_position >= 1), purged_to integer not null check (purged_to between 0 "
                  "and last_position))");
  opened->execute("alter table {prefix}message rename column body to wording");
  EXPECT_THAT(migrations::verify(connection_),
              UnorderedElementsAre("Index parley_context_all is declared otherwise.",
                                   "Table parley_event_feed is declared otherwise.",
                                   "Table parley_message: column body is missing.",
                                   "Table parley_message: column wording is not expected."));
}

TEST_F(MigrationsTest, VerifyOfNothing) {
  EXPECT_THAT(migrations::verify(connection_), ElementsAre("There is no file \"" + path_ + "\"."));
  std::ofstream{path_};
  EXPECT_THAT(migrations::verify(connection_), ElementsAre("The schema is empty."));
}

TEST_F(MigrationsTest, VerifyUnderAnotherPrefix) {
  migrations::apply(connection_);
  migrations::Options options;
  options.table_prefix = "other_";
  EXPECT_THAT(migrations::verify(connection_, options),
              ElementsAre("The schema is empty. There is one with the table prefix \"parley_\"."));
}

TEST_F(MigrationsTest, VerifyWithoutTheRecordOfSteps) {
  migrations::apply(connection_);
  run("delete from {prefix}schema_version");
  const std::string lost = "No step is recorded as applied, but some of its tables are there.";
  EXPECT_THAT(migrations::verify(connection_), ElementsAre(lost));
  run("drop table {prefix}schema_version");
  EXPECT_THAT(migrations::verify(connection_), ElementsAre(lost, "Table parley_schema_version is missing."));
}

// A path that leads nowhere is no empty database: whoever mistyped it must not believe that all is lost.
TEST_F(MigrationsTest, WhatIsNotThereIsSaid) {
  EXPECT_EQ(migrations::status(connection_).missing, "There is no file \"" + path_ + "\".");
  migrations::apply(connection_);
  EXPECT_EQ(migrations::status(connection_).missing, "");
  EXPECT_EQ(migrations::status("sqlite:/no/such/folder/x.db").missing,
            "There is no folder \"/no/such/folder\", and so no file \"/no/such/folder/x.db\".");
  EXPECT_EQ(migrations::status("sqlite:" + path_ + "/x.db").missing,
            "There is no folder \"" + path_ + "\", and so no file \"" + path_ + "/x.db\".");
  EXPECT_THAT(migrations::status("sqlite:" + std::filesystem::temp_directory_path().string()).missing,
              HasSubstr("is a folder"));
  EXPECT_THAT(migrations::status("sqlite:" + std::string(5000, 'x')).missing, HasSubstr("cannot be looked at"));
  EXPECT_THAT(migrations::verify("sqlite:/no/such/folder/x.db"), ElementsAre(HasSubstr("There is no folder")));
}

TEST_F(MigrationsTest, UsageAndConnections) {
  EXPECT_EQ(why([] { migrations::status("nonsense"); }), Error::Why::usage);
  EXPECT_EQ(why([] { migrations::apply("sqlite::memory:"); }), Error::Why::usage);
  EXPECT_EQ(why([] { migrations::apply("oracle://host/db"); }), Error::Why::usage);
  EXPECT_EQ(why([] { migrations::plan("postgresql://127.0.0.1:1/db"); }), Error::Why::unavailable);
  EXPECT_EQ(why([] { migrations::verify("mariadb://127.0.0.1:1/db"); }), Error::Why::unavailable);
  EXPECT_EQ(why([] { migrations::apply("sqlite:/no/such/folder/x.db"); }), Error::Why::unavailable);
  migrations::Options options;
  options.table_prefix = "No";
  EXPECT_EQ(why([&] { migrations::status(connection_, options); }), Error::Why::usage);
  std::ofstream(path_) << std::string(5000, 'x');
  EXPECT_EQ(why([&] { migrations::status(connection_); }), Error::Why::unavailable);
}

TEST(MigrationScript, Statements) {
  EXPECT_THAT(migrations::statements_of("-- a comment;\ncreate a\n  (b); \n\ninsert ';' c;\nlast"),
              ElementsAre("create a\n  (b)", "insert ';' c", "last\n"));
  EXPECT_THAT(migrations::statements_of(""), IsEmpty());
}

// PostgreSQL quotes bodies, and quotes may hold quotes of another name.
TEST(MigrationScript, DollarQuotesStayWhole) {
  EXPECT_THAT(migrations::statements_of("create function f() as $$\nbegin\n\n  -- why;\n  a;\nend;\n$$;\ninsert 1;\n"),
              ElementsAre("create function f() as $$\nbegin\n\n  -- why;\n  a;\nend;\n$$", "insert 1"));
  EXPECT_THAT(migrations::statements_of("do $outer$ a;\n$$ b;\n$$;\n$outer$;\ncosts $5 and $6;\nend;\n"),
              ElementsAre("do $outer$ a;\n$$ b;\n$$;\n$outer$", "costs $5 and $6", "end"));
}

// MariaDB does not quote them: marks tell where they begin and end.
TEST(MigrationScript, MarkedFunctionsStayWhole) {
  EXPECT_THAT(migrations::statements_of("create a;\n-- {function\ncreate function f()\nbegin\n  -- why;\n  a;\nend;\n"
                                        "-- function}\n\ninsert 1;\n"),
              ElementsAre("create a", "create function f()\nbegin\n  -- why;\n  a;\nend", "insert 1"));
}

} // namespace
} // namespace parley::tests
