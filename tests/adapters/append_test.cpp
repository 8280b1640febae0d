#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

using AppendTest = StoreTest;
PARLEY_ON_EVERY_DATABASE(AppendTest);

TEST_P(AppendTest, NumbersRunForBothAudiences) {
  const auto id = start();
  EXPECT_EQ(say(id, kJohn, "one").message.index, 1);
  const auto note = say(id, kJohn, "two", Visibility::internal);
  EXPECT_EQ(note.message.index, 2);
  EXPECT_EQ(note.message.public_index, 0);
  const auto answer = say(id, kAmanda, "three");
  EXPECT_EQ(answer.message.index, 3);
  EXPECT_EQ(answer.message.public_index, 2);

  const auto found = row(id).conversation;
  EXPECT_EQ(found.all.last_index, 3);
  EXPECT_EQ(found.all.text_count, 3);
  EXPECT_EQ(found.all.last_text, 3);
  EXPECT_EQ(found.all.last_text_at, answer.message.created);
  EXPECT_EQ(found.open.last_index, 2);
  EXPECT_EQ(found.open.text_count, 2);
  EXPECT_EQ(found.open.last_text, 2);
  EXPECT_EQ(found.version, 1) << "messages are no edits";
}

TEST_P(AppendTest, ANoteLeavesNoTraceInPublic) {
  const auto id = start();
  say(id, kJohn, "public");
  ASSERT_TRUE(read_to(id, storefront(kAmanda, Level::user), 1));
  const auto seen = storefront(kAmanda, Level::user);
  const auto before = row(id, seen);
  const auto john_before = person(id, kJohn, seen);
  say(id, kJohn, "secret", Visibility::internal);
  say(id, kDana, "secret too", Visibility::internal);

  const auto after = row(id, seen);
  EXPECT_EQ(after.conversation.open.updated, before.conversation.open.updated);
  EXPECT_EQ(after.conversation.open.last_index, before.conversation.open.last_index);
  EXPECT_EQ(after.conversation.open.last_text_at, before.conversation.open.last_text_at);
  EXPECT_EQ(after.last_text->body, "public");
  EXPECT_EQ(after.unread, 0);
  EXPECT_FALSE(after.mine->unread);
  EXPECT_THAT(after.contexts, SizeIs(before.contexts.size()));
  EXPECT_THAT(people(id, seen).rows, SizeIs(2)) << "Dana takes part by a note alone";
  EXPECT_THAT(people(id).rows, SizeIs(3));
  const auto john_after = person(id, kJohn, seen);
  EXPECT_EQ(john_after.last_read_public, john_before.last_read_public);
  EXPECT_EQ(john_after.last_read_at, john_before.last_read_at);
  EXPECT_THAT(thread(id, seen), SizeIs(1));
  EXPECT_THAT(thread(id), SizeIs(3));
  const auto by_key = store().messages_by_key(seen, {{id, 1}, {id, 2}, {id, 3}});
  ASSERT_TRUE(by_key);
  EXPECT_THAT(by_key.value().rows, SizeIs(1));
  EXPECT_EQ(row(id).contexts.size(), before.contexts.size() + 1);
}

TEST_P(AppendTest, WhoSpeaksInPublicIsSeenThere) {
  const auto id = start();
  say(id, kDana, "secret", Visibility::internal);
  const auto seen = storefront(kAmanda, Level::user);
  EXPECT_THAT(people(id, seen).rows, SizeIs(2));
  say(id, kDana, "hello");
  EXPECT_THAT(people(id, seen).rows, SizeIs(3));
  EXPECT_THAT(row(id, seen).contexts, SizeIs(4));
  say(id, kDana, "secret again", Visibility::internal);
  EXPECT_THAT(people(id, seen).rows, SizeIs(3));
}

