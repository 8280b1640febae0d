// Events as readers meet them (N3, N4): positions, whom they concern, the history, retention, waiting.
#include <atomic>
#include <chrono>
#include <thread>

#include "plugin/domain/reach.hpp"
#include "tests/adapters/support/store_test.hpp"
#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

using domain::Reach;
using store::EventRow;
using store::Position;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kNeverOver = [] { return false; };
constexpr std::chrono::hours kLong{1};

class EventsTest : public StoreTest {
protected:
  store::EventStore &events() { return *stores_.events; }

  store::EventPage page(Position after, std::uint32_t limit = 1000) { return events().events(after, limit).value(); }
  std::vector<std::string> kinds(Position after) {
    std::vector<std::string> names;
    const auto found = page(after);
    for (const EventRow &row : found.rows) {
      names.push_back(row.kind);
    }
    return names;
  }
  Position last() { return events().state().value().last; }

  std::vector<Position> history(const Scope &scope, std::optional<ConversationId> conversation = std::nullopt) {
    store::HistoryQuery query;
    query.scope = scope;
    query.conversation = conversation;
    query.descending = false;
    query.paging.size = 1000;
    std::vector<Position> positions;
    const auto found = events().history(query).value();
    for (const EventRow &row : found.rows) {
      positions.push_back(row.position);
    }
    return positions;
  }

  void remove(ConversationId conversation) {
    store::DeleteConversation command;
    command.doing = doing(kJohn);
    command.conversation = conversation;
    command.view = command.act = everything();
    ASSERT_TRUE(store().remove(command));
  }

  /// Acme's (John's, Sales), Globex's (Charlie's, Sales West), Acme's of another organization, and nobody's; people
  /// take part in public, by a note, and after they moved away.
  std::vector<ConversationId> a_small_world() {
    std::vector<ConversationId> ids;
    ids.push_back(start("acme"));
    auto command = sample("globex");
    command.conversation.owner = kCharlie;
    command.conversation.unit = "west";
    command.conversation.customer = kGlobex;
    command.conversation.customer_user = kNora;
    command.participants = {kCharlie, kNora, kAmanda};
    ids.push_back(start(command));
    command = sample("elsewhere");
    command.conversation.organization = "2";
    command.conversation.unit = "west";
    ids.push_back(start(command));
    command = store::StartConversation{};
    command.doing = doing(kJohn);
    command.conversation.name = "nobody's";
    ids.push_back(start(command));
    say(ids[0], kDana, "a note", Visibility::internal);
    say(ids[0], kBrian, "a note", Visibility::internal); // of that customer, and still not in public
    say(ids[1], kDana, "hello");
    say(ids[1], kBrian, "a note", Visibility::internal);
    say(ids[3], kBrian, "hello");
    auto moved = edition(ids[0]);
    moved.unit = "west";
    moved.owner = kCharlie;
    EXPECT_TRUE(store().edit(moved));
    return ids;
  }

  static std::vector<Scope> scopes() {
    std::vector<Scope> all;
    for (const Level level :
         {Level::none, Level::user, Level::unit, Level::division, Level::organization, Level::global}) {
      for (const Reference &actor :
           {kJohn, kCharlie, kDana, kAmanda, kBrian, kNora, Reference{}, Reference{"users", "11"}}) {
        for (const char *organization : {"1", "2", ""}) {
          for (const std::vector<std::string> &ids :
               {std::vector<std::string>{}, {""}, {"west"}, {"sales", "west"}, {"21"}, {"21", "22"}}) {
            Scope scope = backoffice(actor, level, ids);
            scope.organization = organization;
            all.push_back(scope);
            scope = storefront(actor, level, ids);
            scope.organization = organization;
            all.push_back(scope);
          }
        }
      }
    }
    return all;
  }
};
PARLEY_ON_EVERY_DATABASE(EventsTest);

TEST_P(EventsTest, N4_TellWhatHappenedInItsOrder) {
  const auto id = start();
  say(id, kJohn, "hello");
  say(id, kDana, "a note", Visibility::internal);
  auto renamed = edition(id);
  renamed.name = "new \"name\"\n\\";
  renamed.owner = kCharlie;
  ASSERT_TRUE(store().edit(renamed));
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  EXPECT_THAT(kinds(0),
              ElementsAre("created", "message-added", "message-added", "edited", "assigned", "status-changed"));
  const auto rows = page(0).rows;
  EXPECT_EQ(rows[1].index, 1);
  EXPECT_EQ(rows[1].public_index, 1);
  EXPECT_EQ(rows[1].sender, kJohn);
  EXPECT_EQ(rows[2].visibility, Visibility::internal);
  EXPECT_EQ(rows[2].public_index, 0);
  ASSERT_THAT(rows[3].changes, SizeIs(1));
  EXPECT_EQ(rows[3].changes[0].to, "new \"name\"\n\\") << "whatever people write comes back";
  ASSERT_THAT(rows[4].changes, SizeIs(1));
  EXPECT_EQ(rows[4].changes[0].from, "users/1");
  EXPECT_EQ(rows[5].public_index, 2) << "the note before it has no public number";
}

