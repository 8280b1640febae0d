// O2 on servers: the same steps by other means, what goes wrong there alone, and the role with the least rights.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "migrations/backend.hpp"
#include "migrations/migrations.hpp"
#include "tests/support/servers/client.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {
namespace {

using migrations::EmbeddedStep;
using migrations::Error;
using migrations::Options;
using migrations::State;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const auto kNewest = static_cast<std::size_t>(migrations::newest());

class MigrationsOnServer : public ::testing::TestWithParam<ServerKind> {
protected:
  MigrationsOnServer() : server_(TestServer::shared(GetParam())), database_(server_.fresh_database()) {}
  ~MigrationsOnServer() override { server_.drop(database_); }

  [[nodiscard]] bool on_mariadb() const { return GetParam() == ServerKind::mariadb; }
  void run(const std::string &sql) const { Client(database_.owner).run(sql); }
  [[nodiscard]] std::string first(const std::string &sql) const { return Client(database_.owner).run(sql).at(0); }

  static std::pair<Error::Why, std::string> failure(const std::function<void()> &work) {
    try {
      work();
    } catch (const Error &error) {
      return {error.why(), error.what()};
    }
    ADD_FAILURE() << "nothing was thrown";
    return {Error::Why::usage, ""};
  }

  /// A statement of a step that lasts until the test lets go of what `held` holds.
  [[nodiscard]] std::string waiting() const {
    return on_mariadb() ? "do get_lock('parley test', 600);\n" : "select pg_advisory_xact_lock(4711);\n";
  }
  void hold(Client &held) const {
    held.run(on_mariadb() ? "select get_lock('parley test', 600)" : "select pg_advisory_lock(4711)");
  }
  void let_go(Client &held) const {
    held.run(on_mariadb() ? "select release_lock('parley test')" : "select pg_advisory_unlock(4711)");
  }
  /// The connection that waits there.
  std::string wait_until_somebody_waits() {
    while (true) {
      const auto found = server_.administer(
          on_mariadb() ? "select id from information_schema.processlist where state = 'User lock' and db = '" +
                             database_.name + "' and info like 'do %'"
                       : "select pid from pg_stat_activity where wait_event = 'advisory' and datname = '" +
                             database_.name + "' and query like '%4711%'");
      if (!found.empty()) {
        return found.front();
      }
      std::this_thread::yield();
    }
  }

