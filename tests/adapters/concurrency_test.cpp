#include <algorithm>
#include <map>
#include <mutex>
#include <thread>

#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::SizeIs;

constexpr int kThreads = 8;
constexpr int kMessages = 50;

using ConcurrencyTest = StoreTest;
PARLEY_ON_EVERY_DATABASE(ConcurrencyTest);

TEST_P(ConcurrencyTest, NumbersAndCountsAreExact) {
  const auto id = start();
  const auto template_command = message(id, kJohn, "x");
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int at = 0; at < kMessages; ++at) {
        auto command = template_command;
        const Reference sender{"users", std::to_string(100 + thread)};
        command.doing.actor = sender;
        command.doing.now += at;
        command.message.sender = sender;
        command.message.body = std::to_string(thread) + ":" + std::to_string(at);
        command.message.visibility = at % 2 == 0 ? Visibility::everybody : Visibility::internal;
        refused += store().append(command) ? 0 : 1;
      }
    });
  }
  // Readers never see a page that contradicts itself.
  std::atomic<bool> stop{false};
  std::atomic<int> contradictions{0};
  std::thread reader([&] {
    while (!stop) {
      const auto page = store().conversations_by_id(everything(), {id});
      const auto &seen = page.value().rows.at(0);
      if (seen.conversation.all.text_count > 0 &&
          (!seen.last_text || seen.last_text->index != seen.conversation.all.last_text)) {
        ++contradictions;
      }
    }
  });
  for (auto &thread : threads) {
    thread.join();
  }
  stop = true;
  reader.join();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(contradictions, 0);

  const auto all = thread(id);
  ASSERT_THAT(all, SizeIs(kThreads * kMessages));
  for (std::size_t at = 0; at < all.size(); ++at) {
    EXPECT_EQ(all[at].index, static_cast<domain::Number>(at + 1));
  }
  const auto open = thread(id, storefront(kAmanda, Level::user));
  ASSERT_THAT(open, SizeIs(kThreads * kMessages / 2));
  for (std::size_t at = 0; at < open.size(); ++at) {
    EXPECT_EQ(open[at].public_index, static_cast<domain::Number>(at + 1));
  }
  const auto found = row(id).conversation;
  EXPECT_EQ(found.all.text_count, kThreads * kMessages);
  EXPECT_EQ(found.all.last_index, kThreads * kMessages);
  EXPECT_EQ(found.open.text_count, kThreads * kMessages / 2);
  EXPECT_EQ(found.open.last_text, kThreads * kMessages / 2);
  // Counting ends there.
  EXPECT_EQ(row(id, storefront(kAmanda, Level::user)).unread, store::most_unread);
  EXPECT_EQ(row(id, backoffice(kJohn, Level::user)).unread, store::most_unread);
  // Whoever did not write last has unread messages, and the flags say so.
  EXPECT_EQ(
      database_->number(
          "select count(*) from {prefix}participant p join {prefix}conversation c "
          "on c.id = p.conversation where p.all_unread <> case when c.all_last_text > p.all_last_read then 1 else 0 "
          "end "
          "or p.public_unread <> case when c.public_last_text > p.public_last_read then 1 else 0 "
          "end"),
      0);
  EXPECT_EQ(database_->number("select count(*) from {prefix}participant"), kThreads + 2);
  EXPECT_EQ(database_->number("select max(position) from {prefix}event"), kThreads * kMessages + 1);
  EXPECT_EQ(database_->number("select count(*) from {prefix}event"), kThreads * kMessages + 1);
}

constexpr int kManyThreads = 32;
constexpr int kManyMessages = 2000;

/// What the calls of a message were answered.
struct Answered {
  domain::Number public_index = 0;
  std::string body;
  Reference sender;
  domain::Time created = 0;
};

/// Of the event feed, as it lies in the database.
struct Told {
  std::int64_t position = 0;
  domain::Number index = 0;
  domain::Number public_index = 0;
};