TEST_P(EventsTest, N3_PositionsHaveNoGapUnderSixteenWriters) {
  constexpr int kThreads = 16;
  constexpr int kEach = 20;
  std::vector<ConversationId> ids;
  for (int at = 0; at < 4; ++at) {
    ids.push_back(start());
  }
  auto other = database_->open(); // another process
  std::vector<store::AppendMessage> commands;
  for (const auto id : ids) {
    commands.push_back(message(id, kJohn, "x"));
  }
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      auto &store = thread % 2 == 0 ? *stores_.conversations : *other.conversations;
      for (int at = 0; at < kEach; ++at) {
        auto command = commands[static_cast<std::size_t>(thread + at) % commands.size()];
        if (at % 5 == 4) {
          command.writable = {}; // one that fails must not leave a gap
        }
        refused += store.append(command) ? 0 : 1;
      }
    });
  }
  // A reader that follows gets each position once, in order.
  constexpr Position kAll = 4 + kThreads * kEach * 4 / 5;
  std::vector<Position> followed;
  while (followed.size() < static_cast<std::size_t>(kAll)) {
    const Position after = followed.empty() ? 0 : followed.back();
    const auto found = page(after, 7);
    for (const EventRow &row : found.rows) {
      followed.push_back(row.position);
    }
    EXPECT_TRUE(events().wait(after, std::chrono::milliseconds(1), kNeverOver));
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(refused, kThreads * kEach / 5);
  EXPECT_EQ(last(), kAll);
  ASSERT_THAT(followed, SizeIs(kAll));
  for (std::size_t at = 0; at < followed.size(); ++at) {
    ASSERT_EQ(followed[at], static_cast<Position>(at + 1));
  }
}

TEST_P(EventsTest, N3_ResumeFromEveryPosition) {
  const auto id = start();
  for (int at = 0; at < 20; ++at) {
    say(id, kJohn, "x", at % 3 == 0 ? Visibility::internal : Visibility::everybody);
  }
  for (Position after = 0; after <= last(); ++after) {
    std::vector<Position> seen;
    Position at = after;
    for (auto next = page(at, 6); !next.rows.empty(); next = page(at, 6)) {
      for (const EventRow &row : next.rows) {
        seen.push_back(row.position);
      }
      at = next.rows.back().position;
    }
    std::vector<Position> expected;
    for (Position each = after + 1; each <= last(); ++each) {
      expected.push_back(each);
    }
    ASSERT_EQ(seen, expected);
  }
}

TEST_P(EventsTest, WhatExistsIsJudgedAsItIsNow) {
  const auto id = start();
  say(id, kDana, "hello");
  auto moved = edition(id);
  moved.owner = kCharlie;
  moved.unit = "west";
  moved.customer = kGlobex;
  moved.customer_user = kNora;
  ASSERT_TRUE(store().edit(moved));
  const EventRow first = page(0, 1).rows.at(0);
  EXPECT_TRUE(first.exists);
  EXPECT_EQ(first.concerned.owner, kCharlie);
  EXPECT_EQ(first.concerned.unit, "west");
  EXPECT_EQ(first.concerned.customer, kGlobex);
  EXPECT_EQ(first.concerned.customer_user, kNora);
  EXPECT_THAT(first.concerned.participants, SizeIs(3)) << "Dana, who came later, too";
}

TEST_P(EventsTest, WhatWasDeletedIsJudgedByItsEvents) {
  const auto id = start();
  say(id, kDana, "a note", Visibility::internal);
  auto moved = edition(id);
  moved.owner = kCharlie;
  ASSERT_TRUE(store().edit(moved));
  remove(id);
  const auto rows = page(0).rows;
  ASSERT_EQ(rows.back().kind, "deleted");
  EXPECT_FALSE(rows[0].exists);
  EXPECT_EQ(rows[0].concerned.owner, kJohn) << "as it was when this happened";
  EXPECT_THAT(rows[0].concerned.participants, SizeIs(2));
  EXPECT_EQ(rows.back().concerned.owner, kCharlie);
  ASSERT_THAT(rows.back().concerned.participants, SizeIs(3));
  EXPECT_EQ(rows.back().concerned.participants[2].actor, kDana);
  EXPECT_FALSE(rows.back().concerned.participants[2].in_public);
  EXPECT_TRUE(rows[1].sender.none()) << "the message is gone";
}

