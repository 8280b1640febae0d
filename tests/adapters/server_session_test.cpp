// Sessions on real servers: what is stored comes back as it was, and errors say what they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "adapters/connection/pool.hpp"
#include "adapters/connection/watchdog.hpp"
#include "tests/adapters/support/plain_database.hpp"
#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

using namespace adapters;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Clock = Session::Clock;

constexpr auto kInsert = "insert into {prefix}t (a, b, c) values (:a, :b, :c)";

class ServerSession : public ::testing::TestWithParam<ServerKind> {
protected:
  ServerSession() : database_(server().fresh_database()), target_(target_of(database_.owner)) {}
  ~ServerSession() override { server().drop(database_); }

  [[nodiscard]] static bool postgresql() { return GetParam() == ServerKind::postgresql; }
  static TestServer &server() { return TestServer::shared(GetParam()); }
  [[nodiscard]] std::unique_ptr<Session> open(milliseconds patience = seconds(5), milliseconds limit = {},
                                              Watchdog *watchdog = nullptr) const {
    return open_server(target_, adapters::ServerOptions{"p_", patience, limit, watchdog});
  }
  [[nodiscard]] std::unique_ptr<Session> with_table(milliseconds patience = seconds(5)) const {
    auto session = open(patience);
    const std::string text = postgresql() ? "text" : "mediumtext character set utf8mb4";
    session->run("create table {prefix}t (a bigint primary key, b " + text + " not null check (b <> 'bad'), c " + text +
                 ")");
    return session;
  }
  static void insert(Session &session, std::int64_t a, std::optional<std::string> b,
                     std::optional<std::string> c = {}) {
    session.execute(kInsert, {{"a", a}, {"b", std::move(b)}, {"c", std::move(c)}});
  }
  static std::int64_t number(Session &session, const std::string &sql) {
    auto rows = session.query(sql, "i");
    rows.next();
    return rows.integer();
  }
  /// A statement that takes so many seconds: longer than anybody waits for it.
  static std::string sleeping(int time) {
    return "select " + std::string(postgresql() ? "pg_sleep(" : "sleep(") + std::to_string(time) + ")";
  }
  void end_connections_of(const std::string &name) const {
    if (postgresql()) {
      server().administer("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
      return;
    }
    for (const std::string &id :
         server().administer("select id from information_schema.processlist where db = '" + name + "'")) {
      server().administer("kill " + id);
    }
  }

  FreshDatabase database_;
  ServerTarget target_;
};

INSTANTIATE_TEST_SUITE_P(Servers, ServerSession, ::testing::Values(ServerKind::postgresql, ServerKind::mariadb),
                         [](const auto &each) { return std::string(name_of(each.param)); });

struct Caught {
  ErrorKind kind = ErrorKind::unexpected;
  std::string message = "nothing was thrown";
  bool lost = false;
};
Caught caught(const std::function<void()> &work) {
  try {
    work();
  } catch (const DatabaseError &error) {
    return {error.kind(), error.what(), error.connection_lost()};
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}
ErrorKind kind_of(const std::function<void()> &work) {
  return caught(work).kind;
}

TEST_P(ServerSession, TextsComeBackAsTheyWere) {
  const auto session = with_table();
  std::int64_t id = 0;
  for (const std::string &text :
       {std::string(), std::string("a:b :c ::d := x"), std::string("it's \"q\" `b` \\ back \\' \\\\"),
        std::string("\xF0\x9F\x98\x80 \xE6\xBC\xA2 e\xCC\x81"), std::string(65536, 'x') + "end",
        std::string(3'000'000, 'y'), std::string("NULL"), std::string("%_ ? $1"), std::string("line\nline\r\n\t\x1a "),
        std::string("trailing ")}) {
    insert(*session, ++id, text);
    auto rows = session->query("select b, c from {prefix}t where a = :a and b = :b", "tt", {{"a", id}, {"b", text}});
    ASSERT_TRUE(rows.next()) << text.substr(0, 20);
    EXPECT_TRUE(rows.text() == text) << text.substr(0, 20);
    EXPECT_EQ(rows.text(), "");
    EXPECT_FALSE(rows.next());
  }
}

TEST_P(ServerSession, NumbersAndNulls) {
  const auto session = with_table();
  for (const std::int64_t value : {INT64_MIN, INT64_MAX, std::int64_t{-1}, std::int64_t{0}}) {
    insert(*session, value, "x");
    auto rows = session->query("select a from {prefix}t where a = :a", "i", {{"a", value}});
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(), value);
  }
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t where c is null"), 4);
  // What a statement changes nothing in it has found none the less.
  EXPECT_EQ(session->execute("update {prefix}t set b = 'x'"), 4);
  auto rows =
      session->query("insert into {prefix}t (a, b) values (:a, 'r') returning a", "i", {{"a", std::int64_t{7}}});
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(), 7);
}