TEST_P(AppendTest, TheSenderTakesPartAndBecomesAContext) {
  const auto id = start();
  const auto said = say(id, kDana, "hello");
  EXPECT_FALSE(said.participant_uid.empty());
  EXPECT_EQ(person(id, kDana).uid, said.participant_uid);
  EXPECT_THAT(row(id).contexts, SizeIs(4));
  EXPECT_EQ(say(id, kDana, "again").participant_uid, said.participant_uid);
  EXPECT_THAT(row(id).contexts, SizeIs(4));
  EXPECT_THAT(thread(id), SizeIs(2)) << "no system message tells of it";
}

TEST_P(AppendTest, MarksFollow) {
  const auto id = start();
  say(id, kJohn, "one");
  const auto john = backoffice(kJohn, Level::user);
  const auto amanda = storefront(kAmanda, Level::user);
  EXPECT_FALSE(row(id, john).mine->unread);
  EXPECT_EQ(row(id, john).unread, 0);
  EXPECT_TRUE(row(id, amanda).mine->unread);
  EXPECT_EQ(row(id, amanda).unread, 1);
  say(id, kJohn, "two", Visibility::internal);
  EXPECT_EQ(row(id, amanda).unread, 1);
  say(id, kAmanda, "three");
  EXPECT_FALSE(row(id, amanda).mine->unread);
  EXPECT_EQ(row(id, amanda).mine->last_read_public, 2);
  EXPECT_EQ(row(id, amanda).mine->last_read, 3);
  EXPECT_TRUE(row(id, john).mine->unread);
  EXPECT_EQ(row(id, john).unread, 1);
  EXPECT_EQ(row(id, backoffice(kDana, Level::organization)).unread, 0) << "takes no part";
}

TEST_P(AppendTest, TheMarkOfWhomItIsSentForStays) {
  const auto id = start();
  auto command = message(id, kJohn, "in the name of Dana");
  command.message.sender = kDana;
  const auto said = store().append(command);
  ASSERT_TRUE(said);
  EXPECT_EQ(said.value().message.sender, kDana);
  EXPECT_EQ(said.value().message.posted_by, kJohn);
  EXPECT_EQ(person(id, kDana).last_read, 0);
  EXPECT_TRUE(person(id, kDana).unread);
  EXPECT_EQ(person(id, kJohn).last_read, 1);
  EXPECT_FALSE(person(id, kJohn).unread);
}

TEST_P(AppendTest, RepeatedIsStoredOnce) {
  const auto id = start();
  auto command = message(id, kAmanda, "hello");
  command.message.client_id = "abc";
  const auto first = store().append(command);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first.value().repeated);
  // Even where the conversation was closed since.
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  const auto second = store().append(command);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second.value().repeated);
  EXPECT_EQ(second.value().message.index, first.value().message.index);
  EXPECT_EQ(second.value().message.created, first.value().message.created);
  EXPECT_EQ(second.value().participant_uid, first.value().participant_uid);
  EXPECT_EQ(row(id).conversation.all.text_count, 1);
}

TEST_P(AppendTest, AClientIdBelongsToItsSenderAndConversation) {
  const auto id = start();
  auto command = message(id, kAmanda, "hello");
  command.message.client_id = "abc";
  ASSERT_TRUE(store().append(command));
  auto other = message(id, kJohn, "other");
  other.message.client_id = "abc";
  EXPECT_TRUE(store().append(other));
  auto elsewhere = message(start(), kAmanda, "other");
  elsewhere.message.client_id = "abc";
  EXPECT_TRUE(store().append(elsewhere));
}

TEST_P(AppendTest, AClientIdWithAnotherBodyIsAConflict) {
  const auto id = start();
  auto command = message(id, kJohn, "hello");
  command.message.client_id = "abc";
  ASSERT_TRUE(store().append(command));
  command.message.body = "other";
  auto refused = store().append(command);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::conflict);
  EXPECT_EQ(refused.failure().faults.front().code, "client-id-used");
  command.message.body = "hello";
  command.message.visibility = Visibility::internal;
  refused = store().append(command);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::conflict);
}

