#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class UnreadTest : public StoreTest {
protected:
  store::Unread unread(const Scope &viewer) {
    auto found = store().unread({viewer, 5});
    EXPECT_TRUE(found);
    return found ? std::move(found).value() : store::Unread{};
  }
  std::vector<ConversationId> latest(const Scope &viewer) {
    std::vector<ConversationId> ids;
    for (const auto &row : unread(viewer).latest.rows) {
      ids.push_back(row.conversation.id);
    }
    return ids;
  }
  domain::Result<std::int64_t> mark_all(const Scope &viewer) {
    store::MarkAllRead command;
    command.doing = doing(viewer.actor, viewer.audience);
    command.view = viewer;
    command.until = command.doing.now;
    return store().mark_all_read(command);
  }
  domain::Done set_back(ConversationId conversation, const Scope &viewer) {
    return store().mark_unread({doing(viewer.actor, viewer.audience), conversation, viewer});
  }

  const Scope john_ = backoffice(kJohn, Level::user);
  const Scope amanda_ = storefront(kAmanda, Level::user);
};
PARLEY_ON_EVERY_DATABASE(UnreadTest);

TEST_P(UnreadTest, B10_CountsWhatOthersSaidNewestFirst) {
  const auto first = start("first");
  const auto second = start("second");
  start("silent");
  EXPECT_EQ(unread(john_).count, 0);
  say(first, kAmanda, "one");
  say(second, kAmanda, "two");
  EXPECT_THAT(latest(john_), ElementsAre(second, first));
  say(first, kAmanda, "three");
  EXPECT_THAT(latest(john_), ElementsAre(first, second));
  EXPECT_EQ(unread(john_).latest.rows.front().last_text->body, "three");
  EXPECT_FALSE(unread(john_).more);
  EXPECT_EQ(unread(amanda_).count, 0) << "her own words";
  ASSERT_TRUE(read_to(first, john_, 100));
  EXPECT_THAT(latest(john_), ElementsAre(second));
}

TEST_P(UnreadTest, B13_NotesAreNoNewsOutside) {
  const auto id = start();
  say(id, kAmanda, "hello");
  say(id, kDana, "a note", Visibility::internal);
  EXPECT_EQ(unread(amanda_).count, 0);
  EXPECT_EQ(unread(john_).latest.rows.front().last_text->body, "a note");
  say(id, kDana, "an answer");
  say(id, kDana, "another note", Visibility::internal);
  ASSERT_THAT(unread(amanda_).latest.rows, SizeIs(1));
  EXPECT_EQ(unread(amanda_).latest.rows.front().last_text->body, "an answer");
}

TEST_P(UnreadTest, B10_CountingEndsAtAHundred) {
  for (int at = 0; at < 100; ++at) {
    say(start(), kAmanda, "hello");
    if (at == 98) {
      EXPECT_EQ(unread(john_).count, 99);
      EXPECT_FALSE(unread(john_).more);
    }
  }
  say(start(), kAmanda, "hello");
  EXPECT_EQ(unread(john_).count, store::most_unread);
  EXPECT_TRUE(unread(john_).more);
  EXPECT_THAT(unread(john_).latest.rows, SizeIs(5));
}

TEST_P(UnreadTest, D10_WhoTakesPartAndDoesNotSeeHasNothingUnread) {
  const auto id = start();
  say(id, kAmanda, "hello");
  say(id, kJohn, "hello");
  auto elsewhere = backoffice(kJohn, Level::user);
  elsewhere.organization = "2";
  EXPECT_EQ(unread(elsewhere).count, 0);
  EXPECT_EQ(mark_all(elsewhere).value(), 0);
  auto moved = storefront(kAmanda, Level::user);
  EXPECT_EQ(unread(moved).count, 1);
  moved.customer = kGlobex;
  EXPECT_EQ(unread(moved).count, 0);
  EXPECT_EQ(unread(backoffice(kJohn, Level::none)).count, 0);
  EXPECT_EQ(unread(backoffice(kCharlie, Level::global)).count, 0) << "takes no part";
}

