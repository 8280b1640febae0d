// What reading the feed costs, however many listen (N3).
#include "feed_fixture.hpp"

#include <set>

namespace {

using contract::Events;
using contract::Feed;
using contract::Listener;
using contract::Told;
using testing::Gt;
using testing::SizeIs;

TEST_F(Feed, N3_CostsDoNotGrowWithListeners) {
  for (const auto &customer_user : {"71", "72", "81"}) {
    const std::string id = begin(customer_user);
    for (int at = 0; at < 10; ++at) {
      at % 2 == 0 ? say(id, "hello") : note(id);
    }
  }
  struct Cost {
    int statements, scopes, settings, records;
    std::size_t told;
    bool operator==(const Cost &other) const {
      return statements == other.statements && scopes == other.scopes && settings == other.settings &&
             records == other.records;
    }
  };
  std::vector<Cost> costs;
  for (const std::size_t count : {1U, 10U, 100U}) {
    std::vector<std::unique_ptr<Listener>> listeners;
    for (std::size_t at = 0; at < count; ++at) {
      const bool shop = at % 2 == 0; // in two websites, too
      listeners.push_back(std::make_unique<Listener>(
          shop ? PARLEY_APPLICATION_STOREFRONT : PARLEY_APPLICATION_BACKOFFICE, shop ? "customerusers" : "users",
          shop ? (at % 4 == 0 ? "71" : "81") : "user " + std::to_string(at), at % 3 == 0 ? "1" : "2"));
    }
    const Events warm;
    read(0, calls(listeners), warm); // statements are prepared
    statements_.take();
    host_->asked.reset();
    const Events events;
    read(0, calls(listeners), events);
    costs.push_back(
        {statements_.take(), host_->asked.scopes, host_->asked.settings, host_->asked.records, events.all().size()});
    for (std::uint32_t at = 0; at < count; ++at) {
      std::set<std::uint64_t> positions;
      for (const Told &each : events.of(at)) {
        EXPECT_TRUE(positions.insert(each.position).second) << "told twice";
      }
      EXPECT_THAT(positions, SizeIs(Gt(0U)));
    }
  }
  for (const Cost &cost : costs) {
    EXPECT_EQ(cost.scopes, 1);
    EXPECT_EQ(cost.settings, 1);
    EXPECT_LE(cost.records, 1);
    EXPECT_GT(cost.statements, 0) << "the counter counts";
    EXPECT_TRUE(cost == costs.front()) << cost.statements << " statements, not " << costs.front().statements;
  }
  statements_.take();
  const Events one;
  read(0, {&admin_.call}, one, 1);
  EXPECT_EQ(statements_.take(), costs.front().statements) << "nor with events";
  EXPECT_EQ(costs[1].told, costs[2].told) << "each event is made once for each audience";
  RecordProperty("statements", costs.front().statements);
}

} // namespace