TEST_P(ServerSession, ANulCharacterNeverReachesTheServer) {
  const auto session = with_table();
  EXPECT_EQ(kind_of([&] { insert(*session, 1, std::string("a\0b", 3)); }), ErrorKind::constraint);
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t"), 0);
}

TEST_P(ServerSession, EveryConnectionIsSetUp) {
  const auto session = open(milliseconds(3000));
  if (postgresql()) {
    auto rows = session->query("select current_setting('timezone') || ' ' || current_setting('lock_timeout') || ' ' || "
                               "current_setting('jit') || ' ' || current_setting('client_encoding') || ' ' || "
                               "current_setting('transaction_isolation') || ' ' || current_setting('application_name')",
                               "t");
    rows.next();
    EXPECT_EQ(rows.text(), "UTC 3s off UTF8 read committed parley");
    ServerTarget elsewhere = target_;
    elsewhere.schema = "other_1";
    const auto other = open_postgresql(elsewhere, {});
    auto path = other->query("select current_setting('search_path')", "t");
    path.next();
    EXPECT_EQ(path.text(), "other_1");
  } else {
    auto rows = session->query("select concat_ws(' ', @@time_zone, @@innodb_lock_wait_timeout, @@tx_isolation, "
                               "@@character_set_client, @@collation_connection, @@sql_mode)",
                               "t");
    rows.next();
    EXPECT_EQ(rows.text(), "+00:00 3 READ-COMMITTED utf8mb4 utf8mb4_nopad_bin PIPES_AS_CONCAT,ANSI_QUOTES,"
                           "STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION");
    EXPECT_NE(kind_of([&] { session->run("load data local infile '/etc/hostname' into table x"); }),
              ErrorKind::unavailable);
  }
}

// O8, S6: a message with a customer's words in it must not reach a log.
TEST_P(ServerSession, ErrorsSayWhatTheyAreAndNoValues) {
  const auto session = with_table();
  insert(*session, 0, "x");
  session->run("create table {prefix}unique_text (a varchar(200) primary key)");
  session->run("create table {prefix}child (a bigint references {prefix}t (a))");
  const std::string marker = "MARKER'x\" for key `MARKER";
  const auto statement = [&](const std::string &sql, std::string a = "1") {
    return [&session, sql, marker, a] { session->execute(sql, {{"m", marker}, {"a", a}}); };
  };
  const auto unique = "insert into {prefix}unique_text (a) values (:m || :a)";
  session->execute(unique, {{"m", marker}, {"a", std::string("1")}});
  struct Case {
    const char *what;
    ErrorKind kind;
    std::function<void()> work;
  };
  const auto any = ErrorKind::unexpected;
  const Case cases[] = {
      {"unique", ErrorKind::unique, statement(unique)},
      {"check", ErrorKind::constraint, [&] { insert(*session, 1, "bad", marker); }},
      {"null", ErrorKind::constraint, [&] { insert(*session, 1, std::nullopt, marker); }},
      {"encoding", ErrorKind::constraint, [&] { insert(*session, 1, marker + "\xff\xfe"); }},
      {"too long", ErrorKind::constraint,
       [&] {
         std::string text;
         while (text.size() < 300) {
           text += marker;
         }
         session->execute("insert into {prefix}unique_text (a) values (:m)", {{"m", text}});
       }},
      {"no number", any, statement("insert into {prefix}child (a) values (:m || :a)")},
      {"out of range", any,
       statement("insert into {prefix}child (a) values (cast(:a || '99999999999999999999999' as "
                 "decimal(60)) + length(:m))")},
      {"no table", ErrorKind::schema, statement("insert into {prefix}none (a, b) values (:a, :m)")},
      {"no column", ErrorKind::schema, statement("insert into {prefix}unique_text (zzz) values (:a || :m)")},
      {"no function", ErrorKind::schema, statement("select no_such_function(:a, :m)")},
      {"syntax", any, statement("select :a from from :m")},
      {"NUL", ErrorKind::constraint, [&] { insert(*session, 1, marker + std::string("\0", 1)); }},
  };
  for (const Case &each : cases) {
    const Caught error = caught(each.work);
    if (each.kind != any) {
      EXPECT_EQ(error.kind, each.kind) << each.what << ": " << error.message;
    }
    EXPECT_THAT(error.message, Not(HasSubstr("MARKER"))) << each.what;
    EXPECT_THAT(error.message, Not(HasSubstr(":m"))) << each.what;
    EXPECT_FALSE(error.message.empty()) << each.what;
  }
  EXPECT_FALSE(session->broken());
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t"), 1);
}

