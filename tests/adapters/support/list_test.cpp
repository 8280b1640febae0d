#include "tests/adapters/support/list_test.hpp"

namespace parley::tests {

Scope whole_shop() {
  Scope scope = storefront(kAmanda, Level::division, {"0", "1"});
  scope.customer = {};
  return scope;
}

void ListTest::SetUp() {
  for (int at = 0; at < 23; ++at) {
    auto command = sample("Name " + std::string(1, static_cast<char>((at % 2 == 0 ? 'a' : 'A') + at % 5)));
    command.conversation.owner = {"users", std::to_string(1 + at % 3)};
    command.conversation.customer = at % 4 == 0 ? Reference{} : Reference{"customers", std::to_string(at % 2)};
    if (at % 2 == 0) {
      command.conversation.source = kQuote;
    }
    store::RecordLabel label;
    label.record = command.conversation.owner;
    label.sort_key = std::string(1, static_cast<char>('z' - at % 3));
    label.title = "Owner " + std::to_string(at % 3);
    command.labels = {label};
    ids_.push_back(start(command));
  }
  for (std::size_t at = 0; at < ids_.size(); at += 2) {
    for (std::size_t times = 0; times <= at % 3; ++times) {
      say(ids_[at], kJohn, "text", at % 4 == 0 ? Visibility::internal : Visibility::everybody);
    }
  }
  for (const std::size_t at : {3U, 9U, 12U}) {
    store().perform(transition(ids_[at], "close", {Status::active}, Status::closed));
  }
}

store::ConversationQuery ListTest::query(const Scope &scope) {
  store::ConversationQuery result;
  result.scope = scope;
  result.paging.size = 100;
  return result;
}

} // namespace parley::tests
