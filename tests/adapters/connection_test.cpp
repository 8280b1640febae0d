#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/session.hpp"
#include "adapters/connection/sqlite.hpp"
#include "adapters/connection/table_prefix.hpp"
#include "tests/adapters/support/test_database.hpp"

namespace parley::tests {
namespace {

using namespace adapters;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

std::string refusal(const std::string &connection) {
  try {
    parse_connection(connection);
  } catch (const InvalidConnection &error) {
    return error.what();
  }
  return "not refused";
}

TEST(ConnectionString, NamesAFile) {
  EXPECT_EQ(parse_connection("sqlite:/var/lib/x.db").location, "/var/lib/x.db");
  EXPECT_EQ(parse_connection("sqlite:relative path/x.db").location, "relative path/x.db");
  EXPECT_EQ(parse_connection("sqlite:x").database, Database::sqlite);
}

TEST(ConnectionString, KnowsServers) {
  EXPECT_EQ(parse_connection("postgresql://host/db").database, Database::postgresql);
  EXPECT_EQ(parse_connection("postgres://host/db").server.database, Database::postgresql);
  EXPECT_EQ(parse_connection("mariadb://host/db").database, Database::mariadb);
  EXPECT_EQ(parse_connection("mysql://host/db").server.database, Database::mariadb);
}

TEST(ConnectionString, NamesAServerAndItsDatabase) {
  const auto server = parse_connection("postgresql://me:pass@db.example:5433/shop?schema=crm_1&sslmode=require").server;
  EXPECT_EQ(server.user, "me");
  EXPECT_EQ(server.password, "pass");
  ASSERT_EQ(server.hosts.size(), 1U);
  EXPECT_EQ(server.hosts[0].name, "db.example");
  EXPECT_EQ(server.hosts[0].port, 5433);
  EXPECT_EQ(server.name, "shop");
  EXPECT_EQ(server.schema, "crm_1");
  ASSERT_EQ(server.options.size(), 1U);
  EXPECT_EQ(server.options[0].first, "sslmode");
  EXPECT_EQ(server.options[0].second, "require");
}

TEST(ConnectionString, HostsAreAList) {
  const auto hosts = parse_connection("postgresql://a:1,[::1]:2,[fe80::1],b/db").server.hosts;
  ASSERT_EQ(hosts.size(), 4U);
  EXPECT_EQ(hosts[0].name, "a");
  EXPECT_EQ(hosts[1].name, "::1");
  EXPECT_EQ(hosts[1].port, 2);
  EXPECT_EQ(hosts[2].name, "fe80::1");
  EXPECT_EQ(hosts[2].port, 5432);
  EXPECT_EQ(hosts[3].port, 5432);
  EXPECT_EQ(parse_connection("mariadb://b/db").server.hosts.at(0).port, 3306);
}

TEST(ConnectionString, PartsAreDecoded) {
  const auto server = parse_connection("mariadb://a%40b:p%3A%2F%3f'%25@@host/d%20b").server;
  EXPECT_EQ(server.user, "a@b");
  EXPECT_EQ(server.password, "p:/?'%@");
  EXPECT_EQ(server.name, "d b");
}

TEST(ConnectionString, NamesAUnixSocket) {
  EXPECT_EQ(parse_connection("postgresql://me@/db?host=/run/postgresql").server.socket, "/run/postgresql");
  const auto server = parse_connection("mariadb:///db?socket=/run/mysqld/mysqld.sock").server;
  EXPECT_EQ(server.socket, "/run/mysqld/mysqld.sock");
  EXPECT_TRUE(server.hosts.empty());
}

TEST(ConnectionString, RefusesServersThatAreNotNamedWell) {
  EXPECT_THAT(refusal("postgresql://host"), HasSubstr("no database"));
  EXPECT_THAT(refusal("postgresql://host/"), HasSubstr("no database"));
  EXPECT_THAT(refusal("postgresql:///db"), HasSubstr("no host"));
  EXPECT_THAT(refusal("postgresql://a,,b/db"), HasSubstr("empty host"));
  EXPECT_THAT(refusal("postgresql://a,/db"), HasSubstr("empty host"));
  EXPECT_THAT(refusal("postgresql://a:0/db"), HasSubstr("1 to 65535"));
  EXPECT_THAT(refusal("postgresql://a:65536/db"), HasSubstr("1 to 65535"));
  EXPECT_THAT(refusal("postgresql://a:x/db"), HasSubstr("1 to 65535"));
  EXPECT_THAT(refusal("postgresql://[::1/db"), HasSubstr("\"]\""));
  EXPECT_THAT(refusal("postgresql://[::1]x/db"), HasSubstr("port"));
  EXPECT_THAT(refusal("postgresql://a/b/c"), HasSubstr("\"/\""));
  EXPECT_THAT(refusal("postgresql://a%zz/db"), HasSubstr("%25"));
  EXPECT_THAT(refusal("postgresql://a%4/db"), HasSubstr("%25"));
  EXPECT_THAT(refusal("postgresql://a/d%00b"), HasSubstr("control"));
  EXPECT_THAT(refusal("postgresql://a/db?host=/run"), HasSubstr("both"));
  EXPECT_THAT(refusal("postgresql:///db?host=run"), HasSubstr("absolute"));
}

// A raw "?" ends what stands before the options: what is found wrong then is a piece of the password.
TEST(ConnectionString, SaysHowAPasswordIsWritten) {
  for (const std::string password : {"S3cret?x", "S3cret/x?y=z", "S3:cret?", "1/S3cret?S3cret=1"}) {
    const std::string heard = refusal("mariadb://me:" + password + "@host/db");
    EXPECT_THAT(heard, HasSubstr("%3F")) << password;
    EXPECT_THAT(heard, Not(HasSubstr("S3"))) << password;
  }
  EXPECT_THAT(refusal("postgresql://me:pass/db"), HasSubstr("%40"));
  EXPECT_THAT(refusal("postgresql://ho'st/db"), HasSubstr("%2F"));
}

TEST(ConnectionString, RefusesUnknownOptionsByName) {
  EXPECT_THAT(refusal("postgresql://a/db?socket=/x"), HasSubstr("\"socket\""));
  EXPECT_THAT(refusal("postgresql://a/db?options=-cfsync"), HasSubstr("\"options\""));
  EXPECT_THAT(refusal("mariadb://a/db?schema=x"), HasSubstr("\"schema\""));
  EXPECT_THAT(refusal("mariadb://a/db?local_infile=1"), HasSubstr("\"local_infile\""));
  EXPECT_THAT(refusal("mariadb://a/db?sslmode=verify-full"), HasSubstr("verify-ca"));
  EXPECT_THAT(refusal("mariadb://a/db?sslmode=require"), HasSubstr("\"sslrootcert\""));
  EXPECT_EQ(refusal("mariadb://a/db?sslmode=require&sslrootcert=/ca.crt"), "not refused");
  EXPECT_THAT(refusal("postgresql://a/db?schema=A-b"), HasSubstr("a-z"));
  EXPECT_THAT(refusal("postgresql://a/db?sslmode"), HasSubstr("\"=\""));
  EXPECT_THAT(refusal("postgresql://a/db?sslmode="), HasSubstr("empty"));
  EXPECT_THAT(refusal("postgresql://a/db?sslmode=a&sslmode=b"), HasSubstr("twice"));
}

TEST(ConnectionString, RefusesTheRest) {
  EXPECT_THAT(refusal(""), HasSubstr("scheme"));
  EXPECT_THAT(refusal("x.db"), HasSubstr("scheme"));
  EXPECT_THAT(refusal(":x"), HasSubstr("scheme"));
  EXPECT_THAT(refusal("sqlite:"), HasSubstr("no file"));
  EXPECT_THAT(refusal("sqlite::memory:"), HasSubstr("memory"));
  EXPECT_THAT(refusal("sqlite:file:x?mode=memory"), HasSubstr("memory"));
  EXPECT_THAT(refusal("sqlite:a\"b"), HasSubstr("quotation"));
  EXPECT_THAT(refusal(std::string("sqlite:a\0b", 10)), HasSubstr("control"));
  EXPECT_THAT(refusal("oracle://host"), HasSubstr("Supported: sqlite:<path>, postgresql:"));
  EXPECT_THAT(refusal("postgresql:host"), HasSubstr("Supported"));
}

TEST(ConnectionString, RefusalsRepeatNoPassword) {
  for (const char *bad : {"oracle://me:secret@host/db", "mysql://me:secret@host", "mysql://me:secret@host:x/db",
                          "postgresql://me:secret%zz@host/db", "postgresql://me:secret@host/db?hidden=secret&x",
                          "postgresql://me:secret@ho/st/db"}) {
    EXPECT_THAT(refusal(bad), Not(HasSubstr("secret"))) << bad;
  }
  EXPECT_THAT(refusal("my secret:x"), Not(HasSubstr("secret")));
}

TEST(TablePrefix, Rules) {
  for (const std::string &good : {std::string(), std::string("parley_"), std::string("_x9"), std::string(32, 'a')}) {
    EXPECT_NO_THROW(check_table_prefix(good));
  }
  for (const std::string &bad : {std::string("Parley"), std::string("a-b"), std::string("a b"), std::string("a;drop"),
                                 std::string("9a"), std::string("sqlite_x"), std::string(33, 'a')}) {
    EXPECT_THROW(check_table_prefix(bad), InvalidConnection) << bad;
  }
  EXPECT_EQ(with_prefix("select {prefix}a, {prefix}b", "p_"), "select p_a, p_b");
  EXPECT_EQ(with_prefix("{prefi}", "p_"), "{prefi}");
}

class SessionTest : public ::testing::Test {
protected:
  SessionTest() : path_(fresh_path()) {}
  [[nodiscard]] std::unique_ptr<Session> open(milliseconds patience = milliseconds(200)) const {
    return open_sqlite(path_, {"p_", patience});
  }
  static std::int64_t number(Session &session, const std::string &sql) {
    auto rows = session.query(sql, "i");
    rows.next();
    return rows.integer();
  }
  static ErrorKind kind_of(const std::function<void()> &work) {
    try {
      work();
    } catch (const DatabaseError &error) {
      return error.kind();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorKind::unexpected;
  }

  std::string path_;
};

TEST_F(SessionTest, IsDurable) {
  const auto session = open(milliseconds(1234));
  auto rows = session->query("pragma journal_mode", "t");
  rows.next();
  EXPECT_EQ(rows.text(), "wal");
  EXPECT_EQ(number(*session, "pragma synchronous"), 2);
  EXPECT_EQ(number(*session, "pragma foreign_keys"), 1);
  EXPECT_EQ(number(*session, "pragma busy_timeout"), 1234);
}

TEST_F(SessionTest, KeepsStatementsPrepared) {
  const auto session = open();
  session->execute("create table {prefix}t (a integer, b text)");
  const auto before = session->prepared();
  for (int at = 0; at < 3; ++at) {
    EXPECT_EQ(
        session->execute("insert into {prefix}t values (:a, :b)", {{"a", std::int64_t{at}}, {"b", std::to_string(at)}}),
        1);
  }
  EXPECT_EQ(session->prepared(), before + 1);
  EXPECT_EQ(number(*session, "select sum(a) from {prefix}t"), 3);
  for (int at = 0; at < 600; ++at) {
    number(*session, "select " + std::to_string(at));
  }
  EXPECT_LE(session->prepared(), 256U);
}

TEST_F(SessionTest, ValuesAndNulls) {
  const auto session = open();
  session->execute("create table {prefix}t (a integer, b text)");
  const std::string body = "it's";
  for (const bool null : {true, false, true}) {
    session->execute("insert into {prefix}t values (:a, :b)",
                     {{"a", null ? std::nullopt : std::optional<std::int64_t>(INT64_MIN)},
                      {"b", null ? std::nullopt : std::optional<std::string>(body)}});
  }
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t where a is null and b is null"), 2);
  auto rows = session->query("select a, b from {prefix}t order by rowid", "it");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(), 0);
  EXPECT_EQ(rows.text(), "");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(), INT64_MIN);
  EXPECT_EQ(rows.text(), body);
  ASSERT_TRUE(rows.next());
  EXPECT_FALSE(rows.next());
  EXPECT_FALSE(rows.next());
}

TEST_F(SessionTest, ANulCharacterIsRefused) {
  const auto session = open();
  session->execute("create table {prefix}t (b text)");
  const auto insert = [&](std::string value) {
    session->execute("insert into {prefix}t values (:b)", {{"b", std::move(value)}});
  };
  EXPECT_EQ(kind_of([&] { insert(std::string("a\0b", 3)); }), ErrorKind::constraint);
  insert("fine");
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t"), 1);
}

TEST_F(SessionTest, MisuseIsNoticed) {
  const auto session = open();
  session->execute("create table {prefix}t (a integer)");
  session->execute("insert into {prefix}t values (1), (2)");
  const std::string sql = "select a from {prefix}t where a > :a";
  {
    auto rows = session->query(sql, "i", {{"a", std::int64_t{0}}});
    EXPECT_THROW(session->query(sql, "i", {{"a", std::int64_t{0}}}), std::logic_error);
    ASSERT_TRUE(rows.next());
    EXPECT_THROW(rows.text(), std::logic_error);
    EXPECT_THROW(rows.text(), std::logic_error);
  }
  EXPECT_THROW(session->query(sql, "i", {}), std::logic_error);
  EXPECT_THROW(session->query(sql, "i", {{"a", std::string("x")}}), std::logic_error);
  auto rows = session->query(sql, "i", {{"a", std::int64_t{1}}});
  EXPECT_TRUE(rows.next());
}

TEST_F(SessionTest, ErrorsSayWhatTheyAreAndNoValues) {
  const auto session = open();
  session->execute("create table {prefix}t (a text unique check (a <> 'bad'))");
  const auto insert = [&](const std::string &value) {
    session->execute("insert into {prefix}t values (:a)", {{"a", value}});
  };
  insert("secret");
  EXPECT_EQ(kind_of([&] { insert("secret"); }), ErrorKind::unique);
  EXPECT_EQ(kind_of([&] { insert("bad"); }), ErrorKind::constraint);
  EXPECT_EQ(kind_of([&] { session->execute("select * from {prefix}none"); }), ErrorKind::schema);
  EXPECT_EQ(kind_of([&] { session->execute("nonsense"); }), ErrorKind::unexpected);
  try {
    insert("secret");
    FAIL();
  } catch (const DatabaseError &error) {
    EXPECT_THAT(error.what(), Not(HasSubstr("secret")));
  }
  insert("good");
  EXPECT_FALSE(session->broken());
}

TEST_F(SessionTest, RowsThatAreNotReadHoldNoLock) {
  const auto reader = open();
  const auto writer = open();
  writer->execute("create table {prefix}t (a integer)");
  writer->execute("insert into {prefix}t values (1), (2), (3)");
  {
    auto rows = reader->query("select a from {prefix}t", "i");
    rows.next();
  }
  writer->execute("insert into {prefix}t values (4)");
  EXPECT_EQ(number(*reader, "select count(*) from {prefix}t"), 4);
  EXPECT_NO_THROW(writer->execute("pragma wal_checkpoint(truncate)"));
}

TEST_F(SessionTest, TransactionsAreTakenBack) {
  const auto session = open();
  session->execute("create table {prefix}t (a integer)");
  {
    Transaction transaction(*session);
    session->execute("insert into {prefix}t values (1)");
    EXPECT_TRUE(session->in_transaction());
  }
  EXPECT_FALSE(session->in_transaction());
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t"), 0);
  {
    Transaction transaction(*session);
    session->execute("insert into {prefix}t values (1)");
    transaction.commit();
  }
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t"), 1);
}

TEST_F(SessionTest, ALockIsWaitedForAsLongAsPatienceLasts) {
  const auto holder = open();
  const auto other = open(milliseconds(50));
  holder->begin("begin immediate");
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(kind_of([&] { other->begin("begin immediate"); }), ErrorKind::busy);
  EXPECT_GE(std::chrono::steady_clock::now() - before, milliseconds(40));
  EXPECT_FALSE(other->in_transaction());
  holder->rollback();
  other->begin("begin immediate");
  other->commit();
}

TEST_F(SessionTest, ReconnectsWithoutItsStatements) {
  const auto session = open();
  session->execute("create table {prefix}t (a integer)");
  session->begin();
  session->execute("insert into {prefix}t values (1)");
  session->reconnect();
  EXPECT_EQ(session->prepared(), 0U);
  EXPECT_FALSE(session->in_transaction());
  EXPECT_EQ(number(*session, "select count(*) from {prefix}t"), 0);
  EXPECT_EQ(number(*session, "pragma foreign_keys"), 1);
}

TEST_F(SessionTest, WhatCannotBeOpened) {
  EXPECT_EQ(kind_of([&] { open_sqlite("/no/such/folder/x.db", {}); }), ErrorKind::unavailable);
  std::ofstream(path_) << std::string(5000, 'x');
  EXPECT_EQ(kind_of([&] { static_cast<void>(open()); }), ErrorKind::unavailable);
}

} // namespace
} // namespace parley::tests
