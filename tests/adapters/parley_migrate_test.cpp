#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/connection/sqlite.hpp"
#include "tests/adapters/support/migrate_program.hpp"
#include "tests/adapters/support/test_database.hpp"

namespace parley::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class ParleyMigrateTest : public ::testing::Test {
protected:
  ParleyMigrateTest() : path_(fresh_path()), database_("--database 'sqlite:" + path_ + "'") {}

  std::string path_;
  std::string database_;
};

TEST_F(ParleyMigrateTest, FromEmptyToCurrent) {
  auto outcome = migrate("status " + database_);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.output, "missing: There is no file \"" + path_ + "\".\n");
  outcome = migrate("verify " + database_);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.output, "There is no file \"" + path_ + "\".\n");
  outcome = migrate("plan " + database_);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("create table parley_conversation"));
  EXPECT_FALSE(std::filesystem::exists(path_));
  outcome = migrate(database_ + " up");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("applied step 1: initial"));
  outcome = migrate("up " + database_);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.output, StartsWith("current: "));
  outcome = migrate("status " + database_);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.output, StartsWith("current: at step "));
  EXPECT_EQ(migrate("verify " + database_).code, 0);
  EXPECT_THAT(migrate("plan " + database_).output, HasSubstr("nothing to do"));
}

TEST_F(ParleyMigrateTest, ThePrefixIsTheOperators) {
  EXPECT_EQ(migrate("up --prefix=my_ " + database_).code, 0);
  const auto other = migrate("status " + database_);
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.output, StartsWith("empty: at step 0 of "));
  EXPECT_EQ(migrate("verify --prefix my_ " + database_).code, 0);
}

TEST_F(ParleyMigrateTest, AheadAndTampered) {
  ASSERT_EQ(migrate("up " + database_).code, 0);
  const auto session = adapters::open_sqlite(path_, {"parley_", std::chrono::seconds(1)});
  session->execute("drop index {prefix}context_all");
  auto outcome = migrate("verify " + database_);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.output, "Index parley_context_all is missing.\n");
  session->execute("insert into {prefix}schema_version values (99, 'later', '', 0)");
  outcome = migrate("status " + database_);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.output, StartsWith("ahead: at step 99 of "));
  outcome = migrate("up " + database_);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.output, HasSubstr("newer than this build"));
}

TEST_F(ParleyMigrateTest, VerifyData) {
  EXPECT_EQ(migrate("verify --data " + database_).output, "There is no file \"" + path_ +
                                                              "\".\nThe data was not checked: the schema comes "
                                                              "first.\n");
  ASSERT_EQ(migrate("up " + database_).code, 0);
  auto outcome = migrate("verify --data " + database_);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("\nok: 0 conversations with 0 messages keep all "));
  {
    const auto session = adapters::open_sqlite(path_, {"parley_", std::chrono::seconds(1)});
    session->execute("delete from {prefix}event_feed");
    session->execute("with recursive n (i) as (select 1 union all select i + 1 from n where i < 30) "
                     "insert into {prefix}event (position, kind, happened_at, visibility, conversation) "
                     "select 2 * i, 'created', 0, 'internal', i from n");
  }
  outcome = migrate("verify " + database_);
  EXPECT_EQ(outcome.code, 0) << "the schema alone";
  outcome = migrate("verify --data " + database_);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.output, HasSubstr("\nevent-feed: There is one row that says where the feed stands.\n"
                                        "  parley_event_feed: there are 0 rows; expected 1\n"));
  EXPECT_THAT(outcome.output,
              HasSubstr("  parley_event, conversation 20: it is gone, and no event says so\n  and 10 more\n"));
  EXPECT_THAT(outcome.output, HasSubstr("\n32 violations, of 3 of "));
}

