#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;

/// Three conversations: Acme's (John's, Sales), Globex's (Charlie's, Sales West), and one of nobody in another
/// organization.
class ScopeTest : public StoreTest {
protected:
  void SetUp() override {
    auto command = sample("acme");
    command.first_message = store::NewMessage{kJohn, Visibility::everybody, "hello", ""};
    acme_ = start(command);

    command = sample("globex");
    command.conversation.owner = kCharlie;
    command.conversation.unit = "west";
    command.conversation.customer = kGlobex;
    command.conversation.customer_user = kNora;
    command.participants = {kCharlie, kNora};
    command.contexts = {kCharlie, kNora, kQuote};
    command.doing = doing(kCharlie);
    command.first_message = store::NewMessage{kCharlie, Visibility::everybody, "hello", ""};
    globex_ = start(command);

    command = store::StartConversation{};
    command.doing = doing({"users", "99"});
    command.conversation.organization = "2";
    command.conversation.name = "nobody";
    command.first_message = store::NewMessage{{"users", "99"}, Visibility::everybody, "hello", ""};
    nobody_ = start(command);
  }

  std::vector<ConversationId> seen(const Scope &scope) {
    std::vector<ConversationId> result;
    for (const auto id : {acme_, globex_, nobody_}) {
      if (visible(id, scope)) {
        result.push_back(id);
      }
    }
    return result;
  }

  ConversationId acme_ = 0;
  ConversationId globex_ = 0;
  ConversationId nobody_ = 0;
};
PARLEY_ON_EVERY_DATABASE(ScopeTest);

TEST_P(ScopeTest, BackOfficeLevels) {
  EXPECT_THAT(seen(backoffice(kJohn, Level::none)), ElementsAre());
  EXPECT_THAT(seen(backoffice(kJohn, Level::user)), ElementsAre(acme_));
  EXPECT_THAT(seen(backoffice(kDana, Level::user)), ElementsAre());
  EXPECT_THAT(seen(backoffice(kDana, Level::unit, {"west"})), ElementsAre(globex_));
  EXPECT_THAT(seen(backoffice(kJohn, Level::unit, {"west"})), ElementsAre(acme_, globex_)) << "and one's own";
  EXPECT_THAT(seen(backoffice(kDana, Level::division, {"sales", "west", "other"})), ElementsAre(acme_, globex_));
  EXPECT_THAT(seen(backoffice(kDana, Level::organization)), ElementsAre(acme_, globex_));
  EXPECT_THAT(seen(everything()), ElementsAre(acme_, globex_, nobody_));
}

TEST_P(ScopeTest, StorefrontLevels) {
  EXPECT_THAT(seen(storefront(kAmanda, Level::none)), ElementsAre());
  EXPECT_THAT(seen(storefront(kAmanda, Level::user)), ElementsAre(acme_));
  EXPECT_THAT(seen(storefront(kBrian, Level::user)), ElementsAre());
  EXPECT_THAT(seen(storefront(kBrian, Level::unit, {"21"})), ElementsAre(acme_));
  EXPECT_THAT(seen(storefront(kNora, Level::unit, {"22"})), ElementsAre(globex_));
  EXPECT_THAT(seen(storefront(kBrian, Level::division, {"21", "22"})), ElementsAre(acme_, globex_));
}

TEST_P(ScopeTest, WhoTakesPartSeesIt) {
  say(acme_, kDana, "hello");
  EXPECT_THAT(seen(backoffice(kDana, Level::user)), ElementsAre(acme_));
  say(globex_, kDana, "note", Visibility::internal);
  EXPECT_THAT(seen(backoffice(kDana, Level::user)), ElementsAre(acme_, globex_));
}

TEST_P(ScopeTest, ACustomerUserWhoTakesPartInPublicSeesIt) {
  say(acme_, kBrian, "note", Visibility::internal);
  EXPECT_THAT(seen(storefront(kBrian, Level::user)), ElementsAre());
  say(acme_, kBrian, "hello");
  EXPECT_THAT(seen(storefront(kBrian, Level::user)), ElementsAre(acme_));
}

TEST_P(ScopeTest, WhoMovesToAnotherCustomerLeavesItsConversationsBehind) {
  say(acme_, kBrian, "hello");
  for (const Reference &person : {kAmanda, kBrian}) {
    Scope moved = storefront(person, Level::user);
    moved.customer = kGlobex;
    EXPECT_THAT(seen(moved), ElementsAre());
    moved.level = Level::unit;
    moved.customers = {kGlobex.id};
    EXPECT_THAT(seen(moved), ElementsAre(globex_)) << "what the level reaches, no more";
    moved.customer = {};
    moved.level = Level::user;
    EXPECT_THAT(seen(moved), ElementsAre()) << "to no customer at all";
  }
}