TEST_P(EventsTest, S5_MemoryAndDatabaseAgreeOnEveryScope) {
  const auto ids = a_small_world();
  const auto rows = page(0).rows;
  int seen = 0;
  for (const Scope &scope : scopes()) {
    const Reach reach(scope);
    const auto found = store().reachable(scope, ids).value();
    const std::vector<Position> told = history(scope);
    for (const EventRow &row : rows) {
      const bool visible = std::find(found.begin(), found.end(), row.conversation) != found.end();
      ASSERT_EQ(reach.holds(row.concerned), visible)
          << row.position << " level " << static_cast<int>(scope.level) << " actor " << scope.actor.id;
      const bool listed = std::find(told.begin(), told.end(), row.position) != told.end();
      ASSERT_EQ(listed, visible) << "the history of what exists is the conversation's own condition";
      seen += visible ? 1 : 0;
    }
  }
  EXPECT_GT(seen, 1000) << "the comparison compared something";
}

TEST_P(EventsTest, S5_MemoryAndHistoryAgreeOnWhatWasDeleted) {
  for (const auto id : a_small_world()) {
    remove(id);
  }
  const auto rows = page(0).rows;
  int seen = 0;
  for (const Scope &scope : scopes()) {
    const Reach reach(scope);
    const auto found = history(scope);
    for (const EventRow &row : rows) {
      const bool listed = std::find(found.begin(), found.end(), row.position) != found.end();
      if (scope.audience == Audience::storefront) {
        ASSERT_FALSE(listed) << "the storefront has no history";
      } else {
        ASSERT_EQ(listed, reach.holds(row.concerned))
            << row.position << " level " << static_cast<int>(scope.level) << " actor " << scope.actor.id;
      }
      seen += listed ? 1 : 0;
    }
  }
  EXPECT_GT(seen, 1000);
}

TEST_P(EventsTest, N4_TheHistoryOfOneConversationIsPaged) {
  const auto id = start();
  start("another");
  for (int at = 0; at < 5; ++at) {
    say(id, kJohn, "x");
  }
  store::HistoryQuery query;
  query.scope = everything();
  query.conversation = id;
  query.paging.size = 4;
  query.paging.want_total = true;
  auto first = events().history(query).value();
  EXPECT_EQ(first.total, 6);
  ASSERT_THAT(first.rows, SizeIs(4));
  EXPECT_EQ(first.rows[0].position, 7) << "newest first";
  EXPECT_TRUE(first.has_next);
  query.paging.after = first.rows.back().cursor;
  const auto second = events().history(query).value();
  ASSERT_THAT(second.rows, SizeIs(2));
  EXPECT_EQ(second.rows[1].kind, "created");
  EXPECT_FALSE(second.has_next);
  query.paging.after = "nonsense";
  EXPECT_EQ(events().history(query).failure().code, Code::malformed);
}

TEST_P(EventsTest, N4_HistoryByPositionInTheOrderOfThePositions) {
  const auto id = start();
  say(id, kJohn, "x");
  const auto found = events().history_by_position(everything(), {2, 99, 1}).value().rows;
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].position, 2);
  EXPECT_EQ(found[1].position, 1);
  EXPECT_THAT(events().history_by_position(backoffice(kDana, Level::user), {1, 2}).value().rows, IsEmpty());
  EXPECT_THAT(events().history_by_position(everything(), {}).value().rows, IsEmpty());
}

TEST_P(EventsTest, WorkflowEventsAreTheGlobalBackOffices) {
  ASSERT_TRUE(workflows().set_active("conversation_flow", false, doing(kJohn)));
  const auto rows = page(0).rows;
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].conversation, 0);
  EXPECT_TRUE(Reach(everything()).holds(rows[0].concerned));
  EXPECT_FALSE(Reach(backoffice(kJohn, Level::organization)).holds(rows[0].concerned));
  EXPECT_THAT(history(everything()), ElementsAre(1));
  EXPECT_THAT(history(backoffice(kJohn, Level::division, {""})), IsEmpty());
}

TEST_P(EventsTest, PublicEventsAreFoundByWhatTheyTell) {
  const auto id = start();
  say(id, kJohn, "a note", Visibility::internal);
  say(id, kJohn, "hello");
  auto command = edition(id);
  command.name = "one";
  ASSERT_TRUE(store().edit(command));
  command.name = "two"; // within the same microsecond
  ASSERT_TRUE(store().edit(command));
  const auto all = page(0);
  for (const EventRow &row : all.rows) {
    const auto found = events().locate({row.conversation, row.kind, row.public_index, row.time, row.twin}).value();
    if (row.visibility == Visibility::internal) {
      EXPECT_FALSE(found) << "an internal one cannot be asked for";
    } else {
      EXPECT_EQ(found, row.position);
    }
  }
  EXPECT_EQ(page(0).rows.back().twin, 2);
  EXPECT_FALSE(events().locate({id, "edited", 0, command.doing.now, 3}).value());
}

