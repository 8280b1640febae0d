// O2: "verify --data" names what contradicts itself. Each rule is broken once, in a copy of a database that keeps all.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "adapters/connection/sqlite.hpp"
#include "migrations/data_checks.hpp"
#include "migrations/data_rules.hpp"
#include "migrations/migrations.hpp"
#include "tests/adapters/support/store_test.hpp"

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

/// Names of the rules that are broken.
std::vector<std::string> broken(const DataReport &report) {
  std::vector<std::string> names;
  for (const auto &result : report.results) {
    if (result.violations > 0) {
      names.push_back(result.name);
    }
  }
  return names;
}

std::string explained(const DataReport &report) {
  std::string text;
  for (const auto &result : report.results) {
    for (const auto &example : result.examples) {
      text +=
          result.name + ": " + example.table + " " + std::to_string(example.conversation) + ": " + example.what + "\n";
    }
  }
  return text;
}

const migrations::DataResult &result_of(const DataReport &report, const std::string &name) {
  return *std::find_if(report.results.begin(), report.results.end(),
                       [&](const auto &each) { return each.name == name; });
}

/// What somebody did to the tables behind the plugin's back. Conversation 1 has the messages
///   1 public text by Amanda, 2 internal text by Dana, 3 assigned to Charlie, 4 public text by John, 5 context added,
///   6 closed, 7 reopened;
/// conversation 2 has a public text by Brian; 3 was deleted.
struct Damage {
  std::string rule;
  std::int64_t conversation; ///< that it is blamed on
  std::vector<std::string> statements;
};

const std::vector<Damage> &damages() {
  const std::string message = "update {prefix}message set ";
  const std::string conversation = "update {prefix}conversation set ";
  const std::string participant = "update {prefix}participant set ";
  const std::string context = "update {prefix}context set ";
  const std::string event = "update {prefix}event set ";
  const std::string first = " where conversation = 1 and all_index = 1";
  const std::string amanda = " where conversation = 1 and actor_type = 'customerusers' and actor_id = '11'";
  const std::string order = " where conversation = 1 and record_type = 'orders' and record_id = '1001'";
  static const std::vector<Damage> all{
      {"file-integrity", 0, {conversation + "status = 'nonsense' where id = 1"}},
      {"message-orphans", 77, {message + "conversation = 77" + first}},
      {"participant-orphans", 77, {participant + "conversation = 77" + amanda}},
      {"context-orphans", 77, {context + "conversation = 77" + order}},
      {"conversation-references", 1, {conversation + "owner_id = '' where id = 1"}},
      {"conversation-references", 1, {conversation + "customer_type = '' where id = 1"}},
      {"conversation-references", 1, {conversation + "customer_user_id = '' where id = 1"}},
      {"conversation-references", 1, {conversation + "source_type = '' where id = 1"}},
      {"conversation-name-key", 1, {conversation + "name = 'Other' where id = 1"}},
      {"conversation-sort-keys", 1, {conversation + "owner_key = 'x' where id = 1"}},
      {"conversation-sort-keys", 1, {conversation + "customer_key = 'x' where id = 1"}},
      {"conversation-sort-keys", 1, {"update {prefix}record_label set sort_key = 'x' where record_id = '11'"}},
      {"conversation-all-tally", 1, {conversation + "all_last_index = all_last_index + 1 where id = 1"}},
      {"conversation-all-tally", 1, {conversation + "all_text_count = all_text_count + 1 where id = 1"}},
      {"conversation-all-tally", 1, {conversation + "all_last_text = all_last_text - 1 where id = 1"}},
      {"conversation-all-tally", 1, {conversation + "all_last_text_at = all_last_text_at + 1 where id = 1"}},
      {"conversation-all-tally", 2, {"delete from {prefix}message where conversation = 2"}},
      {"conversation-public-tally", 1, {conversation + "public_last_index = public_last_index + 1 where id = 1"}},
      {"conversation-public-tally", 1, {conversation + "public_text_count = public_text_count - 1 where id = 1"}},
      {"conversation-public-tally", 1, {conversation + "public_last_text = public_last_text - 1 where id = 1"}},
      {"conversation-public-tally", 1, {conversation + "public_last_text_at = 1 where id = 1"}},
      {"conversation-all-times", 1, {conversation + "all_updated_at = created_at where id = 1"}},
      {"conversation-public-times", 2, {conversation + "public_updated_at = all_updated_at + 1 where id = 2"}},
      {"conversation-public-times", 2, {conversation + "public_updated_at = created_at - 1 where id = 2"}},
      {"conversation-status", 1, {conversation + "status = 'closed' where id = 1"}},
      {"conversation-owner", 1, {conversation + "owner_id = '1' where id = 1"}},
      {"conversation-owner", 1, {conversation + "owner_id = '', owner_type = '' where id = 1"}},
      {"conversation-first-owner", 2, {"delete from {prefix}participant where conversation = 2 and actor_id = '1'"}},
      {"message-all-numbers", 1, {"delete from {prefix}message" + first}},
      {"message-all-numbers", 1, {message + "all_index = 9" + first}},
      {"message-public-numbers", 1, {message + "public_index = 9" + first}},
      {"message-order", 1, {message + "public_index = 9" + first}},
      {"message-all-times", 1, {message + "all_created_at = all_created_at + 1000000000" + first}},
      {"message-public-times", 1, {message + "public_created_at = public_created_at + 1000000000" + first}},
      {"participant-all-order", 1, {participant + "all_last_text_at = 1" + amanda}},
      {"participant-public-order", 1, {participant + "public_last_text_at = 1" + amanda}},
      {"message-visibility",
       1,
       {message + "visibility = 'internal', public_index = null where conversation = 1 and all_index = 7"}},
      {"message-visibility",
       1,
       {message + "visibility = 'public', public_index = 5 where conversation = 1 and all_index = 5"}},
      {"message-transitions", 1, {message + "note_from = 'inactive' where conversation = 1 and all_index = 7"}},
      {"message-sender", 1, {"delete from {prefix}participant" + amanda}},
      {"message-sender", 1, {participant + "in_public = 0" + amanda}},
      {"participant-all-marks", 1, {participant + "all_last_read = 99" + amanda}},
      {"participant-all-marks", 1, {participant + "all_last_read_at = 0" + amanda}},
      {"participant-public-marks", 1, {participant + "public_last_read = -1" + amanda}},
      {"participant-all-unread", 1, {participant + "all_unread = 1 - all_unread" + amanda}},
      {"participant-public-unread", 1, {participant + "public_unread = 1 - public_unread" + amanda}},
      {"participant-public-unread",
       1,
       {"update {prefix}participant set public_unread = 1, public_last_read = 4 where in_public = 0"}},
      {"participant-in-public", 1, {participant + "in_public = 0" + amanda}},
      {"context-all-activity", 1, {context + "all_activity_at = all_activity_at + 1" + order}},
      {"context-public-activity", 1, {context + "public_activity_at = public_activity_at - 1" + order}},
      {"context-in-public", 1, {context + "in_public = 0" + order}},
      {"label-references", 0, {"update {prefix}record_label set unit_id = '' where record_id = '11'"}},
      {"label-references", 0, {"update {prefix}record_label set customer_type = '' where record_id = '11'"}},
      {"label-title-key", 0, {"update {prefix}record_label set title_key = 'x' where record_id = '11'"}},
      {"event-feed", 0, {"delete from {prefix}event_feed"}},
      {"event-positions", 0, {"update {prefix}event_feed set last_position = last_position + 1"}},
      {"event-positions", 0, {"update {prefix}event_feed set last_position = last_position - 1"}},
      {"event-positions", 1, {"update {prefix}event_feed set purged_to = 1"}},
      {"event-positions", 1, {"delete from {prefix}event where position = 2"}},
      {"event-references", 1, {event + "actor_id = '' where position = 2"}},
      {"event-references", 1, {event + "owner_type = '' where position = 2"}},
      {"event-references", 1, {event + "customer_id = '' where position = 2"}},
      {"event-references", 1, {event + "customer_user_type = '' where position = 2"}},
      {"event-documents", 1, {event + "participants = '[[' where position = 2"}},
      {"event-documents", 1, {event + "data = '[]' where position = 2"}},
      {"event-beginnings", 1, {event + "kind = 'edited' where position = 1"}},
      {"event-endings", 2, {"delete from {prefix}conversation where id = 2"}},
      {"event-endings", 1, {event + "kind = 'deleted' where position = 2"}},
      {"event-endings", 1, {event + "conversation_uid = 'other' where position = 2"}},
      {"event-endings", 1, {conversation + "uid = 'other' where id = 1"}},
      {"event-messages", 1, {event + "all_index = null, public_index = null where position = 2"}},
      {"event-messages", 1, {event + "all_index = 1 where conversation = 1 and all_index = 2"}},
      {"event-messages", 1, {event + "all_index = null where conversation = 1"}},
      {"event-visibility", 1, {event + "visibility = 'public' where conversation = 1 and all_index = 2"}},
      {"event-visibility", 1, {event + "public_index = 3" + first}},
      {"workflow-references", 0, {"update {prefix}workflow_state set changed_by_id = ''"}},
  };
  return all;
}

