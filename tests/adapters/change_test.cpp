#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

using ChangeTest = StoreTest;
PARLEY_ON_EVERY_DATABASE(ChangeTest);

TEST_P(ChangeTest, EditsWhatIsThereAndNothingElse) {
  const auto id = start();
  auto command = edition(id);
  command.name = "Other";
  command.source = Reference{};
  command.customer_user = kBrian;
  ASSERT_TRUE(store().edit(command));
  const auto found = row(id).conversation;
  EXPECT_EQ(found.name, "Other");
  EXPECT_TRUE(found.source.none());
  EXPECT_EQ(found.customer_user, kBrian);
  EXPECT_EQ(found.customer, kAcme);
  EXPECT_EQ(found.owner, kJohn);
  EXPECT_EQ(found.version, 2);
  EXPECT_EQ(found.all.updated, command.doing.now);
  EXPECT_EQ(found.open.updated, command.doing.now);
  EXPECT_THAT(thread(id), IsEmpty());
}

TEST_P(ChangeTest, AnEditThatChangesNothingCountsAsNone) {
  const auto id = start();
  auto command = edition(id);
  command.name = "Order ORD-1001";
  command.owner = kJohn;
  command.contexts = std::vector<Reference>{kOrder, kAmanda, kJohn};
  ASSERT_TRUE(store().edit(command));
  EXPECT_EQ(row(id).conversation.version, 1);
  EXPECT_EQ(database_->number("select count(*) from {prefix}event"), 1);
}

TEST_P(ChangeTest, AnOldVersionIsStale) {
  const auto id = start();
  auto first = edition(id);
  first.name = "First";
  first.expected_version = 1;
  ASSERT_TRUE(store().edit(first));
  auto second = edition(id);
  second.name = "Second";
  second.expected_version = 1;
  const auto refused = store().edit(second);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::stale);
  EXPECT_THAT(refused.failure().faults.front().facts, ElementsAre(Pair("version", "2")));
  EXPECT_EQ(row(id).conversation.name, "First");

  auto contexts_of = contexts(id, store::Change::add, {kQuote});
  contexts_of.expected_version = 1;
  EXPECT_EQ(store().change_contexts(contexts_of).failure().code, Code::stale);
  auto close = transition(id, "close", {Status::closed}, Status::closed);
  close.expected_version = 1;
  EXPECT_EQ(store().perform(close).failure().code, Code::stale) << "before the status";
  EXPECT_EQ(store().remove({doing(kJohn), id, everything(), everything(), 1}).failure().code, Code::stale);
}

TEST_P(ChangeTest, PreconditionsHoldForEveryCommand) {
  const auto id = start();
  const auto nothing = backoffice(kDana, Level::none);
  for (const bool seen : {false, true}) {
    const auto view = seen ? everything() : nothing;
    const auto expected = seen ? Code::forbidden : Code::not_found;
    auto edited = edition(id);
    edited.name = "x";
    edited.view = view;
    edited.act = nothing;
    edited.expected_version = 7;
    EXPECT_EQ(store().edit(edited).failure().code, expected);
    auto changed = contexts(id, store::Change::add, {kQuote});
    changed.view = view;
    changed.act = nothing;
    EXPECT_EQ(store().change_contexts(changed).failure().code, expected);
    auto performed = transition(id, "close", {Status::active}, Status::closed);
    performed.view = view;
    performed.act = nothing;
    EXPECT_EQ(store().perform(performed).failure().code, expected);
    EXPECT_EQ(store().remove({doing(kJohn), id, view, nothing, 0}).failure().code, expected);
  }
  EXPECT_EQ(read_to(id, nothing, 1).failure().code, Code::not_found);
  EXPECT_EQ(row(id).conversation.version, 1);
}

TEST_P(ChangeTest, AnAssignmentIsAnInternalSystemMessage) {
  const auto id = start();
  auto command = edition(id);
  command.owner = kDana;
  command.unit = "west";
  ASSERT_TRUE(store().edit(command));
  EXPECT_EQ(row(id).conversation.owner, kDana);
  EXPECT_EQ(row(id).conversation.unit, "west");
  const auto messages = thread(id);
  ASSERT_THAT(messages, SizeIs(1));
  EXPECT_EQ(messages[0].type, domain::MessageType::system);
  EXPECT_EQ(messages[0].visibility, Visibility::internal);
  EXPECT_EQ(messages[0].index, 1);
  EXPECT_EQ(messages[0].public_index, 0);
  ASSERT_TRUE(messages[0].note);
  EXPECT_EQ(messages[0].note->kind, "assigned");
  EXPECT_EQ(messages[0].note->from, "users/1");
  EXPECT_EQ(messages[0].note->to, "users/3");
  const auto found = row(id).conversation;
  EXPECT_EQ(found.all.last_index, 1);
  EXPECT_EQ(found.all.text_count, 0);
  EXPECT_EQ(found.all.last_text_at, 0);
  EXPECT_EQ(found.open.last_index, 0);
  EXPECT_FALSE(person(id, kAmanda).unread);
  EXPECT_EQ(database_->number("select count(*) from {prefix}event where kind = 'assigned' and owner_id = '3'"), 1);
}

