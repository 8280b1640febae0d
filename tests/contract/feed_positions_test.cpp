// Where a reader of the feed goes on: cursors, steps, and below the floor (N3).
#include "feed_fixture.hpp"

namespace {

using contract::Events;
using contract::Feed;
using contract::Listener;
using contract::view;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(Feed, N3_ResumeBehindEveryCursor) {
  const std::string id = begin();
  for (int at = 0; at < 6; ++at) {
    at % 2 == 0 ? say(id, "hello") : note(id);
  }
  rename(id, "one");
  rename(id, "two"); // the bare host's clock stands still: the two differ in nothing else
  const Events all;
  read(0, {&admin_.call, &amanda_.call}, all);
  for (const Listener *listener : {&admin_, &amanda_}) {
    const auto told = all.of(listener == &admin_ ? 0 : 1);
    for (std::size_t at = 0; at < told.size(); ++at) {
      const parley_str cursor = view(told[at].cursor);
      std::uint64_t position = 0;
      ASSERT_EQ(feed_->locate(host_->plugin(), &listener->call, &cursor, &position, nullptr), PARLEY_OK)
          << told[at].cursor;
      EXPECT_EQ(position, told[at].position);
      const Events rest;
      read(position, {&listener->call}, rest, 3);
      const Events last;
      read(position, {&listener->call}, last);
      EXPECT_EQ(last.of(0).size(), told.size() - at - 1);
    }
  }
  // Positions are no cursors of the storefront, nor the other way round.
  std::uint64_t untouched = 99;
  for (const auto &[listener, text] :
       std::vector<std::pair<const Listener *, std::string>>{{&amanda_, "3"},
                                                             {&amanda_, ""},
                                                             {&amanda_, "1.edited.0.5"},
                                                             {&amanda_, "1.edited.0.5.0"},
                                                             {&amanda_, "1.edited.0.5.1.1"},
                                                             {&admin_, all.of(1)[0].cursor},
                                                             {&admin_, "-1"}}) {
    const parley_str cursor = view(text);
    EXPECT_EQ(feed_->locate(host_->plugin(), &listener->call, &cursor, &untouched, nullptr), PARLEY_MALFORMED) << text;
  }
  const parley_str gone = parley_str_of("1.edited.0.5.1");
  EXPECT_EQ(feed_->locate(host_->plugin(), &amanda_.call, &gone, &untouched, nullptr), PARLEY_NOT_FOUND);
  EXPECT_EQ(untouched, 99U);
}

TEST_F(Feed, ReadInSteps) {
  const std::string id = begin();
  for (int at = 0; at < 4; ++at) {
    note(id);
  }
  const Events first;
  auto state = read(0, {&amanda_.call}, first, 3);
  EXPECT_EQ(state.position, 3U) << "over what nobody here may see, too";
  EXPECT_EQ(state.flags, PARLEY_FEED_MORE);
  state = read(state.position, {&amanda_.call}, first, 3);
  EXPECT_EQ(state.position, 5U);
  EXPECT_EQ(state.flags, 0U);
  EXPECT_THAT(first.all(), SizeIs(1));
  state = read(PARLEY_FEED_LATEST, {&amanda_.call}, first);
  EXPECT_EQ(state.position, 5U);
  EXPECT_EQ(state.flags, 0U);
  EXPECT_EQ(read(5, {}, first).position, 5U);
}

TEST_F(Feed, BelowTheFloorOneReloads) {
  const std::string id = begin();
  say(id, "hello");
  say(id, "hello");
  const Events before;
  read(0, {&amanda_.call}, before);
  sql({"delete from parley_event where position <= 2", "update parley_event_feed set purged_to = 2"});
  const Events events;
  auto state = read(1, {&admin_.call}, events);
  EXPECT_EQ(state.flags, PARLEY_FEED_RELOAD);
  EXPECT_EQ(state.position, 3U) << "what is loaded now holds everything until here";
  EXPECT_THAT(events.all(), IsEmpty());
  state = read(2, {&admin_.call}, events);
  EXPECT_EQ(state.flags, 0U);
  EXPECT_THAT(events.all(), SizeIs(1));
  state = read(99, {&admin_.call}, events);
  EXPECT_EQ(state.flags, PARLEY_FEED_RELOAD) << "a position that was never given";
  EXPECT_EQ(state.position, 3U);
  const std::string purged = before.of(0)[1].cursor;
  const parley_str cursor = view(purged);
  std::uint64_t position = 0;
  EXPECT_EQ(feed_->locate(host_->plugin(), &amanda_.call, &cursor, &position, nullptr), PARLEY_NOT_FOUND);
}

} // namespace