TEST_P(AppendTest, ClosedTakesNothing) {
  const auto id = start();
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  const auto refused = store().append(message(id, kJohn, "too late"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::conflict);
  EXPECT_THAT(refused.failure().faults.front().facts, ElementsAre(Pair("step", "closed")));
  EXPECT_EQ(row(id).conversation.all.text_count, 0);
  EXPECT_THAT(row(id).contexts, SizeIs(3));
}

TEST_P(AppendTest, InactiveRevives) {
  const auto id = start();
  auto to_inactive = edition(id);
  to_inactive.status = Status::inactive;
  ASSERT_TRUE(store().edit(to_inactive));
  auto refused_command = message(id, kAmanda, "hello");
  refused_command.writable = {Status::active};
  const auto refused = store().append(refused_command);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.failure().faults.front().facts, ElementsAre(Pair("step", "inactive")));

  auto command = message(id, kJohn, "hello");
  command.revives = Status::inactive;
  const auto said = store().append(command);
  ASSERT_TRUE(said);
  EXPECT_EQ(said.value().message.index, 3);
  const auto found = row(id).conversation;
  EXPECT_EQ(found.status, Status::active);
  EXPECT_EQ(found.version, 3);
  EXPECT_EQ(found.all.last_text, 3);
  const auto messages = thread(id);
  ASSERT_THAT(messages, SizeIs(3));
  ASSERT_TRUE(messages[1].note);
  EXPECT_EQ(messages[1].note->kind, "transition");
  EXPECT_EQ(messages[1].note->from, "inactive");
  EXPECT_EQ(messages[1].note->to, "active");
}

TEST_P(AppendTest, ReviveDoesNothingWhereItIsActive) {
  const auto id = start();
  auto command = message(id, kJohn, "hello");
  command.revives = Status::inactive;
  ASSERT_TRUE(store().append(command));
  EXPECT_EQ(row(id).conversation.version, 1);
  EXPECT_THAT(thread(id), SizeIs(1));
}

TEST_P(AppendTest, ACustomerUserOfAnotherCustomerIsRefused) {
  const auto id = start();
  auto command = message(id, kNora, "hello");
  command.sender_customer = kGlobex;
  const auto refused = store().append(command);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::invalid);
  EXPECT_EQ(refused.failure().faults.front().detail, "The customer user does not belong to the customer.");
  command.sender_customer = Reference{};
  EXPECT_FALSE(store().append(command)) << "nor one of no customer at all";
  command.sender_customer = kAcme;
  EXPECT_TRUE(store().append(command));
}

TEST_P(AppendTest, PreconditionsAreJudgedInOrder) {
  const auto id = start();
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  const auto nothing = backoffice(kDana, Level::none);
  auto command = message(id, kNora, "hello");
  command.sender_customer = kGlobex;
  command.view = nothing;
  command.act = nothing;
  EXPECT_EQ(store().append(command).failure().code, Code::not_found);
  command.view = everything();
  EXPECT_EQ(store().append(command).failure().code, Code::forbidden);
  command.act = everything();
  EXPECT_EQ(store().append(command).failure().code, Code::conflict);
  command.writable = {Status::closed};
  EXPECT_EQ(store().append(command).failure().code, Code::invalid);
  command.conversation = id + 100;
  EXPECT_EQ(store().append(command).failure().code, Code::not_found);
}

TEST_P(AppendTest, TextIsKeptAsWritten) {
  const auto id = start();
  const std::string body = "'; drop table x; -- \"quoted\" \\ :name {prefix} % _ \xE2\x80\xAE\xF0\x9F\x91\xA9 \r\n\t ";
  EXPECT_EQ(say(id, kJohn, body).message.body, body);
  EXPECT_EQ(thread(id).front().body, body);
}

} // namespace
} // namespace parley::tests
