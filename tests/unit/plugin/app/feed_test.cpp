// The feed, the history and retention (N3, N4) without host and database.
#include <gmock/gmock.h>

#include "plugin/app/list_events.hpp"
#include "plugin/app/read_feed.hpp"
#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using app::Feed;
using app::Listener;
using domain::Audience;
using domain::Code;
using domain::Level;
using domain::Scope;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// Answers the same scope for everybody but those who are named.
class FakeListeners final : public app::ListenerRights {
public:
  domain::Result<std::vector<Scope>> scopes(std::string_view permission,
                                            const std::vector<std::uint32_t> &listeners) override {
    ++scopes_asked;
    EXPECT_EQ(permission, "view");
    if (broken) {
      return *broken;
    }
    std::vector<Scope> answers(listeners.size() - missing);
    for (Scope &scope : answers) {
      scope.level = level;
      scope.customer = acme;
    }
    return answers;
  }

  Level level = Level::global;
  std::size_t missing = 0; ///< answers that the host leaves out
  std::optional<domain::Failure> broken;
  int scopes_asked = 0;
};

class FeedTest : public testing::Test {
protected:
  Feed read(const std::vector<Listener> &listeners, std::optional<store::Position> after = 0, std::uint32_t limit = 0) {
    auto feed = app::read_feed(world_.call, listeners, rights_, after, limit);
    EXPECT_TRUE(feed);
    return feed ? std::move(feed).value() : Feed{};
  }
  static Listener in_backoffice(const std::string &locale = "en") {
    return {john, Audience::backoffice, "1", "", locale};
  }
  static Listener in_storefront(const domain::Reference &who = amanda, const std::string &website = "") {
    return {who, Audience::storefront, "1", website, "en"};
  }

  FeedTest() { world_.directory.values["conversations.enabled"] = "true"; }

  World world_;
  FakeListeners rights_;
};

TEST_F(FeedTest, N3_OnePartForAllWhoAreToldTheSame) {
  world_.events.add("created");
  const auto feed = read({in_backoffice(), in_storefront(), in_backoffice(), in_backoffice("de")});
  ASSERT_THAT(feed.parts, SizeIs(3));
  EXPECT_THAT(feed.parts[0].listeners, ElementsAre(0, 2));
  EXPECT_THAT(feed.parts[1].listeners, ElementsAre(1));
  EXPECT_THAT(feed.parts[2].listeners, ElementsAre(3));
  EXPECT_EQ(feed.position, 1);
  EXPECT_EQ(world_.directory.questions, 1U) << "each place once";
  EXPECT_EQ(rights_.scopes_asked, 1);
}

TEST_F(FeedTest, B13_TheStorefrontIsToldOfPublicEventsOfKnownKindsAlone) {
  for (const char *kind : {"created", "message-added", "status-changed", "edited", "deleted"}) {
    world_.events.add(kind);
    world_.events.add(kind).visibility = domain::Visibility::internal;
  }
  for (const char *kind : {"assigned", "context-added", "context-removed", "workflow-activated", "exported"}) {
    world_.events.add(kind); // though they were public
  }
  const auto feed = read({in_storefront(), in_backoffice()});
  std::vector<std::string> kinds;
  int inside = 0;
  for (const app::FeedPart &part : feed.parts) {
    if (part.listeners.front() == 0) {
      kinds.push_back(part.view.kind);
    } else {
      ++inside;
    }
  }
  EXPECT_THAT(kinds, ElementsAre("created", "message-added", "status-changed", "edited", "deleted"));
  EXPECT_EQ(inside, 15);
}

TEST_F(FeedTest, TheStorefrontSeesWhoSpeaksNotWhoTyped) {
  auto &row = world_.events.add("message-added");
  row.index = 7;
  row.public_index = 3;
  row.sender = amanda;
  world_.events.add("edited").changes = {{"name", "Old", "New"}, {"customer", "customers/2", "customers/1"}};
  world_.directory.add(amanda, "Amanda Cole");
  world_.directory.add(john, "John Doe");
  const auto feed = read({in_storefront(), in_backoffice()});
  ASSERT_THAT(feed.parts, SizeIs(4));
  EXPECT_EQ(feed.parts[0].view.actor, amanda);
  EXPECT_EQ(feed.parts[0].view.actor_title, "Amanda Cole");
  EXPECT_EQ(feed.parts[0].view.number, 3);
  EXPECT_EQ(feed.parts[0].view.position, 0);
  EXPECT_EQ(feed.parts[1].view.actor, john);
  EXPECT_EQ(feed.parts[1].view.number, 7);
  EXPECT_EQ(feed.parts[1].view.position, 1);
  EXPECT_TRUE(feed.parts[2].view.actor.none());
  ASSERT_THAT(feed.parts[2].view.changes, SizeIs(1));
  EXPECT_EQ(feed.parts[2].view.changes[0].from, "") << "what was before may have been another customer's";
  EXPECT_THAT(feed.parts[3].view.changes, SizeIs(2));
  EXPECT_THAT(world_.directory.resolved, SizeIs(1)) << "all titles in one question";
}

TEST_F(FeedTest, ATitleThatIsAMailAddressStaysInside) {
  auto &row = world_.events.add("message-added");
  row.index = row.public_index = 1;
  row.sender = john;
  world_.directory.add(john, "john@example.com");
  const auto feed = read({in_storefront(), in_backoffice()});
  EXPECT_EQ(feed.parts[0].view.actor_title, "");
  EXPECT_EQ(feed.parts[1].view.actor_title, "john@example.com");
}