/// D9: 32 threads, public and internal messages, in both audiences, while others mark read, and commands fail in between.
TEST_P(ConcurrencyTest, ThirtyTwoThreadsAddTwoThousandMessages) {
  const auto id = start();
  const auto closed = start("Closed");
  ASSERT_TRUE(store().perform(transition(closed, "close", {Status::active}, Status::closed)));
  const auto first_time = now_ + 1;
  const auto sent = message(id, kJohn, "x");
  const auto edited = edition(id);
  std::atomic<int> next{0};
  std::atomic<int> unexpected{0};
  std::atomic<int> not_committed{0};
  std::mutex mutex;
  std::map<domain::Number, Answered> answered;
  std::map<Reference, domain::Number> last_own;        // of each sender
  std::map<Reference, domain::Number> last_own_public; // of each sender

  const auto refused_as = [&](Code code, const auto &result) {
    unexpected += !result && result.failure().code == code ? 0 : 1;
  };
  std::vector<std::thread> threads;
  threads.reserve(kManyThreads + 2);
  for (int thread = 0; thread < kManyThreads; ++thread) {
    threads.emplace_back([&, thread] {
      const auto elsewhere = database_->session();
      const bool customer = thread % 4 == 3;
      const Reference sender{customer ? "customerusers" : "users", std::to_string(100 + thread)};
      for (int at = next++; at < kManyMessages; at = next++) {
        auto command = sent;
        command.doing = {sender, customer ? Audience::storefront : Audience::backoffice, first_time + at};
        command.message.sender = sender;
        command.message.body = "message " + std::to_string(at);
        command.message.visibility = customer || at % 2 == 0 ? Visibility::everybody : Visibility::internal;
        const auto result = store().append(command);
        if (!result) {
          ++unexpected;
          continue;
        }
        const domain::Message &stored = result.value().message;
        {
          // Success is told after the commit: another connection finds the message.
          auto rows = elsewhere->query("select body from {prefix}message where conversation = :conversation "
                                       "and all_index = :number",
                                       "t", {{"conversation", id}, {"number", stored.index}});
          not_committed += rows.next() && rows.text() == command.message.body ? 0 : 1;
        }
        {
          const std::lock_guard lock(mutex);
          answered[stored.index] = {stored.public_index, command.message.body, sender, stored.created};
          last_own[sender] = std::max(last_own[sender], stored.index);
          last_own_public[sender] = std::max(last_own_public[sender], stored.public_index);
        }
        // What fails takes no other command of its batch with it.
        if (at % 5 == 0) {
          auto late = edited;
          late.name = "Never";
          late.expected_version = 99;
          refused_as(Code::stale, store().edit(late));
        } else if (at % 5 == 1) {
          auto nobody = command;
          nobody.message.sender = {};
          unexpected += store().append(nobody) ? 1 : 0; // the database itself refuses it
        } else if (at % 5 == 2) {
          auto too_late = command;
          too_late.conversation = closed;
          refused_as(Code::conflict, store().append(too_late));
        } else if (at % 5 == 3) {
          auto nowhere = command;
          nowhere.conversation = 12345;
          refused_as(Code::not_found, store().append(nowhere));
        }
      }
    });
  }
  // One reader in each audience, who never writes: the marks are the highest that were told to be stored.
  std::atomic<bool> stop{false};
  domain::Number john_read = 0;
  domain::Number amanda_read = 0;
  const auto read_along = [&](const Scope &viewer, domain::Number &mark) {
    return std::thread([&, viewer] {
      while (!stop) {
        const auto page = store().conversations_by_id(viewer, {id});
        const auto last = page.value().rows.at(0).conversation.tally(viewer.audience).last_index;
        if (store().mark_read({{viewer.actor, viewer.audience, first_time}, id, viewer, last})) {
          mark = last;
        } else {
          ++unexpected;
        }
      }
    });
  };
  std::thread john = read_along(backoffice(kJohn, Level::user), john_read);
  std::thread amanda = read_along(storefront(kAmanda, Level::user), amanda_read);
  for (auto &thread : threads) {
    thread.join();
  }
  stop = true;
  john.join();
  amanda.join();
  EXPECT_EQ(unexpected, 0);
  EXPECT_EQ(not_committed, 0);

  // The numbers run without gap or repeat, for both audiences, in one order.
  ASSERT_THAT(answered, SizeIs(kManyMessages));
  domain::Number index = 0;
  domain::Number public_index = 0;
  const auto messages = thread(id);
  ASSERT_THAT(messages, SizeIs(kManyMessages));
  for (const auto &[number, told] : answered) {
    const domain::Message &stored = messages.at(static_cast<std::size_t>(index));
    ASSERT_EQ(number, ++index);
    if (told.public_index != 0) {
      ASSERT_EQ(told.public_index, ++public_index);
    }
    ASSERT_EQ(stored.index, number);
    ASSERT_EQ(stored.public_index, told.public_index);
    ASSERT_EQ(stored.body, told.body);
    ASSERT_EQ(stored.sender, told.sender);
  }
  const auto open = thread(id, storefront(kAmanda, Level::user));
  ASSERT_THAT(open, SizeIs(public_index));

  // Counts, last messages, activity.
  const auto found = row(id);
  EXPECT_EQ(found.conversation.version, 1);
  EXPECT_EQ(found.conversation.name, "Order ORD-1001");
  EXPECT_EQ(found.conversation.all.last_index, kManyMessages);
  EXPECT_EQ(found.conversation.all.text_count, kManyMessages);
  EXPECT_EQ(found.conversation.all.last_text, kManyMessages);
  EXPECT_EQ(found.conversation.all.last_text_at, messages.back().created);
  EXPECT_EQ(found.last_text->body, messages.back().body);
  EXPECT_EQ(found.conversation.open.last_index, public_index);
  EXPECT_EQ(found.conversation.open.text_count, public_index);
  EXPECT_EQ(found.conversation.open.last_text, public_index);
  // Its time there: a note by a clock that was ahead does not show.
  EXPECT_EQ(found.conversation.open.last_text_at, open.back().created);
  const auto of_conversation = [&](const std::string &sql) {
    return database_->number(sql + " and conversation = " + std::to_string(id));
  };
  EXPECT_EQ(of_conversation("select count(*) from {prefix}context where all_activity_at = " +
                            std::to_string(messages.back().created) +
                            " and public_activity_at = " + std::to_string(open.back().created)),
            static_cast<std::int64_t>(found.contexts.size()))
      << "every context is as recent as the last message";
  EXPECT_EQ(found.contexts.size(), last_own.size() + 3);

  // Marks and flags: who sends has read as far as that, and who reads as far as it was told.
  const auto mark_of = [&](const Reference &actor, const std::string &column) {
    return of_conversation("select " + column + " from {prefix}participant where actor_type = '" + actor.type +
                           "' and actor_id = '" + actor.id + "'");
  };
  for (const auto &[sender, last] : last_own) {
    EXPECT_EQ(mark_of(sender, "all_last_read"), last) << sender.id;
    EXPECT_EQ(mark_of(sender, "public_last_read"), last_own_public[sender]) << sender.id;
    EXPECT_EQ(mark_of(sender, "all_unread"), last < kManyMessages ? 1 : 0) << sender.id;
    EXPECT_EQ(mark_of(sender, "public_unread"), last_own_public[sender] < public_index ? 1 : 0) << sender.id;
  }
  EXPECT_EQ(mark_of(kJohn, "all_last_read"), john_read);
  EXPECT_EQ(mark_of(kJohn, "all_unread"), john_read < kManyMessages ? 1 : 0);
  EXPECT_EQ(row(id, backoffice(kJohn, Level::user)).unread, kManyMessages - john_read);
  EXPECT_EQ(mark_of(kAmanda, "public_last_read"), amanda_read);
  EXPECT_EQ(row(id, storefront(kAmanda, Level::user)).unread, public_index - amanda_read);
  EXPECT_EQ(of_conversation("select count(*) from {prefix}participant where 1 = 1"),
            static_cast<std::int64_t>(last_own.size() + 2));

  // The feed: positions without gap, one event for each message, in the order of the messages; nothing of what failed.
  std::vector<Told> feed;
  {
    const auto session = database_->session();
    auto rows = session->query("select position, coalesce(all_index, 0), coalesce(public_index, 0) from {prefix}event "
                               "order by position",
                               "iii");
    while (rows.next()) {
      Told told;
      told.position = rows.integer();
      told.index = rows.integer();
      told.public_index = rows.integer();
      feed.push_back(told);
    }
  }
  constexpr std::size_t before = 3; // both conversations were begun, one was closed
  ASSERT_THAT(feed, SizeIs(before + kManyMessages));
  for (std::size_t at = 0; at < feed.size(); ++at) {
    ASSERT_EQ(feed[at].position, static_cast<std::int64_t>(at + 1));
    if (at >= before) {
      ASSERT_EQ(feed[at].index, static_cast<domain::Number>(at + 1 - before));
      ASSERT_EQ(feed[at].public_index, answered[feed[at].index].public_index);
    }
  }
  EXPECT_EQ(row(closed).conversation.all.text_count, 0);
}

