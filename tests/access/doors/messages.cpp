// Messages and participants.
#include "tests/access/doors/doors.hpp"

namespace access_test::door {

void messages(Visit &visit) {
  visit.walk("/conversationmessages?page[size]=60", true);
  visit.walk("/conversationmessages?page[size]=200&sort=createdAt&filter[messageType]=text");
  visit.get("/conversationmessages?page[total]=true&filter[createdAt][greater]=2026-01-31T08:09:00Z");
  visit.get("/conversationmessages?page[total]=true&filter[index]=2");
  for (const std::string &id : visit.some_ids()) {
    const auto inside = visit.get("/conversationmessages?page[total]=true&filter[conversation]=" + id);
    if (const auto found = visit.world.conversations.find(std::stoi(id));
        found != visit.world.conversations.end() && !visit.shut()) {
      const auto texts =
          visit.get("/conversationmessages?page[total]=true&filter[messageType]=text&filter[conversation]=" + id);
      const Conversation &conversation = found->second;
      const int expected = visit.allowed.count(conversation.id) == 0 ? 0
                           : visit.person.backoffice() ? conversation.public_texts + conversation.internal_texts
                                                       : conversation.public_texts;
      visit.expect("messages of " + id, expected, texts["meta"]["page"]["total"]);
    }
    visit.get("/conversationmessages?sort=index&filter[messageType]=system&filter[conversation]=" + id);
    visit.get("/conversationmessages?filter[index][greater]=1&filter[conversation]=" + id);
    for (const char *number : {"1", "2", "3", "4", "5", "6", "7"}) {
      visit.get("/conversationmessages/" + id + "-" + number + "?include=participant.author,sender");
    }
    visit.get("/conversationmessages/" + id + "-1/participant");
    visit.get("/conversationmessages/" + id + "-2/relationships/participant");
  }
}

void participants(Visit &visit) {
  visit.walk("/conversationparticipants?page[size]=80", true);
  for (const std::string &id : visit.some_ids()) {
    visit.get("/conversationparticipants?page[total]=true&filter[conversation]=" + id);
    for (const char *uid : {"pusers2", "pusers20", "pusers21", "pcustomerusers11", "pnobody"}) {
      visit.get("/conversationparticipants/" + id + "-" + uid);
      visit.get("/conversationparticipants/" + id + "-" + uid + "/lastReadMessage");
    }
  }
}

} // namespace access_test::door