  TestServer &server_;
  FreshDatabase database_;
};

INSTANTIATE_TEST_SUITE_P(Server, MigrationsOnServer, ::testing::Values(ServerKind::postgresql, ServerKind::mariadb),
                         [](const auto &instance) { return name_of(instance.param); });

TEST_P(MigrationsOnServer, FromEmptyToCurrent) {
  EXPECT_EQ(migrations::status(database_.owner).state, State::empty);
  EXPECT_THAT(migrations::verify(database_.owner), ElementsAre("The schema is empty."));
  EXPECT_THAT(migrations::plan(database_.owner), SizeIs(kNewest));
  EXPECT_THAT(migrations::apply(database_.owner), SizeIs(kNewest));
  EXPECT_EQ(migrations::status(database_.owner).state, State::current);
  EXPECT_EQ(migrations::status(database_.owner).unfinished, "");
  EXPECT_THAT(migrations::apply(database_.owner), IsEmpty());
  EXPECT_THAT(migrations::verify(database_.owner), IsEmpty());
}

TEST_P(MigrationsOnServer, SeveralAtOnceMigrateOnce) {
  std::atomic<std::size_t> applied{0};
  std::vector<std::thread> threads;
  for (int at = 0; at < 4; ++at) {
    threads.emplace_back([&] { applied += migrations::apply(database_.owner).size(); });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(applied, kNewest);
  EXPECT_THAT(migrations::verify(database_.owner), IsEmpty());
}

TEST_P(MigrationsOnServer, AheadAndAlteredAreRefused) {
  migrations::apply(database_.owner);
  run("update parley_schema_version set checksum = 'other' where number = 1");
  EXPECT_EQ(failure([&] { migrations::apply(database_.owner); }).first, Error::Why::altered);
  EXPECT_EQ(failure([&] { migrations::plan(database_.owner); }).first, Error::Why::altered);
  EXPECT_THAT(migrations::verify(database_.owner), Contains("Step 1 was applied with another content."));
  run("insert into parley_schema_version (number, name, checksum, applied_at) values (99, 'later', '', 0)");
  EXPECT_EQ(migrations::status(database_.owner).state, State::ahead);
  EXPECT_EQ(failure([&] { migrations::apply(database_.owner); }).first, Error::Why::ahead);
  EXPECT_THAT(migrations::verify(database_.owner), ElementsAre(HasSubstr("newer than this build")));
}

// PostgreSQL takes all or nothing; MariaDB keeps what was done, says so, and goes on there.
TEST_P(MigrationsOnServer, AFailingStep) {
  const std::vector<EmbeddedStep> steps{
      {1, "first", "c1",
       "create table {prefix}schema_version (number bigint primary key, name varchar(64), checksum varchar(64), "
       "applied_at bigint);\ncreate table {prefix}log (a bigint);\n"},
      {2, "second", "c2",
       "create table {prefix}two (a bigint);\ninsert into {prefix}log (a) values (2);\n"
       "create table {prefix}obstacle (a bigint);\ninsert into {prefix}log (a) values (3);\n"},
  };
  Options options;
  options.steps = &steps;
  run("create table parley_obstacle (a bigint)");
  const auto [why, what] = failure([&] { migrations::apply(database_.owner, options); });
  EXPECT_EQ(why, Error::Why::failed);
  EXPECT_THAT(what, HasSubstr("already exists"));
  const auto status = migrations::status(database_.owner, options);
  if (!on_mariadb()) {
    EXPECT_EQ(status.state, State::empty);
    EXPECT_EQ(first("select count(*) from pg_class where relname in ('parley_log', 'parley_two')"), "0");
  } else {
    EXPECT_THAT(what, HasSubstr("step 2, statement 3 of 4, create table parley_obstacle"));
    EXPECT_EQ(status.state, State::behind);
    EXPECT_EQ(status.present, 1);
    EXPECT_THAT(status.unfinished, AllOf(HasSubstr("Step 2 is half done: 2 of 4 statements."),
                                         HasSubstr("Statement 3 failed: "), HasSubstr("\"up\" goes on there.")));
    EXPECT_THAT(migrations::verify(database_.owner, options), ElementsAre(HasSubstr("Step 2 is half done")));
    EXPECT_EQ(failure([&] { migrations::apply(database_.owner, options); }).first, Error::Why::failed)
        << "what is in the way is not taken for its own";
    auto other = steps;
    other[1].checksum = "c3";
    Options altered;
    altered.steps = &other;
    EXPECT_EQ(failure([&] { migrations::apply(database_.owner, altered); }).first, Error::Why::altered);
  }
  run("drop table parley_obstacle");
  EXPECT_THAT(migrations::apply(database_.owner, options), SizeIs(on_mariadb() ? 1 : 2));
  EXPECT_EQ(migrations::status(database_.owner, options).state, State::current);
  EXPECT_EQ(migrations::status(database_.owner, options).unfinished, "");
  EXPECT_THAT(Client(database_.owner).run("select a from parley_log order by a"), ElementsAre("2", "3"))
      << "nothing was done twice";
}

// Killed in the middle of a step: the server ends the connection, as it does when a host dies.
TEST_P(MigrationsOnServer, AnInterruptedStep) {
  const std::string text = "create table {prefix}schema_version (number bigint primary key, name varchar(64), checksum "
                           "varchar(64), applied_at bigint);\ncreate table {prefix}log (a bigint);\n"
                           "insert into {prefix}log (a) values (1);\n" +
                           waiting() + "insert into {prefix}log (a) values (2);\n";
  const std::vector<EmbeddedStep> steps{{1, "first", "c1", text}};
  Options options;
  options.steps = &steps;
  Client held(database_.owner);
  hold(held);
  Error::Why why = Error::Why::usage;
  std::thread migrating([&] { why = failure([&] { migrations::apply(database_.owner, options); }).first; });
  const std::string connection = wait_until_somebody_waits();
  server_.administer(on_mariadb() ? "kill " + connection : "select pg_terminate_backend(" + connection + ")");
  migrating.join();
  EXPECT_EQ(why, Error::Why::unavailable);
  let_go(held);
  const auto status = migrations::status(database_.owner, options);
  if (on_mariadb()) {
    EXPECT_THAT(status.unfinished, HasSubstr("Step 1 is half done: 3 of 5 statements."));
    // It died before it could write down that a table was made.
    run("update parley_schema_progress set done_at = null where statement = 2");
  } else {
    EXPECT_EQ(status.state, State::empty);
  }
  EXPECT_THAT(migrations::apply(database_.owner, options), SizeIs(1));
  EXPECT_EQ(migrations::status(database_.owner, options).state, State::current);
  EXPECT_THAT(Client(database_.owner).run("select a from parley_log order by a"), ElementsAre("1", "2"));
}

TEST_P(MigrationsOnServer, WhoeverComesSecondWaitsAsLongAsItIsToldTo) {
  const std::string text = "create table {prefix}schema_version (number bigint primary key, name varchar(64), checksum "
                           "varchar(64), applied_at bigint);\n" +
                           waiting();
  const std::vector<EmbeddedStep> steps{{1, "first", "c1", text}};
  Options options;
  options.steps = &steps;
  Client held(database_.owner);
  hold(held);
  std::thread migrating([&] { EXPECT_THAT(migrations::apply(database_.owner, options), SizeIs(1)); });
  wait_until_somebody_waits();
  Options hasty = options;
  hasty.patience = std::chrono::milliseconds(100);
  EXPECT_EQ(failure([&] { migrations::apply(database_.owner, hasty); }).first, Error::Why::busy);
  let_go(held);
  migrating.join();
  EXPECT_THAT(migrations::apply(database_.owner, hasty), IsEmpty());
}

// O2: what docs/operators.md grants is enough to look, and not enough to change.
TEST_P(MigrationsOnServer, TheRoleWithTheLeastRights) {
  auto [why, what] = failure([&] { migrations::apply(database_.least); });
  EXPECT_EQ(why, Error::Why::rights);
  EXPECT_THAT(what, HasSubstr("CREATE"));
  migrations::apply(database_.owner);
  EXPECT_EQ(migrations::status(database_.least).state, State::current);
  EXPECT_THAT(migrations::plan(database_.least), IsEmpty());
  EXPECT_THAT(migrations::apply(database_.least), IsEmpty()) << "nothing to do needs no right";
  EXPECT_THAT(migrations::verify(database_.least), IsEmpty());
  const auto report = migrations::verify_data(database_.least, 3);
  EXPECT_EQ(report.violations(), 0U);
  const auto backend = migrations::backend_of(database_.owner, {});
  auto steps = backend->steps();
  steps.push_back({static_cast<int>(kNewest) + 1, "later", "c2", "create table {prefix}later (a bigint);\n"});
  Options options;
  options.steps = &steps;
  EXPECT_EQ(migrations::status(database_.least, options).state, State::behind);
  std::tie(why, what) = failure([&] { migrations::apply(database_.least, options); });
  EXPECT_EQ(why, Error::Why::rights);
  EXPECT_THAT(what, AllOf(HasSubstr("lacks"), HasSubstr("CREATE")));
}

struct Damage {
  std::string sql;
  std::string difference;
};

std::vector<Damage> damages_of(ServerKind kind) {
  const std::vector<Damage> both{
      {"alter table parley_message add column extra bigint", "Table parley_message: column extra is not expected."},
      {"alter table parley_event drop column data", "Table parley_event: column data is missing."},
      {"create index stray on parley_message (all_index)", "tray on table parley_message is not expected."},
      {"drop table parley_event_feed", "Table parley_event_feed is missing."},
  };
  const std::vector<Damage> postgresql{
      {"drop index parley_context_all", "Index parley_context_all is missing."},
      {"drop index parley_context_public; create index parley_context_public on parley_context (record_id)",
       "Index parley_context_public is declared otherwise."},
      {"alter table parley_context alter column record_id type varchar(64)",
       "Table parley_context: column record_id is declared otherwise."},
      {"alter table parley_context alter column conversation drop not null",
       "Table parley_context: column conversation is declared otherwise."},
      {"alter table parley_context alter column in_public drop default",
       "Table parley_context: column in_public is declared otherwise."},
      {"alter table parley_event alter column kind type text collate \"en-x-icu\"",
       "Table parley_event: column kind is declared otherwise."},
      {"alter table parley_conversation drop constraint parley_conversation_uid_key",
       "Unique key parley_conversation_uid_key is missing."},
      {"alter table parley_workflow_state drop constraint parley_workflow_state_pkey",
       "Primary key parley_workflow_state_pkey is missing."},
      {"alter table parley_message drop constraint parley_message_all_index_check",
       "Check parley_message_all_index_check is missing."},
      {"alter table parley_participant drop constraint parley_participant_conversation_fkey; alter table "
       "parley_participant add constraint parley_participant_conversation_fkey foreign key (conversation) references "
       "parley_conversation (id)",
       "Foreign key parley_participant_conversation_fkey is declared otherwise."},
      {"alter table parley_context drop constraint parley_context_conversation_fkey",
       "Foreign key parley_context_conversation_fkey is missing."},
      {"drop function parley_append_message(jsonb)", "Function parley_append_message(command jsonb) is missing."},
      {"create or replace function parley_publish_events() returns bigint language plpgsql as $$ begin return 0; end "
       "$$",
       "Function parley_publish_events() is declared otherwise."},
      {"create function parley_publish_events(a text) returns bigint language plpgsql as $$ begin return 0; end $$",
       "Function parley_publish_events(a text) is not expected."},
      {"create function stray() returns trigger language plpgsql as $$ begin return new; end $$; create trigger "
       "stray_trigger before insert on parley_message for each row execute function stray()",
       "Trigger stray_trigger on table parley_message is not expected."},
      {"alter table parley_record_label set unlogged", "Table parley_record_label is declared otherwise."},
  };
  const std::vector<Damage> mariadb{
      {"drop index parley_context_all on parley_context", "Index parley_context_all is missing."},
      {"drop index parley_context_public on parley_context", "Index parley_context_public is missing."},
      {"create index parley_context_public on parley_context (record_id)",
       "Index parley_context_public is declared otherwise."},
      {"alter table parley_workflow_state modify name varchar(100) not null",
       "Table parley_workflow_state: column name is declared otherwise."},
      {"alter table parley_context modify all_activity_at bigint",
       "Table parley_context: column all_activity_at is declared otherwise."},
      {"alter table parley_message alter column note_kind drop default",
       "Table parley_message: column note_kind is declared otherwise."},
      {"alter table parley_event modify unit varchar(64) collate utf8mb4_general_ci not null default ''",
       "Table parley_event: column unit is declared otherwise."},
      {"drop index parley_conversation_uid on parley_conversation", "Unique key parley_conversation_uid is missing."},
      {"alter table parley_event_feed drop primary key", "Primary key of parley_event_feed is missing."},
      {"alter table parley_idempotency drop constraint CONSTRAINT_1",
       "Check parley_idempotency.CONSTRAINT_1 is missing."},
      {"alter table parley_context drop foreign key parley_context_ibfk_1",
       "Foreign key parley_context.parley_context_ibfk_1 is missing."},
      {"create trigger stray_trigger before insert on parley_message for each row set new.body = 'x'",
       "Trigger stray_trigger on table parley_message is not expected."},
      {"alter function parley_in_scope sql security definer", "Function parley_in_scope is declared otherwise."},
      {"drop function parley_append_message", "Function parley_append_message is missing."},
      {"alter table parley_record_label row_format = compact", "Table parley_record_label is declared otherwise."},
  };
  std::vector<Damage> all = kind == ServerKind::mariadb ? mariadb : postgresql;
  all.insert(all.end(), both.begin(), both.end());
  return all;
}

TEST_P(MigrationsOnServer, VerifyNamesEachKindOfDifference) {
  migrations::apply(database_.owner);
  std::size_t known = 0;
  for (const Damage &damage : damages_of(GetParam())) {
    SCOPED_TRACE(damage.sql);
    for (std::size_t begin = 0; begin < damage.sql.size();) {
      // Functions hold semicolons: statements are told apart by what only stands between them.
      const auto end =
          std::min(damage.sql.find("; alter", begin), std::min(damage.sql.find("; create", begin), damage.sql.size()));
      run(damage.sql.substr(begin, end - begin));
      begin = end + 2;
    }
    const auto differences = migrations::verify(database_.owner);
    EXPECT_THAT(differences, Contains(HasSubstr(damage.difference)));
    EXPECT_GE(differences.size(), known);
    known = differences.size();
  }
  // MariaDB: what was recorded tells the same as what is made anew.
  EXPECT_EQ(migrations::verify(database_.least).empty(), false);
}

// Where a role may make a database for the comparison, nothing is left of it.
TEST_P(MigrationsOnServer, WhatItIsComparedWith) {
  migrations::apply(database_.owner);
  EXPECT_THAT(migrations::verify_schema(database_.owner).compared_with,
              HasSubstr(on_mariadb() ? "a database that the same steps made" : "temporary tables"));
  if (on_mariadb()) {
    EXPECT_EQ(first("select count(*) from parley_schema_description where kind = 'function' and part = 'body'"),
              first("select count(*) from information_schema.routines where routine_schema = database()"));
    EXPECT_THAT(migrations::verify_schema(database_.least).compared_with,
                AllOf(HasSubstr("recorded after the last step"), HasSubstr("bodies of functions")));
    EXPECT_THAT(server_.administer("select schema_name from information_schema.schemata where schema_name like "
                                   "'%parley_scratch'"),
                IsEmpty());
    run("update parley_schema_description set declared = 'other' where line = 5");
    EXPECT_EQ(failure([&] { migrations::verify(database_.least); }).first, Error::Why::altered);
    run("delete from parley_schema_description");
    EXPECT_EQ(failure([&] { migrations::verify(database_.least); }).first, Error::Why::rights);
    EXPECT_THAT(migrations::verify(database_.owner), IsEmpty());
  }
}

// What pg_dump writes is read back with its parentheses in other places.
TEST(MigrationsOnPostgresql, AConditionThatWasRestoredIsNoDifference) {
  TestServer &server = TestServer::postgresql();
  const auto database = server.fresh_database();
  migrations::apply(database.owner);
  const std::string table = "alter table parley_conversation ";
  Client owner(database.owner);
  owner.run(table + "drop constraint parley_conversation_check3");
  EXPECT_THAT(migrations::verify(database.owner), ElementsAre("Check parley_conversation_check3 is missing."));
  owner.run(table + "add constraint parley_conversation_check3 check (public_text_count >= 0 and public_text_count <= "
                    "public_last_index and public_text_count <= all_text_count)");
  EXPECT_THAT(migrations::verify(database.owner), IsEmpty());
  server.drop(database);
}

// A client that restores a backup leaves the comments of bodies out.
TEST(MigrationsOnMariadb, ABodyWithoutItsCommentsIsNoDifference) {
  EXPECT_EQ(migrations::normalised_sql("begin\n  -- why; 'not'\n  set a = 'B  -- c';\nend"),
            migrations::normalised_sql("begin\n  set A = 'B  -- c';\nend"));
  EXPECT_NE(migrations::normalised_sql("set a = 'b'"), migrations::normalised_sql("set a = 'B'"));
}

// The schema of the connection string is made, and only what lies there counts.
TEST(MigrationsOnPostgresql, ASchemaOfItsOwn) {
  TestServer &server = TestServer::postgresql();
  const auto database = server.fresh_database();
  migrations::apply(database.owner);
  const std::string mark = database.owner.find('?') == std::string::npos ? "?" : "&";
  const std::string own = database.owner + mark + "schema=conversations";
  EXPECT_EQ(migrations::status(own).state, State::empty);
  EXPECT_THAT(migrations::apply(own), SizeIs(kNewest));
  EXPECT_THAT(migrations::verify(own), IsEmpty());
  Client(database.owner).run("drop index conversations.parley_context_all");
  EXPECT_THAT(migrations::verify(own), ElementsAre("Index parley_context_all is missing."));
  EXPECT_THAT(migrations::verify(database.owner), IsEmpty());
  server.drop(database);
}

} // namespace
} // namespace parley::tests
