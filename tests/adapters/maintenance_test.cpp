#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using store::IdleConversation;
using store::RecordLabel;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

const Reference kJobs{"system", ""};

class MaintenanceTest : public StoreTest {
protected:
  ConversationId start_in(const std::string &organization, const std::string &website) {
    auto command = sample("In " + organization + "/" + website);
    command.conversation.organization = organization;
    command.conversation.website = website;
    return start(command);
  }
  std::vector<IdleConversation> idle(domain::Time before, const std::optional<IdleConversation> &after = {},
                                     std::uint32_t limit = 100) {
    auto found = maintenance().idle({{"1", "1"}, before, after, limit});
    EXPECT_TRUE(found);
    return found ? found.value() : std::vector<IdleConversation>();
  }
  std::vector<ConversationId> idle_ids(domain::Time before) {
    std::vector<ConversationId> ids;
    for (const IdleConversation &each : idle(before)) {
      ids.push_back(each.id);
    }
    return ids;
  }
  domain::Result<std::int64_t> make_inactive(const std::vector<IdleConversation> &conversations) {
    return maintenance().make_inactive({doing(kJobs), {"conversation_flow", true}, conversations});
  }
  static RecordLabel label(const Reference &record, const std::string &title, const std::string &unit = {}) {
    RecordLabel label;
    label.record = record;
    label.title = title;
    label.sort_key = title;
    label.unit = unit.empty() ? Reference{} : Reference{"businessunits", unit};
    return label;
  }
  static RecordLabel gone(const Reference &record) {
    RecordLabel label;
    label.record = record;
    label.deleted = true;
    return label;
  }
  std::vector<Reference> due(domain::Time before, std::uint32_t limit) {
    const auto labels = maintenance().due_labels(before, limit);
    EXPECT_TRUE(labels);
    std::vector<Reference> records;
    for (const RecordLabel &each : labels ? labels.value() : std::vector<RecordLabel>()) {
      records.push_back(each.record);
    }
    return records;
  }
  std::int64_t refreshed(const Reference &record) {
    return database_->number("select refreshed_at from {prefix}record_label where record_type = '" + record.type +
                             "' and record_id = '" + record.id + "'");
  }
};
PARLEY_ON_EVERY_DATABASE(MaintenanceTest);

TEST_P(MaintenanceTest, W3_PlacesOfActiveConversationsAreWalked) {
  for (int i = 0; i < 3; ++i) {
    start_in("2", "1");
    start_in("1", "");
    start_in("1", "2");
  }
  const auto closed = start_in("3", "");
  ASSERT_TRUE(store().perform(transition(closed, "close", {Status::active}, Status::closed)));
  const auto first = maintenance().active_places({}, 2).value();
  ASSERT_THAT(first, SizeIs(2));
  EXPECT_EQ(first[0].organization + "/" + first[0].website, "1/");
  EXPECT_EQ(first[1].organization + "/" + first[1].website, "1/2");
  const auto rest = maintenance().active_places(first[1], 2).value();
  ASSERT_THAT(rest, SizeIs(1));
  EXPECT_EQ(rest[0].organization + "/" + rest[0].website, "2/1");
}

TEST_P(MaintenanceTest, W3_IdleIsWhoseLastMessageOrBeginningIsOld) {
  const auto silent = start("Never a word");
  const auto asked = start("Asked");
  const auto busy = start("Busy");
  const auto closed = start("Closed");
  const auto elsewhere = start_in("1", "2");
  say(asked, kAmanda, "Hello?");
  ASSERT_TRUE(store().perform(transition(closed, "close", {Status::active}, Status::closed)));
  const auto before = now_ + 1;
  say(busy, kAmanda, "Still here");
  auto renamed = edition(silent);
  renamed.name = "An edit is no message";
  ASSERT_TRUE(store().edit(renamed));
  EXPECT_THAT(idle_ids(before), ElementsAre(silent, asked));
  EXPECT_NE(elsewhere, 0);
  const auto first = idle(before, {}, 1);
  ASSERT_THAT(first, SizeIs(1));
  const auto second = idle(before, first[0], 1);
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].id, asked);
  EXPECT_THAT(idle(before, second[0]), IsEmpty());
}

TEST_P(MaintenanceTest, W3_WhatWasReopenedCountsFromThenOn) {
  const auto id = start();
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  const auto before = now_ + 1;
  ASSERT_TRUE(store().perform(transition(id, "reopen", {Status::closed}, Status::active)));
  EXPECT_THAT(idle(before), IsEmpty());
  EXPECT_THAT(idle(now_ + 1), SizeIs(1));
}

TEST_P(MaintenanceTest, W3_BecomesInactiveByTheActorOfJobs) {
  const auto id = start();
  const auto found = idle(now_ + 1);
  ASSERT_EQ(make_inactive(found).value(), 1);
  EXPECT_EQ(row(id).conversation.status, Status::inactive);
  const auto messages = thread(id, storefront(kAmanda, Level::user));
  ASSERT_THAT(messages, SizeIs(1)) << "a public system message";
  EXPECT_EQ(messages[0].sender, kJobs);
  EXPECT_EQ(messages[0].note->to, "inactive");
  EXPECT_EQ(database_->text("select data from {prefix}event where kind = 'status-changed' and actor_type = 'system'"),
            R"({"status":["active","inactive"]})");
  EXPECT_EQ(make_inactive(found).value(), 0) << "twice is harmless";
  EXPECT_THAT(thread(id), SizeIs(1));
}