TEST_P(ChangeTest, ATransitionIsAPublicSystemMessage) {
  const auto id = start();
  say(id, kJohn, "hello");
  ASSERT_TRUE(read_to(id, storefront(kAmanda, Level::user), 1));
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active, Status::inactive}, Status::closed)));
  const auto found = row(id).conversation;
  EXPECT_EQ(found.status, Status::closed);
  EXPECT_EQ(found.version, 2);
  EXPECT_EQ(found.open.last_index, 2);
  EXPECT_EQ(found.open.text_count, 1);
  EXPECT_EQ(found.open.last_text, 1);
  const auto messages = thread(id, storefront(kAmanda, Level::user));
  ASSERT_THAT(messages, SizeIs(2));
  EXPECT_EQ(messages[1].note->kind, "transition");
  EXPECT_EQ(messages[1].note->from, "active");
  EXPECT_EQ(messages[1].note->to, "closed");
  const auto seen = row(id, storefront(kAmanda, Level::user));
  EXPECT_FALSE(seen.mine->unread);
  EXPECT_EQ(seen.unread, 0);
}

TEST_P(ChangeTest, ATransitionFromAnotherStatusIsAConflict) {
  const auto id = start();
  const auto refused = store().perform(transition(id, "reopen", {Status::closed}, Status::active));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::conflict);
  EXPECT_EQ(refused.failure().faults.front().code, "transition-not-available");
  EXPECT_THAT(refused.failure().faults.front().facts, ElementsAre(Pair("step", "active")));
}

TEST_P(ChangeTest, ContextsComeAndGo) {
  const auto id = start();
  ASSERT_TRUE(store().change_contexts(contexts(id, store::Change::add, {kQuote, kOrder})));
  EXPECT_THAT(row(id).contexts, SizeIs(4));
  EXPECT_EQ(row(id).conversation.version, 2);
  auto messages = thread(id);
  ASSERT_THAT(messages, SizeIs(1)) << "the order was one before";
  EXPECT_EQ(messages[0].note->kind, "context-added");
  EXPECT_EQ(messages[0].note->to, "quotes/3001");
  EXPECT_EQ(messages[0].visibility, Visibility::internal);

  const auto quiet = row(id).conversation.open.updated;
  ASSERT_TRUE(store().change_contexts(contexts(id, store::Change::remove, {kQuote, {"orders", "none"}})));
  EXPECT_THAT(row(id).contexts, SizeIs(3));
  messages = thread(id);
  ASSERT_THAT(messages, SizeIs(2));
  EXPECT_EQ(messages[1].note->kind, "context-removed");
  EXPECT_EQ(messages[1].note->from, "quotes/3001");
  EXPECT_EQ(row(id).conversation.open.updated, quiet);
  EXPECT_THAT(thread(id, storefront(kAmanda, Level::user)), IsEmpty());
}

TEST_P(ChangeTest, AnEditSetsExactlyTheseContexts) {
  const auto id = start();
  auto command = edition(id);
  command.contexts = std::vector<Reference>{kQuote, kAmanda};
  ASSERT_TRUE(store().edit(command));
  std::vector<Reference> records;
  for (const auto &context : row(id).contexts) {
    records.push_back(context.record);
  }
  EXPECT_THAT(records, ElementsAre(kAmanda, kQuote));
  EXPECT_THAT(thread(id), SizeIs(3)) << "two went, one came";
  EXPECT_EQ(row(id).conversation.version, 2);
}

// B7
TEST_P(ChangeTest, ManyAreDeletedTogetherOrNotAtAll) {
  const auto first = start("Old one");
  const auto second = start("Old two");
  const auto other = start("New");
  for (const auto id : {first, second, other}) {
    say(id, kJohn, "hello");
  }
  store::DeleteConversations command;
  command.doing = doing(kJohn);
  command.query.scope = everything();
  command.query.conditions = {{store::ConversationField::name, store::Operator::contains, {{0, "old", {}}}}};
  command.act = everything();
  for (const std::int64_t expected : {1, 3}) {
    command.expected = expected;
    EXPECT_EQ(store().remove_many(command).failure().code, Code::conflict);
  }
  command.expected = 2;
  command.act = backoffice(kDana, Level::user);
  ASSERT_EQ(store().remove_many(command).failure().code, Code::forbidden);
  EXPECT_TRUE(visible(first, everything()) && visible(second, everything())) << "one may not be deleted: none is";
  command.act = everything();
  EXPECT_EQ(store().remove_many(command).value(), 2);
  EXPECT_FALSE(visible(first, everything()) || visible(second, everything()));
  EXPECT_TRUE(visible(other, everything()));
  EXPECT_EQ(database_->number("select count(*) from {prefix}event where kind = 'deleted'"), 2);
}