TEST_F(FeedTest, NamesInTheLanguageOfTheListener) {
  world_.events.add("edited").actor = {"system", ""};
  world_.events.add("edited").actor = {"users", "99"}; // gone
  const auto feed = read({in_backoffice("en"), in_backoffice("de-AT")});
  ASSERT_THAT(feed.parts, SizeIs(4));
  EXPECT_EQ(feed.parts[0].view.actor_title, "System");
  EXPECT_EQ(feed.parts[2].view.actor_title, "Deleted user");
  EXPECT_EQ(feed.parts[3].view.actor_title, "Gelöschter Benutzer");
}

TEST_F(FeedTest, S5_NoLevelOfTheStorefrontReachesOverItsCustomers) {
  world_.events.add("created").concerned.customer = globex;
  EXPECT_THAT(read({in_storefront(nora)}).parts, IsEmpty()) << "global is the back office's";
}

TEST_F(FeedTest, S5_AnAnswerThatIsMissingIsNoRight) {
  world_.events.add("created");
  rights_.missing = 1;
  const auto feed = read({in_backoffice(), in_backoffice()});
  ASSERT_THAT(feed.parts, SizeIs(1));
  EXPECT_THAT(feed.parts[0].listeners, ElementsAre(0));
}

TEST_F(FeedTest, C2_WhereItIsOffNobodyIsToldAndThePositionMovesOn) {
  world_.events.add("created");
  world_.directory.values["conversations.enabled@1/off"] = "false";
  const auto feed = read({in_storefront(amanda, "off"), in_storefront(amanda, "on")});
  ASSERT_THAT(feed.parts, SizeIs(1));
  EXPECT_THAT(feed.parts[0].listeners, ElementsAre(1));
  EXPECT_EQ(feed.position, 1);
  EXPECT_EQ(world_.directory.questions, 2U);
}

TEST_F(FeedTest, WithoutEventsNobodyIsAsked) {
  const auto feed = read({in_backoffice()});
  EXPECT_EQ(feed.position, 0);
  EXPECT_FALSE(feed.more);
  world_.events.add("created");
  read({});
  EXPECT_EQ(rights_.scopes_asked + world_.directory.calls, 0);
}

TEST_F(FeedTest, StepsReloadsAndTheLatest) {
  for (int at = 0; at < 5; ++at) {
    world_.events.add("created");
  }
  auto feed = read({in_backoffice()}, 1, 2);
  EXPECT_EQ(feed.position, 3);
  EXPECT_TRUE(feed.more);
  feed = read({in_backoffice()}, 3, 2);
  EXPECT_FALSE(feed.more);
  EXPECT_EQ(read({in_backoffice()}, std::nullopt).position, 5);
  EXPECT_TRUE(read({in_backoffice()}, 6).reload) << "never given";
  world_.events.purged_to = 3;
  feed = read({in_backoffice()}, 2);
  EXPECT_TRUE(feed.reload);
  EXPECT_THAT(feed.parts, IsEmpty());
  EXPECT_EQ(feed.position, 8);
}

TEST_F(FeedTest, GoesOnBehindRowsThatWereLost) {
  for (int at = 0; at < 6; ++at) {
    world_.events.add("created");
  }
  const auto lost = world_.events.rows.begin() + 2;
  world_.events.lost = 2;
  world_.events.rows.erase(lost, lost + 2);
  auto feed = read({in_backoffice()}, 2, 2);
  EXPECT_THAT(feed.parts, IsEmpty());
  EXPECT_EQ(feed.position, 4);
  EXPECT_TRUE(feed.more);
  feed = read({in_backoffice()}, 4, 2);
  EXPECT_THAT(feed.parts, SizeIs(2));
  EXPECT_FALSE(feed.more);
}

TEST_F(FeedTest, FailuresOfHostAndStoreAreFailures) {
  world_.events.add("created");
  rights_.broken = domain::failure(Code::unavailable, "x", "x");
  EXPECT_EQ(app::read_feed(world_.call, {in_backoffice()}, rights_, 0, 0).failure().code, Code::unavailable);
  world_.events.broken = domain::failure(Code::busy, "x", "x");
  EXPECT_EQ(app::read_feed(world_.call, {in_backoffice()}, rights_, 0, 0).failure().code, Code::busy);
  EXPECT_EQ(app::read_feed(world_.call, {in_backoffice()}, rights_, std::nullopt, 0).failure().code, Code::busy);
  EXPECT_EQ(app::list_events(world_.call, {}).failure().code, Code::busy);
}

TEST_F(FeedTest, N4_TheHistoryIsTheBackOffices) {
  world_.events.add("edited").changes = {{"name", "Old", "New"}};
  world_.directory.add(john, "John Doe");
  world_.directory.grant("conversations.view", Level::unit);
  const auto events = app::list_events(world_.call, {});
  ASSERT_TRUE(events);
  EXPECT_EQ(world_.events.asked->scope.level, Level::unit);
  EXPECT_EQ(events->views[0].actor_title, "John Doe");
  EXPECT_THAT(app::get_events(world_.call, {1}).value().views, SizeIs(1));
  world_.as_storefront(amanda);
  EXPECT_EQ(app::list_events(world_.call, {}).failure().code, Code::unsupported);
  EXPECT_EQ(app::get_events(world_.call, {1}).failure().code, Code::unsupported);
  world_.as_backoffice(john);
  world_.directory.enabled = "false";
  EXPECT_EQ(app::list_events(world_.call, {}).failure().code, Code::not_found);
}

} // namespace
} // namespace parley::test
