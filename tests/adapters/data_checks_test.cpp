// O2: "verify --data" names what contradicts itself. Each rule is broken once, in a copy of a database that keeps all.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "adapters/connection/sqlite.hpp"
#include "migrations/data_checks.hpp"
#include "migrations/data_rules.hpp"
#include "migrations/migrations.hpp"
#include "tests/adapters/support/data_damages.hpp"

namespace parley::tests {
namespace {

namespace fs = std::filesystem;
using migrations::DataReport;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::size_t kExamples = 3;

class DataChecksTest : public SampleDataTest {
protected:
  /// A copy of the good database, damaged.
  [[nodiscard]] std::string damaged(const std::vector<std::string> &statements) const {
    const std::string path = fresh_path();
    fs::copy_file(database_->connection().substr(std::string("sqlite:").size()), path);
    const auto session = adapters::open_sqlite(path, {"parley_", std::chrono::seconds(5)});
    session->execute("pragma foreign_keys = off");
    session->execute("pragma ignore_check_constraints = on");
    for (const std::string &statement : statements) {
      EXPECT_GT(session->execute(statement), 0) << statement << " found nothing to damage";
    }
    return path;
  }

  static DataReport report_of(const std::string &path) { return migrations::verify_data("sqlite:" + path, kExamples); }
};
PARLEY_ON_SQLITE(DataChecksTest);

TEST_P(DataChecksTest, AGoodDatabaseKeepsEveryRule) {
  const auto report = migrations::verify_data(database_->connection(), kExamples);
  EXPECT_THAT(broken(report), IsEmpty()) << explained(report);
  EXPECT_EQ(report.conversations, 2);
  EXPECT_EQ(report.messages, 8);
  EXPECT_THAT(report.results, SizeIs(migrations::data_rules(adapters::Database::sqlite).size()));
}

TEST_P(DataChecksTest, EveryRuleIsNoticedWhenItIsBroken) {
  ASSERT_EQ(first_, 1);
  for (const Damage &damage : damages()) {
    SCOPED_TRACE(damage.rule + ": " + damage.statements.front());
    const std::string path = damaged(damage.statements);
    const auto report = report_of(path);
    ASSERT_THAT(broken(report), Contains(damage.rule)) << explained(report);
    const auto &found = result_of(report, damage.rule);
    EXPECT_FALSE(found.sentence.empty());
    ASSERT_FALSE(found.examples.empty());
    EXPECT_EQ(found.examples.front().conversation, damage.conversation) << explained(report);
    EXPECT_THAT(explained(report), ::testing::Not(HasSubstr("could not be checked")));
    fs::remove(path);
  }
}

TEST_P(DataChecksTest, NoRuleIsWithoutItsDamage) {
  std::set<std::string> rules;
  for (const auto &rule : migrations::data_rules(adapters::Database::sqlite)) {
    EXPECT_TRUE(rules.insert(rule.name).second) << rule.name << " is there twice";
  }
  for (const Damage &damage : damages()) {
    rules.erase(damage.rule);
  }
  EXPECT_THAT(rules, IsEmpty());
}

TEST_P(DataChecksTest, FewAreShownAndAllAreCounted) {
  const std::string path = damaged({"update {prefix}event set actor_id = ''"});
  const auto report = report_of(path);
  const auto &found = result_of(report, "event-references");
  EXPECT_THAT(found.examples, SizeIs(kExamples));
  EXPECT_GT(found.violations, kExamples);
  EXPECT_EQ(report.violations(), found.violations);
}

TEST_P(DataChecksTest, ADamagedFileIsReportedAndNotThrown) {
  const std::string path = damaged({});
  const auto page = database_->number("select rootpage from sqlite_master where name = 'parley_message'");
  const auto size = database_->number("pragma page_size");
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * size);
    file << std::string(static_cast<std::size_t>(size), 'x');
  }
  const auto report = report_of(path);
  EXPECT_THAT(broken(report), Contains("file-integrity"));
  EXPECT_THAT(explained(report), HasSubstr("This rule could not be checked: "));
}

TEST_P(DataChecksTest, WhatJobsDidIsSound) {
  const std::string path =
      damaged({"update {prefix}event set actor_type = 'system', actor_id = '' where position = 2"});
  const auto report = report_of(path);
  EXPECT_THAT(broken(report), IsEmpty()) << explained(report);
}

// What was purged is not missed: events begin at the floor.
TEST_P(DataChecksTest, PurgedEventsAreNotMissed) {
  const std::string path =
      damaged({"delete from {prefix}event where position <= 3", "update {prefix}event_feed set purged_to = 3"});
  const auto report = report_of(path);
  EXPECT_THAT(broken(report), IsEmpty()) << explained(report);
}

TEST_P(DataChecksTest, WhileItIsInUse) {
  const auto writer = database_->session();
  writer->begin("begin immediate");
  writer->execute("update {prefix}conversation set all_last_index = 99");
  EXPECT_THAT(broken(migrations::verify_data(database_->connection(), kExamples)), IsEmpty())
      << "what is not committed is not seen, and nobody waits";
}

TEST(DataChecks, UnderAnyPrefix) {
  const std::string connection = "sqlite:" + fresh_path();
  for (const std::string prefix : {"", "my_"}) {
    migrations::Options options;
    options.table_prefix = prefix;
    migrations::apply(connection, options);
    adapters::StoreOptions store_options;
    store_options.table_prefix = prefix;
    auto stores = adapters::open(connection, store_options);
    ASSERT_TRUE(stores);
    store::StartConversation command;
    command.doing = {kJohn, Audience::backoffice, 1'700'000'000'000'000};
    command.conversation.name = "Under " + prefix;
    command.conversation.owner = kJohn;
    command.participants = {kJohn};
    command.first_message = store::NewMessage{kJohn, Visibility::everybody, "Hello", ""};
    ASSERT_TRUE(stores->conversations->start(command));
    const auto report = migrations::verify_data(connection, kExamples, options);
    EXPECT_THAT(broken(report), IsEmpty()) << explained(report);
    EXPECT_EQ(report.messages, 1);
    const auto session = adapters::open_sqlite(connection.substr(7), {prefix, std::chrono::seconds(1)});
    session->execute("update {prefix}participant set all_unread = 1");
    EXPECT_THAT(explained(migrations::verify_data(connection, kExamples, options)),
                AllOf(HasSubstr("participant-all-unread: " + prefix + "participant 1: "), HasSubstr("users/1")));
  }
}

TEST(DataChecks, NoDatabase) {
  const std::string path = fresh_path();
  try {
    migrations::verify_data("sqlite:" + path, kExamples);
    FAIL() << "nothing was thrown";
  } catch (const migrations::Error &error) {
    EXPECT_EQ(error.why(), migrations::Error::Why::unavailable);
    EXPECT_THAT(error.what(), HasSubstr(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

} // namespace
} // namespace parley::tests