TEST_P(ScopeTest, AConversationThatMovesToAnotherCustomerLeavesItsPeopleBehind) {
  say(acme_, kBrian, "hello");
  auto command = edition(acme_);
  command.customer = kGlobex;
  command.customer_user = kNora;
  ASSERT_TRUE(store().edit(command));
  EXPECT_THAT(seen(storefront(kAmanda, Level::user)), ElementsAre());
  EXPECT_THAT(seen(storefront(kBrian, Level::user)), ElementsAre());
  EXPECT_THAT(seen(storefront(kNora, Level::user)), ElementsAre(acme_, globex_));
  EXPECT_THAT(seen(backoffice(kJohn, Level::user)), ElementsAre(acme_)) << "the back office looks at people alone";
}

TEST_P(ScopeTest, TheOrganizationLimitsEveryLevelBelow) {
  Scope scope = backoffice({"users", "99"}, Level::user);
  EXPECT_THAT(seen(scope), ElementsAre());
  scope.organization = "2";
  EXPECT_THAT(seen(scope), ElementsAre(nobody_));
  scope.organization.clear();
  EXPECT_THAT(seen(scope), ElementsAre(nobody_));
  scope.level = Level::organization;
  EXPECT_THAT(seen(scope), ElementsAre()) << "no organization is not every organization";
}

TEST_P(ScopeTest, NobodyOwnsNothing) {
  EXPECT_THAT(seen(backoffice({}, Level::user)), ElementsAre());
  EXPECT_THAT(seen(storefront({}, Level::user)), ElementsAre());
  Scope scope = backoffice({}, Level::unit, {""});
  scope.organization.clear();
  EXPECT_THAT(seen(scope), ElementsAre()) << "an empty unit is none";
}

TEST_P(ScopeTest, ActorsOfAnotherTypeAreOthers) {
  EXPECT_THAT(seen(backoffice({"customerusers", "1"}, Level::user)), ElementsAre());
  EXPECT_THAT(seen(storefront({"users", "11"}, Level::user)), ElementsAre());
}

TEST_P(ScopeTest, FiftyThousandCustomers) {
  std::vector<std::string> customers;
  customers.reserve(50'001);
  for (int at = 0; at < 50'000; ++at) {
    customers.push_back("other\"\\" + std::to_string(at));
  }
  EXPECT_THAT(seen(storefront(kBrian, Level::division, customers)), ElementsAre());
  customers.emplace_back("22");
  EXPECT_THAT(seen(storefront(kBrian, Level::division, customers)), ElementsAre(globex_));
  EXPECT_THAT(seen(backoffice(kDana, Level::division, customers)), ElementsAre());
  auto command = message(globex_, kBrian, "hello");
  command.view = storefront(kBrian, Level::division, customers);
  command.act = command.view;
  EXPECT_TRUE(store().append(command));
}

TEST_P(ScopeTest, CountsAtRecords) {
  const std::vector<Reference> records{kOrder, kQuote, {"orders", "none"}, kOrder, kDana};
  EXPECT_THAT(store().count_at_records(everything(), records).value(), ElementsAre(1, 1, 0, 1, 0));
  EXPECT_THAT(store().count_at_records(storefront(kAmanda, Level::user), records).value(), ElementsAre(1, 0, 0, 1, 0));
  say(acme_, kDana, "note", Visibility::internal);
  EXPECT_THAT(store().count_at_records(everything(), {kDana}).value(), ElementsAre(1));
  EXPECT_THAT(store().count_at_records(storefront(kAmanda, Level::user), {kDana}).value(), ElementsAre(0));
  EXPECT_THAT(store().count_at_records(everything(), {}).value(), ElementsAre());
}

TEST_P(ScopeTest, ReachableKeepsTheOrder) {
  const auto reached = store().reachable(everything(), {globex_, 4711, acme_});
  EXPECT_THAT(reached.value(), ElementsAre(globex_, acme_));
  EXPECT_THAT(store().reachable(everything(), {}).value(), ElementsAre());
}

TEST_P(ScopeTest, ParticipantsByKey) {
  const auto uid = person(acme_, kAmanda).uid;
  const auto found = store().participants_by_key(storefront(kAmanda, Level::user), {{acme_, "none"}, {acme_, uid}});
  ASSERT_TRUE(found);
  ASSERT_EQ(found.value().rows.size(), 1U);
  EXPECT_EQ(found.value().rows[0].participant.actor, kAmanda);
  EXPECT_TRUE(store().participants_by_key(storefront(kNora, Level::user), {{acme_, uid}}).value().rows.empty());
  EXPECT_TRUE(store().participants_by_key(everything(), {}).value().rows.empty());
}

TEST_P(ScopeTest, MessagesByKeyInTheOrderOfTheKeys) {
  say(acme_, kAmanda, "two");
  const auto found = store().messages_by_key(everything(), {{globex_, 1}, {acme_, 2}, {acme_, 9}, {acme_, 1}});
  ASSERT_TRUE(found);
  std::vector<std::string> bodies;
  for (const auto &each : found.value().rows) {
    bodies.push_back(std::to_string(each.message.conversation) + each.message.body);
  }
  EXPECT_THAT(bodies, ElementsAre(std::to_string(globex_) + "hello", std::to_string(acme_) + "two",
                                  std::to_string(acme_) + "hello"));
  EXPECT_TRUE(store().messages_by_key(everything(), {}).value().rows.empty());
}

} // namespace
} // namespace parley::tests