class DataChecksTest : public StoreTest {
protected:
  DataChecksTest() {
    auto begun = sample();
    for (const auto &record : {kJohn, kAmanda, kAcme, kOrder}) {
      store::RecordLabel label;
      label.record = record;
      label.title = "Title of " + record.id;
      label.sort_key = "key of " + record.id;
      label.unit = {"businessunits", "1"};
      label.customer = kAcme;
      label.refreshed = now_;
      begun.labels.push_back(label);
    }
    begun.first_message = store::NewMessage{kAmanda, Visibility::everybody, "Where is it?", "c1"};
    begun.doing = doing(kAmanda, Audience::storefront);
    first_ = start(begun);
    say(first_, kDana, "Look at this.", Visibility::internal);
    auto edit = edition(first_);
    edit.owner = kCharlie;
    expect(store().edit(edit));
    say(first_, kJohn, "On its way.");
    expect(store().change_contexts(contexts(first_, store::Change::add, {kQuote})));
    expect(store().perform(transition(first_, "close", {Status::active}, Status::closed)));
    expect(store().perform(transition(first_, "reopen", {Status::closed}, Status::active)));
    expect(read_to(first_, storefront(kAmanda, Level::user), 2));
    say(start("Another"), kBrian, "Hello");
    const auto gone = start("Gone");
    expect(store().remove({doing(kJohn), gone, everything(), everything(), 0}));
    expect(workflows().set_active("conversation_flow", false, doing(kJohn)));
    stores_ = {}; // the last one writes everything into the file
  }

  static void expect(const domain::Done &done) { EXPECT_TRUE(done); }

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

  ConversationId first_ = 0;
};
PARLEY_ON_SQLITE(DataChecksTest);

TEST_P(DataChecksTest, AGoodDatabaseKeepsEveryRule) {
  const auto report = migrations::verify_data(database_->connection(), kExamples);
  EXPECT_THAT(broken(report), IsEmpty()) << explained(report);
  EXPECT_EQ(report.conversations, 2);
  EXPECT_EQ(report.messages, 8);
  EXPECT_THAT(report.results, SizeIs(migrations::data_rules().size()));
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
  for (const auto &rule : migrations::data_rules()) {
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