TEST_P(ServerSession, AFailedTransactionIsTakenBackAndKeepsNoStatements) {
  const auto session = with_table();
  insert(*session, 0, "x");
  const auto on_server = [&] {
    return number(*session, postgresql() ? "select count(*) from pg_prepared_statements" : "select 1");
  };
  const auto fail = [&] {
    Transaction transaction(*session);
    insert(*session, 1, "kept?");
    EXPECT_EQ(kind_of([&] { insert(*session, 0, "again"); }), ErrorKind::unique);
    if (postgresql()) {
      // The server would answer the commit with "ROLLBACK", and nobody would notice.
      EXPECT_EQ(kind_of([&] { transaction.commit(); }), ErrorKind::unexpected);
    }
  };
  fail();
  EXPECT_FALSE(session->in_transaction());
  const auto before = on_server();
  for (int round = 0; round < 5; ++round) {
    fail();
  }
  EXPECT_EQ(on_server(), before);
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t"), 1);
}

TEST_P(ServerSession, BodiesOfFunctionsAreRunAsTheyStand) {
  const auto session = with_table();
  if (postgresql()) {
    session->run("create function {prefix}f() returns bigint language plpgsql as $$ declare x bigint[]; begin "
                 "x := '{1,2,3}'; return (x[2:2])[1]; end $$");
  } else {
    session->run(
        "create function {prefix}f() returns bigint deterministic begin declare x bigint; again: loop set x = 2; "
        "leave again; end loop; return x; end");
  }
  EXPECT_EQ(number(*session, "select {prefix}f()"), 2);
}

TEST_P(ServerSession, DeadlocksAndLockWaitsAreToBeRunAgain) {
  const auto one = with_table(seconds(1));
  const auto two = open(seconds(1));
  insert(*one, 1, "x");
  insert(*one, 2, "x");
  const auto update = [](Session &session, std::int64_t a) {
    session.execute("update {prefix}t set c = 'u' where a = :a", {{"a", a}});
  };
  {
    Transaction holds(*one);
    update(*one, 1);
    Transaction waits(*two);
    EXPECT_EQ(kind_of([&] { update(*two, 1); }), ErrorKind::again);
  }
  const auto three = open(seconds(30));
  const auto four = open(seconds(30));
  Transaction first(*three);
  Transaction second(*four);
  update(*three, 1);
  update(*four, 2);
  std::vector<ErrorKind> met;
  std::thread other([&] {
    try {
      update(*four, 1);
    } catch (const DatabaseError &error) {
      met.push_back(error.kind());
      four->rollback();
    }
  });
  try {
    update(*three, 2);
  } catch (const DatabaseError &error) {
    three->rollback();
    other.join();
    met.push_back(error.kind());
  }
  if (other.joinable()) {
    other.join();
  }
  EXPECT_EQ(met, std::vector<ErrorKind>{ErrorKind::again});
}

TEST_P(ServerSession, ASerializationFailureIsToBeRunAgain) {
  if (!postgresql()) {
    GTEST_SKIP() << "MariaDB's transactions meet as deadlocks and lock waits";
  }
  const auto one = with_table();
  const auto two = open();
  insert(*one, 1, "x");
  Transaction reads(*two, "begin isolation level repeatable read");
  EXPECT_EQ(number(*two, "select count(*) from {prefix}t"), 1);
  one->execute("update {prefix}t set c = 'u'");
  EXPECT_EQ(kind_of([&] { two->execute("update {prefix}t set c = 'v'"); }), ErrorKind::again);
}