TEST_F(ParleyMigrateTest, Copy) {
  const std::string target = fresh_path();
  const std::string to = "--database 'sqlite:" + target + "'";
  const std::string both = "--from 'sqlite:" + path_ + "' --to 'sqlite:" + target + "'";
  ASSERT_EQ(migrate("up " + database_).code, 0);
  ASSERT_EQ(migrate("up --prefix x_ " + to).code, 0);
  EXPECT_EQ(migrate("copy " + both).code, 1) << "under that prefix nothing is there";
  const auto outcome = migrate("copy --to-prefix x_ " + both);
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("copying message: 0 of 0 rows\n"));
  EXPECT_THAT(outcome.output, HasSubstr("\nok: everything was copied, and reads the same on both sides\n"));
  for (const std::string &wrong : {"copy " + database_, std::string("copy --from sqlite:x"), "copy --data " + both,
                                   "up --to sqlite:x " + database_}) {
    EXPECT_EQ(migrate(wrong).code, 2) << wrong;
  }
}

// O2: killed in the middle, it goes on when it is called again.
TEST_F(ParleyMigrateTest, ACopyThatWasKilled) {
  const std::string target = fresh_path();
  ASSERT_EQ(migrate("up " + database_).code, 0);
  ASSERT_EQ(migrate("up --database 'sqlite:" + target + "'").code, 0);
  adapters::open_sqlite(path_, {"parley_", std::chrono::seconds(1)})
      ->execute("with recursive n (i) as (select 1 union all select i + 1 from n where i < 40000) "
                "insert into {prefix}record_label (record_type, record_id) select 'orders', i from n");
  const std::string arguments = "copy --from 'sqlite:" + path_ + "' --to 'sqlite:" + target + "'";
  migrate_until_killed(arguments, "copying record_label");
  const auto half = migrate("status --database 'sqlite:" + target + "'");
  EXPECT_THAT(half.output, HasSubstr("A copy into this database is not finished"));
  const auto outcome = migrate(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("record_label: 40000 rows, sha256 "));
}

// A password on a command line shows in the list of processes.
TEST_F(ParleyMigrateTest, TheConnectionStringMayStandInAFile) {
  const std::string file = fresh_path(".txt");
  const auto write = [&](const std::string &text) { std::ofstream(file) << text; };
  for (const std::string &text : {"sqlite:" + path_ + "\n", "sqlite:" + path_, " sqlite:" + path_ + " \r\n\n"}) {
    write(text);
    EXPECT_EQ(migrate("up --database '@" + file + "'").code, 0);
  }
  EXPECT_EQ(migrate("status " + database_).code, 0);
  EXPECT_THAT(migrate("copy --from '@" + file + "' --to=sqlite:" + path_ + "x").output,
              HasSubstr("The target (--to): "));
  const auto refusal = [&](const std::string &text) {
    write(text);
    const auto outcome = migrate("status --database '@" + file + "'");
    EXPECT_EQ(outcome.code, 2);
    return outcome.output;
  };
  EXPECT_EQ(refusal(""), "parley-migrate: --database: the file \"" + file + "\" is empty.\n");
  EXPECT_EQ(refusal("sqlite:a\nsqlite:b\n"),
            "parley-migrate: --database: the file \"" + file + "\" should hold one line, a connection string.\n");
  EXPECT_EQ(migrate("status --database @/no/such/file").output,
            "parley-migrate: --database: the file \"/no/such/file\" cannot be read.\n");
}

TEST_F(ParleyMigrateTest, Usage) {
  EXPECT_EQ(migrate("--help").code, 0);
  EXPECT_THAT(migrate("--help").output, StartsWith("usage: parley-migrate"));
  for (const std::string &wrong :
       {std::string(), std::string("status"), "nonsense " + database_, "status up " + database_,
        "up --data " + database_, "status --nonsense x " + database_, std::string("status --database"),
        "status --prefix 'A B' " + database_, std::string("status --database nonsense"),
        std::string("status --database sqlite::memory:"), std::string("status --database oracle://host/db")}) {
    const auto outcome = migrate(wrong);
    EXPECT_EQ(outcome.code, 2) << wrong;
    EXPECT_THAT(outcome.output, HasSubstr("parley-migrate: ")) << wrong;
  }
  EXPECT_EQ(migrate("up --database sqlite:/no/such/folder/x.db").code, 1);
}

} // namespace
} // namespace parley::tests