TEST_P(ChangeTest, ADeletionTakesAllButTheEvents) {
  const auto id = start();
  say(id, kJohn, "hello");
  const auto other = start("Other");
  ASSERT_TRUE(store().remove({doing(kJohn), id, everything(), everything(), 1}));
  EXPECT_FALSE(visible(id, everything()));
  for (const char *table : {"message", "participant", "context"}) {
    EXPECT_EQ(database_->number("select count(*) from {prefix}" + std::string(table) +
                                " where conversation = " + std::to_string(id)),
              0);
  }
  const std::string events = "from {prefix}event where conversation = " + std::to_string(id);
  EXPECT_EQ(database_->number("select count(*) " + events), 3);
  EXPECT_EQ(database_->text("select participants " + events + " and kind = 'deleted'"),
            R"([["users","1",1],["customerusers","11",1]])");
  EXPECT_EQ(row(other).conversation.name, "Other");
  EXPECT_EQ(store().remove({doing(kJohn), id, everything(), everything(), 0}).failure().code, Code::not_found);
}

TEST_P(ChangeTest, ReadingRaisesTheMark) {
  const auto id = start();
  say(id, kAmanda, "one");
  say(id, kDana, "two", Visibility::internal);
  say(id, kAmanda, "three");
  const auto john = backoffice(kJohn, Level::user);
  EXPECT_EQ(row(id, john).unread, 3);
  ASSERT_TRUE(read_to(id, john, 2));
  EXPECT_EQ(row(id, john).unread, 1);
  EXPECT_TRUE(row(id, john).mine->unread);
  EXPECT_EQ(row(id, john).mine->last_read, 2);
  EXPECT_EQ(row(id, john).mine->last_read_public, 1);
  EXPECT_EQ(row(id, john).mine->last_read_at, now_);
  ASSERT_TRUE(read_to(id, john, 1));
  EXPECT_EQ(row(id, john).mine->last_read, 2) << "reading never lowers it";
  ASSERT_TRUE(read_to(id, john, 99));
  EXPECT_EQ(row(id, john).mine->last_read, 3);
  EXPECT_FALSE(row(id, john).mine->unread);
  ASSERT_TRUE(read_to(id, john, -5));
  EXPECT_EQ(row(id, john).mine->last_read, 3);
}

TEST_P(ChangeTest, ReadingInPublicCountsInPublicNumbers) {
  const auto id = start();
  say(id, kJohn, "secret", Visibility::internal);
  say(id, kJohn, "one");
  say(id, kJohn, "two");
  const auto amanda = storefront(kAmanda, Level::user);
  EXPECT_EQ(row(id, amanda).unread, 2);
  ASSERT_TRUE(read_to(id, amanda, 1));
  EXPECT_EQ(row(id, amanda).mine->last_read_public, 1);
  EXPECT_EQ(row(id, amanda).mine->last_read, 2);
  EXPECT_TRUE(row(id, amanda).mine->unread);
  ASSERT_TRUE(read_to(id, amanda, 2));
  EXPECT_FALSE(row(id, amanda).mine->unread);
}

// B13: the storefront sees the public mark of others, which must not stand still because of a note.
TEST_P(ChangeTest, ANoteDoesNotHoldBackThePublicMark) {
  const auto id = start();
  say(id, kAmanda, "one");
  say(id, kJohn, "secret", Visibility::internal);
  ASSERT_TRUE(read_to(id, backoffice(kJohn, Level::user), 2));
  EXPECT_EQ(person(id, kJohn, everything()).last_read, 2);
  EXPECT_EQ(person(id, kJohn, everything()).last_read_public, 1);
}

TEST_P(ChangeTest, WhoTakesNoPartHasNoMark) {
  const auto id = start();
  say(id, kJohn, "hello");
  ASSERT_TRUE(read_to(id, backoffice(kDana, Level::organization), 1));
  EXPECT_THAT(people(id).rows, SizeIs(2));
}