TEST_P(MaintenanceTest, W3_NotWhoseReasonsNoLongerHold) {
  const auto written = start("Written to");
  const auto closed = start("Closed");
  const auto deleted = start("Deleted");
  const auto still = start("Still idle");
  const auto found = idle(now_ + 1);
  say(written, kAmanda, "I am here");
  ASSERT_TRUE(store().perform(transition(closed, "close", {Status::active}, Status::closed)));
  ASSERT_TRUE(store().remove({doing(kJohn), deleted, everything(), everything(), 0}));
  EXPECT_EQ(make_inactive(found).value(), 1);
  EXPECT_EQ(row(written).conversation.status, Status::active);
  EXPECT_EQ(row(closed).conversation.status, Status::closed);
  EXPECT_EQ(row(still).conversation.status, Status::inactive);
}

TEST_P(MaintenanceTest, W4_NotWhileTheWorkflowIsDeactivated) {
  const auto id = start();
  const auto found = idle(now_ + 1);
  ASSERT_TRUE(workflows().set_active("conversation_flow", false, doing(kJohn)));
  const auto refused = make_inactive(found);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.failure().faults.front().facts, ElementsAre(Pair("workflow", "inactive")));
  EXPECT_EQ(row(id).conversation.status, Status::active);
}

TEST_P(MaintenanceTest, W3_AnIndexServesTheCandidates) {
  if (GetParam().name != "sqlite") {
    GTEST_SKIP() << "servers choose a plan by how much is stored";
  }
  const auto session = database_->session();
  for (const std::string question :
       {"select id from {prefix}conversation where status not in ('inactive', 'closed') and organization = '1' and "
        "website "
        "= '1' and max(created_at, all_last_text_at) < 5 order by max(created_at, all_last_text_at), id limit 100",
        "select website from {prefix}conversation where status not in ('inactive', 'closed') and organization = '1' "
        "and "
        "website > '1' order by website limit 1",
        "select website from {prefix}conversation where status not in ('inactive', 'closed') and organization > '1' "
        "order by "
        "organization, website limit 1"}) {
    auto plan = session->query("explain query plan " + question, "iiit");
    ASSERT_TRUE(plan.next());
    for (int column = 0; column < 3; ++column) {
      plan.integer();
    }
    EXPECT_THAT(plan.text(), ::testing::HasSubstr("conversation_idle"));
    EXPECT_FALSE(plan.next()) << "no sorting";
  }
}

TEST_P(MaintenanceTest, D11_EverythingThatIsReferredToHasALabel) {
  auto command = sample();
  command.first_message = store::NewMessage{kBrian, Visibility::everybody, "Hello", {}};
  const auto id = start(command);
  say(id, kNora, "Me too");
  auto closing = transition(id, "close", {Status::active}, Status::closed);
  closing.doing.actor = kDana;
  ASSERT_TRUE(store().perform(closing));
  auto changed = edition(id);
  changed.customer = kGlobex;
  changed.customer_user = Reference{};
  ASSERT_TRUE(store().edit(changed));
  EXPECT_THAT(due(now_, 100),
              ::testing::UnorderedElementsAre(kJohn, kAmanda, kAcme, kOrder, kBrian, kNora, kDana, kGlobex));
  const auto page = store().conversations_by_id(everything(), {id});
  EXPECT_TRUE(page.value().labels.empty()) << "nothing is known of them yet";
}

TEST_P(MaintenanceTest, D11_LabelsComeOldestFirst) {
  start();
  note({label(kOrder, "ORD-1001"), label(kJohn, "John Doe")});
  note({label(kAmanda, "Amanda Cole")});
  note({label(kAcme, "Acme")});
  EXPECT_THAT(due(now_, 3), ElementsAre(kOrder, kJohn, kAmanda));
}

TEST_P(MaintenanceTest, D11_ARecordThatIsGoneIsClearedInPieces) {
  std::vector<ConversationId> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(start());
  }
  auto label = gone(kOrder);
  label.refreshed = now_;
  ASSERT_THAT(maintenance().note_records({label}).value(), ElementsAre(kOrder));
  EXPECT_EQ(refreshed(kOrder), 0) << "the job finds it first, should nobody go on";
  EXPECT_TRUE(maintenance().settle(doing(kJohn), kOrder, 2).value());
  EXPECT_EQ(database_->number("select count(*) from {prefix}conversation where source_id <> ''"), 3);
  EXPECT_THAT(due(1, 10), ::testing::Contains(kOrder));
  EXPECT_TRUE(maintenance().settle(doing(kJohn), kOrder, 2).value());
  EXPECT_FALSE(maintenance().settle(doing(kJohn), kOrder, 2).value());
  EXPECT_FALSE(maintenance().settle(doing(kJohn), kOrder, 2).value()) << "twice is harmless";
  EXPECT_EQ(database_->number("select count(*) from {prefix}conversation where source_id <> ''"), 0);
  EXPECT_EQ(database_->number("select count(*) from {prefix}context where record_type = 'orders'"), 0);
  EXPECT_EQ(refreshed(kOrder), now_ - 1'000'000);
}