TEST_P(ServerSession, ThatTheServerHasClosedAConnectionIsSeenBeforeItIsUsed) {
  const auto session = open();
  EXPECT_FALSE(session->broken());
  end_connections_of(database_.name);
  EXPECT_TRUE(comes_true([&] { return session->broken(); }));
  session->reconnect();
  EXPECT_FALSE(session->broken());
  EXPECT_EQ(number(*session, "select 1"), 1);
}

TEST_P(ServerSession, AStatementThatTakesTooLongIsGivenUpByTheServer) {
  const auto session = open(seconds(5), milliseconds(100));
  EXPECT_EQ(kind_of([&] { session->query(sleeping(60), "t"); }), ErrorKind::busy);
  EXPECT_FALSE(session->broken());
  EXPECT_EQ(number(*session, "select 1"), 1);
}

TEST_P(ServerSession, NoStatementIsBegunWhenTheTimeIsOver) {
  const auto session = with_table();
  session->wait_until(Clock::now());
  EXPECT_EQ(kind_of([&] { insert(*session, 1, "x"); }), ErrorKind::busy);
  session->wait_until(Clock::time_point::max());
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t"), 0);
}

TEST_P(ServerSession, TheServerIsToldHowLongTheCallerWaits) {
  const auto session = open(seconds(5), seconds(30));
  const auto told = [&] {
    auto rows = session->query(
        postgresql() ? "select current_setting('statement_timeout')" : "select @@max_statement_time", "t");
    rows.next();
    return rows.text();
  };
  EXPECT_EQ(told(), postgresql() ? "30s" : "30.000000");
  session->wait_until(Clock::now() + seconds(1000));
  EXPECT_EQ(told(), postgresql() ? "30s" : "30.000000");
  session->wait_until(Clock::now() + seconds(20));
  const std::string less = told();
  EXPECT_EQ(less, postgresql() ? "16384ms" : "16.384000");
  session->wait_until(Clock::now() + milliseconds(300));
  EXPECT_EQ(kind_of([&] { session->query(sleeping(60), "t"); }), ErrorKind::busy);
  EXPECT_FALSE(session->broken());
  session->wait_until(Clock::time_point::max());
  EXPECT_EQ(told(), postgresql() ? "30s" : "30.000000");
}

TEST_P(ServerSession, TheNextHostIsTakenWhereOneDoesNotAnswer) {
  ServerTarget list = target_;
  list.hosts.insert(list.hosts.begin(), ServerHost{"127.0.0.1", 1});
  const auto session = open_server(list, {});
  EXPECT_EQ(number(*session, "select 1"), 1);
  session->reconnect();
  EXPECT_EQ(number(*session, "select 1"), 1);
}

TEST_P(ServerSession, WhoCannotConnectHearsWhyAndNoPassword) {
  ServerTarget wrong = target_;
  wrong.hosts = {ServerHost{"127.0.0.1", 1}};
  wrong.password = "S3cret'";
  const Caught refused = caught([&] { open_server(wrong, {}); });
  EXPECT_EQ(refused.kind, ErrorKind::unavailable);
  EXPECT_THAT(refused.message, Not(HasSubstr("S3cret")));
  EXPECT_THAT(refused.message, HasSubstr("\"127.0.0.1\", port 1"));
  EXPECT_EQ(refused.message.find_first_of("\n\t"), std::string::npos) << refused.message;
  wrong = target_;
  wrong.name = "no_such_database";
  const Caught missing = caught([&] { open_server(wrong, {}); });
  EXPECT_EQ(missing.kind, ErrorKind::unavailable);
  EXPECT_THAT(missing.message, HasSubstr("no_such_database"));
}

TEST_P(ServerSession, WhereNobodyAnswersConnectingEndsWithThePatience) {
  // The system accepts connections there, and nobody ever says a word.
  const int silent = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(silent, reinterpret_cast<const sockaddr *>(&address), size), 0);
  ASSERT_EQ(::listen(silent, 5), 0);
  ASSERT_EQ(::getsockname(silent, reinterpret_cast<sockaddr *>(&address), &size), 0);
  ServerTarget target = target_;
  target.hosts = {ServerHost{"127.0.0.1", ntohs(address.sin_port)}};
  const auto begin = Clock::now();
  const Caught refused = caught([&] { open_server(target, adapters::ServerOptions{"p_", seconds(1), seconds(120)}); });
  EXPECT_LT(Clock::now() - begin, seconds(60));
  EXPECT_EQ(refused.kind, ErrorKind::unavailable);
  EXPECT_THAT(refused.message, HasSubstr("port " + std::to_string(target.hosts[0].port)));
  ::close(silent);
  // Once it is connected a statement may take longer than that.
  const auto session = open(seconds(1), seconds(120));
  EXPECT_EQ(number(*session, postgresql() ? "select 1 from pg_sleep(3)" : "select 1 + sleep(3)"), 1);
}