TEST_P(UnreadTest, B10_MarksAllReadInBothNumbers) {
  std::vector<ConversationId> ids;
  for (int at = 0; at < 3; ++at) {
    ids.push_back(start());
    say(ids.back(), kAmanda, "one");
    say(ids.back(), kDana, "note", Visibility::internal);
    say(ids.back(), kDana, "two");
    say(ids.back(), kDana, "note", Visibility::internal);
  }
  EXPECT_EQ(mark_all(john_).value(), 3);
  EXPECT_EQ(unread(john_).count, 0);
  const auto john = person(ids.front(), kJohn);
  EXPECT_EQ(john.last_read, 4);
  EXPECT_EQ(john.last_read_public, 2);
  EXPECT_EQ(john.last_read_at, now_);
  EXPECT_EQ(unread(amanda_).count, 3) << "her marks are her own";
  EXPECT_EQ(mark_all(amanda_).value(), 3);
  EXPECT_EQ(unread(amanda_).count, 0);
  const auto amanda = person(ids.front(), kAmanda);
  EXPECT_EQ(amanda.last_read_public, 2);
  EXPECT_EQ(amanda.last_read, 3);
  EXPECT_EQ(mark_all(john_).value(), 0);
}

TEST_P(UnreadTest, B10_MarksInStepsAndOnlyWhatWasThere) {
  for (int at = 0; at < 5; ++at) {
    say(start(), kAmanda, "hello");
  }
  store::MarkAllRead command;
  command.doing = doing(kJohn);
  command.view = john_;
  command.until = command.doing.now;
  command.most = 2;
  const auto newer = start();
  say(newer, kAmanda, "after the call began");
  std::vector<std::int64_t> steps;
  for (int step = 0; step < 3; ++step) {
    steps.push_back(store().mark_all_read(command).value());
  }
  EXPECT_THAT(steps, ElementsAre(2, 2, 1));
  EXPECT_THAT(latest(john_), ElementsAre(newer));
}

TEST_P(UnreadTest, B11_MarksUnreadAgain) {
  const auto id = start();
  say(id, kAmanda, "one");
  say(id, kDana, "two");
  say(id, kDana, "note", Visibility::internal);
  ASSERT_TRUE(read_to(id, john_, 3));
  ASSERT_TRUE(set_back(id, john_));
  EXPECT_THAT(latest(john_), ElementsAre(id));
  EXPECT_EQ(person(id, kJohn).last_read, 2);
  EXPECT_EQ(row(id, john_).unread, 1);
  ASSERT_TRUE(set_back(id, john_)) << "twice is once";
  EXPECT_EQ(person(id, kJohn).last_read, 2);

  ASSERT_TRUE(read_to(id, amanda_, 2));
  EXPECT_EQ(unread(amanda_).count, 0);
  ASSERT_TRUE(set_back(id, amanda_));
  EXPECT_THAT(latest(amanda_), ElementsAre(id));
  EXPECT_EQ(person(id, kAmanda).last_read_public, 1);
  EXPECT_EQ(person(id, kAmanda).last_read, 1);
  ASSERT_TRUE(read_to(id, amanda_, 2));
  EXPECT_EQ(unread(amanda_).count, 0);
}

TEST_P(UnreadTest, B11_NothingToSetBack) {
  const auto silent = start();
  ASSERT_TRUE(set_back(silent, john_));
  EXPECT_EQ(unread(john_).count, 0);
  EXPECT_EQ(set_back(silent, backoffice(kDana, Level::user)).failure().code, Code::not_found);
  const auto refused = set_back(silent, backoffice(kCharlie, Level::global));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::conflict);
  say(silent, kDana, "note", Visibility::internal);
  auto dana = storefront(kDana, Level::division, {kAcme.id});
  EXPECT_EQ(set_back(silent, dana).failure().code, Code::conflict) << "the shop sees no part of hers";
}

TEST_P(UnreadTest, D10_TheNumberOfUnreadMessagesEndsAtAHundred) {
  const auto id = start();
  for (int at = 0; at < 102; ++at) {
    say(id, kAmanda, "hello");
    if (at == 98) {
      EXPECT_EQ(row(id, john_).unread, 99);
    }
  }
  EXPECT_EQ(row(id, john_).unread, 100);
}

TEST_P(UnreadTest, TheTimesOfTheLastMessageAreThoseOfTheConversation) {
  const auto id = start();
  say(id, kAmanda, "one");
  say(id, kDana, "note", Visibility::internal);
  say(id, kCharlie, "two");
  say(id, kJohn, "note", Visibility::internal);
  EXPECT_EQ(database_->number("select count(*) from {prefix}participant"), 4);
  EXPECT_EQ(database_->number("select count(*) from {prefix}participant p join {prefix}conversation c on c.id = "
                              "p.conversation where p.all_last_text_at <> c.all_last_text_at or "
                              "p.public_last_text_at <> c.public_last_text_at"),
            0);
}

} // namespace
} // namespace parley::tests