TEST_P(MaintenanceTest, D11_ARecordThatIsThereAgainIsNotGoneAnyMore) {
  const auto id = start();
  note({label(kAmanda, "Amanda Cole")});
  note({gone(kAmanda)});
  EXPECT_TRUE(store().conversations_by_id(everything(), {id}).value().labels.at(kAmanda).deleted);
  note({label(kAmanda, "Amanda Cole")});
  EXPECT_FALSE(store().conversations_by_id(everything(), {id}).value().labels.at(kAmanda).deleted);
}

TEST_P(MaintenanceTest, HostEvents_AnOwnerTakesItsConversationsToItsNewUnit) {
  std::vector<ConversationId> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(start());
    say(ids.back(), kAmanda, "Hello");
  }
  auto other = sample();
  other.conversation.owner = kDana;
  const auto danas = start(other);
  note({label(kJohn, "John Doe", "sales")});
  EXPECT_EQ(database_->number("select count(*) from {prefix}event where kind = 'edited'"), 0);
  note({label(kJohn, "John Doe", "west")});
  for (const ConversationId id : ids) {
    EXPECT_EQ(row(id).conversation.unit, "west");
    EXPECT_EQ(row(id).conversation.version, 1) << "nobody edited it";
    EXPECT_TRUE(visible(id, backoffice(kCharlie, Level::unit, {"west"})));
    EXPECT_FALSE(visible(id, backoffice(kCharlie, Level::unit, {"sales"})));
  }
  EXPECT_EQ(row(danas).conversation.unit, "sales");
  EXPECT_EQ(database_->number("select count(*) from {prefix}event where kind = 'edited' and unit = 'west' and "
                              "visibility = 'internal' and data = '{\"unit\":[\"sales\",\"west\"]}'"),
            5);
}

TEST_P(MaintenanceTest, HostEvents_ACommandLeavesTheUnitsOfOthersToTheJob) {
  const auto first = start();
  note({label(kJohn, "John Doe", "sales")});
  auto command = sample("Second");
  command.labels = {label(kJohn, "John Doe", "west")};
  command.labels[0].refreshed = now_;
  command.conversation.unit = "west";
  start(command);
  EXPECT_EQ(row(first).conversation.unit, "sales");
  ASSERT_THAT(due(1, 10), ::testing::Contains(kJohn)) << "marked";
  EXPECT_FALSE(maintenance().settle(doing(kJobs), kJohn, 10).value());
  EXPECT_EQ(row(first).conversation.unit, "west");
}

TEST_P(MaintenanceTest, D11_WhatACommandLookedUpBeforeAHostEventIsLookedUpAgain) {
  const auto looked_up = now_;
  now_ += 1'000'000;
  auto deleted = gone(kOrder);
  auto moved = label(kJohn, "John Doe", "west");
  deleted.refreshed = moved.refreshed = now_;
  ASSERT_TRUE(maintenance().note_records({deleted, moved}));
  auto command = sample();
  command.labels = {label(kOrder, "ORD-1001"), label(kJohn, "John Doe", "sales")};
  command.labels[0].refreshed = command.labels[1].refreshed = looked_up;
  const auto id = start(command);
  EXPECT_THAT(due(1, 10), ::testing::IsSupersetOf({kOrder, kJohn})) << "the job need not wait a day";
  deleted.refreshed = moved.refreshed = now_ + 1;
  ASSERT_TRUE(maintenance().note_records({deleted, moved}));
  EXPECT_FALSE(maintenance().settle(doing(kJobs), kOrder, 10).value());
  EXPECT_FALSE(maintenance().settle(doing(kJobs), kJohn, 10).value());
  EXPECT_TRUE(row(id).conversation.source.none());
  EXPECT_EQ(row(id).conversation.unit, "west");
  EXPECT_THAT(due(1, 10), ::testing::Not(::testing::Contains(kOrder)));
}

TEST_P(MaintenanceTest, HostEvents_SortKeysFollowInPieces) {
  for (int i = 0; i < 210; ++i) {
    start();
  }
  auto renamed = label(kAcme, "Zeta Industries");
  renamed.refreshed = now_;
  ASSERT_THAT(maintenance().note_records({renamed}).value(), ElementsAre(kAcme)) << "200 at once";
  const std::string behind = "select count(*) from {prefix}conversation where customer_key <> 'Zeta Industries'";
  EXPECT_EQ(database_->number(behind), 10);
  while (maintenance().settle(doing(kJobs), kAcme, 100).value()) {
  }
  EXPECT_EQ(database_->number(behind), 0);
}

} // namespace
} // namespace parley::tests