TEST_P(ChangeTest, RecordsThatAreGone) {
  auto command = sample();
  store::RecordLabel label;
  label.record = kOrder;
  label.title = "ORD-1001";
  command.labels = {label};
  const auto id = start(command);
  std::vector<store::RecordLabel> gone(4);
  gone[0].record = kOrder;
  gone[1].record = kAmanda;
  gone[2].record = {"orders", "unknown"};
  for (store::RecordLabel &each : gone) {
    each.deleted = true;
  }
  note(gone);
  const auto found = row(id);
  EXPECT_TRUE(found.conversation.source.none());
  ASSERT_THAT(found.contexts, SizeIs(1));
  EXPECT_EQ(found.contexts[0].record, kJohn);
  EXPECT_EQ(found.conversation.customer_user, kAmanda);
  EXPECT_THAT(people(id).rows, SizeIs(2)) << "actors stay readable";
  EXPECT_GT(found.conversation.version, 1);
  EXPECT_THAT(thread(id), IsEmpty());
  const auto page = store().conversations_by_id(everything(), {id});
  EXPECT_TRUE(page.value().labels.at(kAmanda).deleted);
  EXPECT_EQ(database_->text("select title from {prefix}record_label where record_type = 'orders' and deleted = 1"),
            "ORD-1001")
      << "what was known stays";
}

/// What was judged while the workflow was in one state is refused once it is in the other, whatever was read before (W4).
TEST_P(ChangeTest, W4_CommandsAreRefusedWhenTheWorkflowWasSwitchedMeanwhile) {
  const auto id = start();
  auto close = transition(id, "close", {Status::active}, Status::closed);
  close.workflow = store::WorkflowPrecondition{"conversation_flow", true};
  ASSERT_TRUE(workflows().set_active("conversation_flow", false, doing(kJohn)));
  const auto late = store().perform(close);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.failure().code, Code::conflict);
  EXPECT_THAT(late.failure().faults.front().facts, ElementsAre(Pair("workflow", "inactive")));

  auto edited = edition(id);
  edited.status = Status::inactive;
  edited.name = "Not kept either";
  edited.workflow = store::WorkflowPrecondition{"conversation_flow", false};
  auto begun = sample("Begun inactive");
  begun.conversation.status = Status::inactive;
  begun.workflow = edited.workflow;
  ASSERT_TRUE(workflows().set_active("conversation_flow", true, doing(kJohn)));
  for (const auto &refused : {store().edit(edited), domain::Done(store().start(begun).failure())}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().code, Code::conflict);
    EXPECT_THAT(refused.failure().faults.front().facts, ElementsAre(Pair("workflow", "active")));
  }
  EXPECT_EQ(row(id).conversation.status, Status::active);
  EXPECT_EQ(row(id).conversation.name, "Order ORD-1001");
  EXPECT_EQ(database_->number("select count(*) from {prefix}conversation"), 1);

  ASSERT_TRUE(workflows().set_active("conversation_flow", false, doing(kJohn)));
  EXPECT_TRUE(store().edit(edited));
  EXPECT_TRUE(store().start(begun));
  EXPECT_EQ(row(id).conversation.status, Status::inactive);
}

TEST_P(ChangeTest, EventsHaveNoGap) {
  const auto id = start();
  say(id, kJohn, "hello");
  EXPECT_FALSE(store().append(message(id, kJohn, "")));
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  EXPECT_FALSE(store().append(message(id, kJohn, "too late")));
  EXPECT_EQ(database_->number("select count(*) from {prefix}event"), 3);
  EXPECT_EQ(database_->number("select max(position) from {prefix}event"), 3);
  EXPECT_EQ(database_->number("select last_position from {prefix}event_feed"), 3);
  EXPECT_EQ(database_->text("select data from {prefix}event where position = 3"),
            R"({"status":["active","closed"],"transition":["","close"]})");
}

TEST_P(ChangeTest, WorkflowsAreActiveUntilSomebodyDeactivatesThem) {
  EXPECT_TRUE(workflows().active("conversation_flow").value());
  ASSERT_TRUE(workflows().set_active("conversation_flow", true, doing(kJohn)));
  EXPECT_EQ(database_->number("select count(*) from {prefix}event"), 0) << "nothing changed";
  ASSERT_TRUE(workflows().set_active("conversation_flow", false, doing(kJohn)));
  EXPECT_FALSE(workflows().active("conversation_flow").value());
  EXPECT_TRUE(workflows().active("other").value());
  reopen();
  EXPECT_FALSE(workflows().active("conversation_flow").value());
  ASSERT_TRUE(workflows().set_active("conversation_flow", true, doing(kJohn)));
  EXPECT_TRUE(workflows().active("conversation_flow").value());
  EXPECT_EQ(database_->number("select count(*) from {prefix}event where kind like 'workflow-%'"), 2);
}

TEST_P(ChangeTest, EverythingIsThereAfterARestart) {
  const auto id = start();
  say(id, kJohn, "hello");
  say(id, kAmanda, "secret", Visibility::internal);
  const auto before = row(id);
  reopen();
  const auto after = row(id);
  EXPECT_EQ(after.conversation.uid, before.conversation.uid);
  EXPECT_EQ(after.conversation.all.text_count, 2);
  EXPECT_EQ(thread(id).back().body, "secret");
  EXPECT_EQ(say(id, kJohn, "again").message.index, 3);
}

} // namespace
} // namespace parley::tests