TEST_P(EventsTest, PurgingTakesTheOldestAndRaisesTheFloor) {
  const auto id = start();
  for (int at = 0; at < 9; ++at) {
    say(id, kJohn, "x");
  }
  const auto rows = page(0).rows;
  auto purged = events().purge(rows[6].time, 4).value();
  EXPECT_EQ(purged.events, 4);
  EXPECT_TRUE(purged.more);
  EXPECT_EQ(events().state().value().purged_to, 4);
  EXPECT_THAT(page(3).rows, IsEmpty()) << "below the floor nothing is read";
  EXPECT_THAT(page(4).rows, SizeIs(6)) << "at the floor everything that is left";
  purged = events().purge(rows[6].time, 4).value();
  EXPECT_EQ(purged.events, 2);
  EXPECT_FALSE(purged.more);
  EXPECT_EQ(page(6).rows.at(0).position, 7);
  EXPECT_EQ(events().purge(rows[6].time, 4).value().events, 0);
  EXPECT_EQ(last(), 10) << "positions are never given again";
  say(id, kJohn, "x");
  EXPECT_EQ(last(), 11);
  EXPECT_EQ(events().purge(now_ + 1, 100).value().events, 5);
  EXPECT_EQ(events().state().value().purged_to, 11);
  EXPECT_EQ(database_->number("select count(*) from {prefix}event"), 0);
}

TEST_P(EventsTest, AnOldEventBehindANewerOneStays) {
  const auto id = start();
  auto late = message(id, kJohn, "x");
  late.doing.now += 1'000'000'000;
  ASSERT_TRUE(store().append(late));
  auto early = message(id, kJohn, "x");
  ASSERT_TRUE(store().append(early));
  EXPECT_EQ(events().purge(early.doing.now + 1, 100).value().events, 1);
  EXPECT_THAT(page(1).rows, SizeIs(2));
}

TEST_P(EventsTest, APurgeWhileOthersReadLeavesThemAWholePage) {
  const auto id = start();
  for (int at = 0; at < 200; ++at) {
    say(id, kJohn, "x");
  }
  std::atomic<bool> done{false};
  std::thread purger([&] {
    for (int round = 0; round < 100; ++round) {
      EXPECT_TRUE(events().purge(now_ + 1, 2));
    }
    done = true;
  });
  Position after = 0;
  int pages = 0;
  while (!done || pages == 0) {
    const auto found = page(after, 50);
    ++pages;
    if (after < found.state.purged_to) {
      EXPECT_THAT(found.rows, IsEmpty());
      after = found.state.purged_to;
      continue;
    }
    EXPECT_EQ(found.rows.empty(), after == found.state.last);
    for (const EventRow &row : found.rows) {
      EXPECT_EQ(row.position, after + 1) << "a hole in a page";
      after = row.position;
    }
    after = found.state.purged_to; // and read it again
  }
  purger.join();
  EXPECT_EQ(events().state().value().purged_to, 200);
}

TEST_P(EventsTest, WaitingSeesWhatAnotherProcessCommits) {
  const auto id = start();
  auto other = database_->open();
  const auto command = message(id, kJohn, "x");
  std::thread writer([&] { EXPECT_TRUE(other.conversations->append(command)); });
  EXPECT_TRUE(events().wait(1, kLong, kNeverOver));
  EXPECT_EQ(last(), 2);
  writer.join();
}

TEST_P(EventsTest, WaitingEndsWithItsTime) {
  start();
  EXPECT_TRUE(events().wait(1, std::chrono::milliseconds(5), kNeverOver));
  EXPECT_TRUE(events().wait(0, kLong, kNeverOver)) << "there is something already";
  EXPECT_TRUE(events().wait(99, kLong, kNeverOver)) << "no such position: reading says so";
}

TEST_P(EventsTest, WaitingHoldsNoConnection) {
  const auto id = start();
  adapters::StoreOptions options;
  options.connections = 1;
  auto narrow = std::move(adapters::open(database_->connection(), options)).value();
  std::atomic<bool> over{false};
  std::atomic<int> asked{0};
  std::thread waiter([&] {
    EXPECT_TRUE(narrow.events->wait(1, kLong, [&] {
      ++asked;
      return over.load();
    }));
  });
  // It has looked, and waits.
  EXPECT_TRUE(comes_true([&] { return asked >= 2; }));
  EXPECT_THAT(narrow.conversations->reachable(everything(), {id}).value(), ElementsAre(id));
  over = true;
  narrow.events->wake();
  waiter.join();
}

} // namespace
} // namespace parley::tests
