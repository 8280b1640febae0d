// O1, O2: the same data everywhere. What the stores wrote into one database is copied round all three.
#include <algorithm>
#include <map>

#include "adapters/connection/sqlite.hpp"
#include "migrations/backend.hpp"
#include "migrations/copy.hpp"
#include "migrations/migrations.hpp"
#include "tests/adapters/support/store_test.hpp"
#include "tests/support/servers/client.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {
namespace {

using migrations::CopyProgress;
using migrations::CopyReport;
using migrations::Error;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Interrupted : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::map<std::string, std::string> checksums(const CopyReport &report) {
  std::map<std::string, std::string> sums;
  for (const auto &table : report.tables) {
    sums[table.name] = table.checksum;
  }
  return sums;
}

class CopyTest : public StoreTest {
protected:
  CopyTest()
      : postgresql_(TestServer::postgresql().fresh_database()), mariadb_(TestServer::mariadb().fresh_database()) {
    const std::vector<std::string> texts{"Größe",
                                         "Цена",
                                         "价格 100",
                                         "السعر",
                                         "מחיר",
                                         "ราคา",
                                         "가격",
                                         "τιμή",
                                         "मूल्य",
                                         "🛒 ORD-1001",
                                         std::string(65'536, 'x'),
                                         "a\\b'c\"d\n\te",
                                         " trailing "};
    for (const std::string &text : texts) {
      auto begun = sample(text.substr(0, 200));
      store::RecordLabel label;
      label.record = kAmanda;
      label.title = text.substr(0, 200);
      label.sort_key = "key";
      label.refreshed = now_;
      begun.labels.push_back(label);
      const auto id = start(begun);
      say(id, kAmanda, text);
      say(id, kJohn, text, Visibility::internal);
    }
    const auto gone = start("Gone");
    EXPECT_TRUE(store().remove({doing(kJohn), gone, everything(), everything(), 0}));
    EXPECT_TRUE(workflows().set_active("conversation_flow", false, doing(kJohn)));
    last_ = gone;
    stores_ = {};
    for (const std::string &target : {postgresql_.owner, mariadb_.owner, back_}) {
      migrations::apply(target);
    }
  }
  ~CopyTest() override {
    TestServer::postgresql().drop(postgresql_);
    TestServer::mariadb().drop(mariadb_);
  }

  [[nodiscard]] std::string source() const { return database_->connection(); }

  static CopyReport copy(
      const std::string &from, const std::string &to,
      const std::function<void(const CopyProgress &)> &progress = [](const auto &) {}) {
    return migrations::copy(from, {}, to, {}, progress);
  }
  static std::string refusal(const std::string &from, const std::string &to) {
    try {
      copy(from, to);
    } catch (const Error &error) {
      return error.what();
    }
    return "nothing was thrown";
  }
  /// Throws when the table is reached.
  static void interrupt(const std::string &from, const std::string &to, const std::string &table) {
    EXPECT_THROW(copy(from, to,
                      [&](const CopyProgress &progress) {
                        if (progress.table == table && progress.rows > 0) {
                          throw Interrupted("here");
                        }
                      }),
                 Interrupted);
  }
  static void expect_sound(const std::string &connection) {
    EXPECT_EQ(migrations::status(connection).unfinished, "");
    const auto report = migrations::verify_data(connection, 3);
    for (const auto &result : report.results) {
      EXPECT_EQ(result.violations, 0U) << result.name << ": "
                                       << (result.examples.empty() ? "" : result.examples.front().what);
    }
  }

  FreshDatabase postgresql_;
  FreshDatabase mariadb_;
  std::string back_ = "sqlite:" + fresh_path();
  ConversationId last_ = 0; ///< the highest id, of a conversation that was deleted
};
INSTANTIATE_TEST_SUITE_P(Database, CopyTest, ::testing::Values(sqlite_kind()),
                         [](const auto &instance) { return instance.param.name; });

TEST_P(CopyTest, RoundAllDatabases) {
  const auto there = copy(source(), postgresql_.owner);
  EXPECT_THAT(there.differences, IsEmpty());
  expect_sound(postgresql_.owner);
  const auto on = copy(postgresql_.owner, mariadb_.owner);
  EXPECT_THAT(on.differences, IsEmpty());
  expect_sound(mariadb_.owner);
  const auto back = copy(mariadb_.owner, back_);
  EXPECT_THAT(back.differences, IsEmpty());
  expect_sound(back_);
  EXPECT_EQ(checksums(there), checksums(on));
  EXPECT_EQ(checksums(there), checksums(back));
}

TEST_P(CopyTest, AndTheOtherWayRound) {
  const auto there = copy(source(), mariadb_.owner);
  EXPECT_THAT(there.differences, IsEmpty());
  const auto on = copy(mariadb_.owner, postgresql_.owner);
  EXPECT_THAT(on.differences, IsEmpty());
  const auto back = copy(postgresql_.owner, back_);
  EXPECT_THAT(back.differences, IsEmpty());
  EXPECT_EQ(checksums(there), checksums(back));
}

// What was deleted is not given again: events outlive the conversation that they tell of.
TEST_P(CopyTest, IdsAreNotGivenAgain) {
  for (const std::string &target : {postgresql_.owner, mariadb_.owner, back_}) {
    ASSERT_THAT(copy(source(), target).differences, IsEmpty());
    const auto backend = migrations::backend_of(target, {});
    const auto session = backend->connect();
    EXPECT_GE(backend->given(*session, "conversation"), last_) << target;
  }
}

TEST_P(CopyTest, InterruptedItGoesOn) {
  for (const std::string &target : {postgresql_.owner, mariadb_.owner, back_}) {
    interrupt(source(), target, "message");
    EXPECT_THAT(migrations::status(target).unfinished, HasSubstr("A copy into this database is not finished"));
    interrupt(source(), target, "event of the source");
    bool resumed = false;
    const auto report = copy(source(), target, [&](const auto &progress) { resumed = resumed || progress.resumed; });
    EXPECT_TRUE(resumed);
    EXPECT_THAT(report.differences, IsEmpty());
    expect_sound(target);
  }
}

TEST_P(CopyTest, OnlyIntoWhatIsEmpty) {
  ASSERT_THAT(copy(source(), postgresql_.owner).differences, IsEmpty());
  EXPECT_THAT(refusal(source(), postgresql_.owner), HasSubstr("The target is not empty: there are rows in parley_"));
  interrupt(source(), mariadb_.owner, "message");
  EXPECT_THAT(refusal(postgresql_.owner, mariadb_.owner), HasSubstr("an unfinished copy of another source"));
}

TEST_P(CopyTest, BothSchemasMustBeCurrent) {
  const std::string empty = "sqlite:" + fresh_path();
  EXPECT_THAT(refusal(source(), empty), HasSubstr("There is no file"));
  migrations::Options other;
  other.table_prefix = "other_";
  migrations::apply(empty, other);
  EXPECT_THAT(refusal(source(), empty), HasSubstr("The target's schema is empty: at step 0"));
  EXPECT_THAT(refusal(empty, source()), HasSubstr("The source's schema is empty"));
}

TEST_P(CopyTest, AnAlteredRowIsNamed) {
  bool altered = false;
  const auto report = copy(source(), postgresql_.owner, [&](const CopyProgress &progress) {
    if (!altered && progress.doing == CopyProgress::Doing::checking) {
      Client(postgresql_.owner).run("update parley_message set body = 'other' where id = 2");
      Client(postgresql_.owner).run("delete from parley_workflow_state");
      altered = true;
    }
  });
  EXPECT_THAT(report.differences, ElementsAre(HasSubstr("Table message: the checksum of the target's rows is another"),
                                              "Table workflow_state: the source has 1 rows, the target 0."));
  EXPECT_THAT(migrations::status(postgresql_.owner).unfinished, HasSubstr("not finished"));
}

TEST_P(CopyTest, ASourceThatIsWrittenIsNoticed) {
  bool written = false;
  const auto report = copy(source(), mariadb_.owner, [&](const CopyProgress &progress) {
    if (!written && progress.table == "event") {
      reopen();
      start("Meanwhile");
      stores_ = {};
      written = true;
    }
  });
  EXPECT_THAT(report.differences,
              Contains(AllOf(HasSubstr("The source was written meanwhile"), HasSubstr("Stop every host"))));
}

// "Mark as unread" has no event: a mark that moves when the source was read for the last time shows in its state alone.
TEST_P(CopyTest, AMarkThatWasSetBackInTheSourceIsNoticed) {
  ASSERT_THAT(copy(source(), postgresql_.owner).differences, IsEmpty());
  ASSERT_THAT(copy(source(), mariadb_.owner).differences, IsEmpty());
  for (const std::string &from : {source(), postgresql_.owner, mariadb_.owner}) {
    SCOPED_TRACE(from);
    const std::string to = "sqlite:" + fresh_path();
    migrations::apply(to);
    bool marked = false;
    const auto report = copy(from, to, [&](const CopyProgress &progress) {
      if (!marked && progress.table == "conversation of the target") {
        stores_ = std::move(adapters::open(from)).value();
        EXPECT_TRUE(store().mark_unread({doing(kJohn), 1, everything()}));
        stores_ = {};
        marked = true;
      }
    });
    EXPECT_TRUE(marked);
    EXPECT_THAT(report.differences, ElementsAre(HasSubstr("The source was written meanwhile: marks")));
  }
}

// Which of the two refused is said.
TEST_P(CopyTest, WhichSideRefusedIsSaid) {
  EXPECT_THAT(refusal("sqlite:/no/such/folder/x.db", back_), StartsWith("The source (--from): There is no folder"));
  EXPECT_THAT(refusal(source(), "sqlite:/no/such/folder/x.db"), StartsWith("The target (--to): There is no folder"));
  EXPECT_THAT(refusal("nonsense", back_), StartsWith("The source (--from): "));
  EXPECT_THAT(refusal(source(), "mariadb://127.0.0.1:1/db"),
              StartsWith("The target (--to): The database cannot be used: "));
  EXPECT_THAT(refusal(source(), mariadb_.least),
              StartsWith("The target (--to): The database refused a statement: The role "
                         "\"parley_app\" lacks the right CREATE"));
  EXPECT_THAT(refusal(source(), postgresql_.least),
              StartsWith("The target (--to): The database refused a statement: "));
  // In the middle: a table of the one or the other is gone.
  for (const bool of_target : {true, false}) {
    const std::string &target = of_target ? mariadb_.owner : postgresql_.owner;
    bool dropped = false;
    try {
      copy(source(), target, [&](const CopyProgress &progress) {
        if (!dropped && progress.table == "message") {
          Client(of_target ? target : source()).run("drop table parley_workflow_state");
          dropped = true;
        }
      });
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error &error) {
      EXPECT_THAT(error.what(), StartsWith(of_target ? "The target (--to): " : "The source (--from): "));
    }
  }
}

// On servers events get their positions later: whatever has none when the copy begins gets it first.
TEST_P(CopyTest, UnpublishedEventsComeAlong) {
  ASSERT_THAT(copy(source(), postgresql_.owner).differences, IsEmpty());
  Client(postgresql_.owner)
      .run("insert into parley_event (kind, happened_at, visibility) values ('label-changed', 1, 'internal')");
  const auto report = copy(postgresql_.owner, mariadb_.owner);
  EXPECT_THAT(report.differences, IsEmpty());
  EXPECT_EQ(Client(mariadb_.owner)
                .run("select count(*) from parley_event where kind = 'label-changed' and position = "
                     "(select last_position from parley_event_feed)"),
            std::vector<std::string>{"1"});
  Client(mariadb_.owner)
      .run("insert into parley_event (kind, happened_at, visibility) values ('label-changed', 2, 'internal')");
  EXPECT_THAT(copy(mariadb_.owner, back_).differences, IsEmpty());
  expect_sound(back_);
}

} // namespace
} // namespace parley::tests