TEST_P(ServerSession, ADatabaseThatIsNotThereOrMayNotBeUsedSaysBoth) {
  if (postgresql()) {
    GTEST_SKIP() << "PostgreSQL tells the one from the other";
  }
  ServerTarget wrong = target_;
  wrong.name = "no_such_database";
  EXPECT_THAT(caught([&] { open_server(wrong, {}); }).message,
              HasSubstr("lacks a right on database no_such_database, or there is no such database"));
}

// Of the server's settings for everybody those are not taken over that would keep an answer from being stored or whole.
TEST_P(ServerSession, AStatementAloneIsATransactionWhateverTheServerIsSetTo) {
  if (postgresql()) {
    GTEST_SKIP() << "PostgreSQL knows no such settings";
  }
  server().administer("set global autocommit = 0, global completion_type = 1, global sql_select_limit = 1");
  {
    const auto session = open();
    session->run("create table alone (number bigint)");
    session->execute("insert into alone (number) values (1), (2)", {});
    const auto other = open();
    EXPECT_EQ(number(*other, "select count(*) from (select number from alone) all_of_them"), 2);
    EXPECT_EQ(number(*other, "select @@sql_select_limit > 1000000"), 1);
  }
  server().administer("set global autocommit = 1, global completion_type = 0, global sql_select_limit = default");
}

// Another encoding could not store what people write.
TEST_P(ServerSession, ADatabaseOfAnotherEncodingIsRefused) {
  if (!postgresql()) {
    GTEST_SKIP() << "the tables say their character set themselves";
  }
  server().administer("create database in_latin encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C' "
                      "template template0");
  ServerTarget latin = target_;
  latin.name = "in_latin";
  EXPECT_THAT(caught([&] { open_server(latin, {}); }).message, HasSubstr("LATIN1; it has to be UTF8"));
  server().administer("drop database in_latin with (force)");
}

// What is not a server's own message may be what people wrote.
TEST_P(ServerSession, WhatOthersRaiseUnderACodeOfTheServersIsNotRepeated) {
  const auto session = open();
  const auto message =
      caught([&] {
        session->run(postgresql() ? "do $$ begin raise exception 'M4RKED' using errcode = '53100'; end $$"
                                  : "signal sqlstate '45000' set mysql_errno = 1146, message_text = 'M4RKED'");
      }).message;
  EXPECT_THAT(message, AllOf(HasSubstr(postgresql() ? "53100" : "1146"), Not(HasSubstr("M4RKED"))));
}

// A server that refuses has stored nothing, a connection that is gone leaves it open.
TEST_P(ServerSession, ARefusalIsNoLostConnection) {
  const auto session = open();
  const auto refused = caught([&] {
    session->run(postgresql() ? "do $$ begin raise exception 'no' using errcode = '25006'; end $$"
                              : "signal sqlstate '25006' set mysql_errno = 1290, message_text = 'no'");
  });
  EXPECT_EQ(refused.kind, ErrorKind::unavailable);
  EXPECT_FALSE(refused.lost);
}

TEST_P(ServerSession, AnOpenTransactionIsRolledBackWhenItsLeaseEnds) {
  const auto look = with_table();
  Pool pool([this] { return open(); }, 1, seconds(5));
  {
    auto lease = pool.lease();
    lease->begin();
    insert(*lease, 1, "x");
  }
  // The row is free: nobody holds it.
  look->execute("set " + std::string(postgresql() ? "lock_timeout = 100" : "innodb_lock_wait_timeout = 1"));
  insert(*look, 1, "y");
  EXPECT_EQ(number(*look, "select count(*) from {prefix}t"), 1);
  auto lease = pool.lease();
  EXPECT_FALSE(lease->in_transaction());
  EXPECT_EQ(number(*lease, "select count(*) from {prefix}t"), 1);
}

} // namespace
} // namespace parley::tests
