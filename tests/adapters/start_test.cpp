#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using StartTest = StoreTest;
PARLEY_ON_EVERY_DATABASE(StartTest);

TEST_P(StartTest, KeepsWhatItWasGiven) {
  const auto command = sample("Zwei Köpfe \xF0\x9F\x98\x80");
  const auto id = start(command);
  const auto found = row(id);
  EXPECT_EQ(found.conversation.id, id);
  EXPECT_EQ(found.conversation.name, command.conversation.name);
  EXPECT_EQ(found.conversation.organization, "1");
  EXPECT_EQ(found.conversation.website, "1");
  EXPECT_EQ(found.conversation.status, Status::active);
  EXPECT_EQ(found.conversation.owner, kJohn);
  EXPECT_EQ(found.conversation.unit, "sales");
  EXPECT_EQ(found.conversation.customer, kAcme);
  EXPECT_EQ(found.conversation.customer_user, kAmanda);
  EXPECT_EQ(found.conversation.source, kOrder);
  EXPECT_EQ(found.conversation.created, command.doing.now);
  EXPECT_EQ(found.conversation.version, 1);
  EXPECT_EQ(found.conversation.all.updated, command.doing.now);
  EXPECT_EQ(found.conversation.open.updated, command.doing.now);
  EXPECT_EQ(found.conversation.all.last_index, 0);
  EXPECT_FALSE(found.last_text);
  std::vector<Reference> records;
  for (const auto &context : found.contexts) {
    records.push_back(context.record);
  }
  EXPECT_THAT(records, ElementsAre(kJohn, kAmanda, kOrder));
  EXPECT_THAT(people(id).rows, SizeIs(2));
}

TEST_P(StartTest, MembersMayBeEmpty) {
  store::StartConversation command;
  command.doing = doing(kJohn);
  command.conversation.name = "n";
  const auto found = row(start(command));
  EXPECT_TRUE(found.conversation.owner.none());
  EXPECT_TRUE(found.conversation.customer.none());
  EXPECT_TRUE(found.conversation.source.none());
  EXPECT_THAT(found.contexts, IsEmpty());
  EXPECT_FALSE(found.mine);
}

TEST_P(StartTest, UidsAreUnique) {
  const auto first = row(start());
  const auto second = row(start());
  EXPECT_FALSE(first.conversation.uid.empty());
  EXPECT_NE(first.conversation.uid, second.conversation.uid);

  auto command = sample();
  command.conversation.uid = first.conversation.uid;
  const auto refused = store().start(command);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::conflict);
}

TEST_P(StartTest, TheFirstMessageComesWithIt) {
  auto command = sample();
  command.first_message = store::NewMessage{kAmanda, Visibility::everybody, "Hello", "c1"};
  command.doing = doing(kAmanda, Audience::storefront);
  const auto id = start(command);
  const auto found = row(id);
  EXPECT_EQ(found.conversation.all.text_count, 1);
  EXPECT_EQ(found.conversation.open.text_count, 1);
  ASSERT_TRUE(found.last_text);
  EXPECT_EQ(found.last_text->body, "Hello");
  EXPECT_EQ(found.last_text->sender, kAmanda);
  EXPECT_EQ(found.last_text->client_id, "c1");
  EXPECT_TRUE(person(id, kJohn).unread);
  EXPECT_FALSE(person(id, kAmanda, storefront(kAmanda, Level::user)).unread);
}

TEST_P(StartTest, IsWholeOrNotAtAll) {
  auto command = sample();
  command.first_message = store::NewMessage{kAmanda, Visibility::everybody, "", ""}; // the database refuses it
  const auto refused = store().start(command);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::invalid);
  EXPECT_EQ(database_->number("select count(*) from {prefix}conversation"), 0);
  EXPECT_EQ(database_->number("select count(*) from {prefix}participant"), 0);
  EXPECT_EQ(database_->number("select count(*) from {prefix}event"), 0);
}

TEST_P(StartTest, RulesHoldInTheDatabaseToo) {
  for (const auto &spoil : std::vector<std::function<void(store::StartConversation &)>>{
           [](auto &command) { command.conversation.name.clear(); },
           [](auto &command) { command.conversation.name.assign(256, 'x'); },
           [](auto &command) {
             command.conversation.owner = {"users", ""};
           },
           [](auto &command) { command.conversation.customer.id.assign(65, 'x'); },
           [](auto &command) {
             command.participants = {{"users", ""}};
           },
           [](auto &command) {
             command.contexts = {{"", "1"}};
           },
           [](auto &command) {
             command.first_message = store::NewMessage{kJohn, Visibility::everybody, std::string(65'537, 'x'), ""};
           }}) {
    auto command = sample();
    spoil(command);
    const auto refused = store().start(command);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().code, Code::invalid);
  }
  auto longest = sample();
  longest.conversation.name.clear();
  for (int at = 0; at < 255; ++at) {
    longest.conversation.name += "\u00e4";
  }
  longest.first_message = store::NewMessage{kJohn, Visibility::everybody, std::string(65'536, 'x'), ""};
  EXPECT_TRUE(store().start(longest));
}

TEST_P(StartTest, IdsAreNotUsedAgain) {
  const auto first = start();
  ASSERT_TRUE(store().remove({doing(kJohn), first, everything(), everything(), 0}));
  EXPECT_GT(start(), first);
}

} // namespace
} // namespace parley::tests