TEST_P(ConcurrencyTest, OneOfTwoEditsOfAVersionWins) {
  const auto id = start();
  std::atomic<int> done{0};
  std::atomic<int> stale{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < kThreads; ++thread) {
    auto command = edition(id);
    command.name = "thread " + std::to_string(thread);
    command.expected_version = 1;
    threads.emplace_back([&, command] {
      const auto result = store().edit(command);
      (result ? done : stale) += result || result.failure().code == Code::stale ? 1 : 0;
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(stale, kThreads - 1);
}

TEST_P(ConcurrencyTest, OneClientIdIsStoredOnce) {
  const auto id = start();
  auto command = message(id, kJohn, "hello");
  command.message.client_id = "same";
  std::atomic<int> first{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      const auto result = store().append(command);
      first += result && !result.value().repeated ? 1 : 0;
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(first, 1);
  EXPECT_THAT(thread(id), SizeIs(1));
}

TEST_P(ConcurrencyTest, SeveralProcessesOnOneDatabase) {
  const auto id = start();
  auto other = database_->open();
  auto command = message(id, kJohn, "hello");
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (auto *each : {stores_.conversations.get(), other.conversations.get()}) {
    for (int thread = 0; thread < 2; ++thread) {
      threads.emplace_back([&, each] {
        for (int at = 0; at < kMessages; ++at) {
          refused += each->append(command) ? 0 : 1;
        }
      });
    }
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(row(id).conversation.all.last_index, 4 * kMessages);
  EXPECT_THAT(thread(id), SizeIs(4 * kMessages));
}

} // namespace
} // namespace parley::tests
