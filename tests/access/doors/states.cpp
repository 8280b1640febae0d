// What else an answer could tell by: transitions, versions, the surface, errors.
#include "tests/access/doors/doors.hpp"

namespace access_test::door {

void transitions(Visit &visit) {
  visit.get("/workflows");
  for (const std::string &id : visit.some_ids()) {
    visit.get("/conversations/" + id + "/transitions");
  }
}

void etag(Visit &visit) {
  for (const std::string &id : visit.some_ids()) {
    const bool there = visit.allowed.count(std::stoi(id)) > 0;
    const auto expect = [&](const Answer &answer, const std::string &tag, bool same) {
      visit.expect_status(answer, "etag " + id + tag, !there ? visit.shut() ? 0 : 404 : same ? 304 : 200);
      // A version tells of changes that the storefront does not see.
      if (answer.header("ETag").empty() == (there && visit.person.backoffice())) {
        visit.faults.push_back("etag " + id + ": " + answer.bytes());
      }
    };
    const Answer head = visit.ask("HEAD", "/conversations/" + id);
    expect(head, "", false);
    const std::string now = head.header("ETag");
    for (const std::string &tag : {std::string("\"0\""), std::string("\"1\""), std::string("\"2\""), now}) {
      expect(visit.ask("GET", "/conversations/" + id, nullptr, {{"If-None-Match", tag}}), tag,
             !now.empty() && tag == now);
    }
    visit.ask("GET", "/conversations/" + id, nullptr, {{"If-None-Match", "*"}});
  }
}

void surface(Visit &visit) {
  visit.transcript += visit.shop.surface(visit.person);
  visit.get("/conversationstatuses");
  visit.get("/conversationmessagetypes");
}

void errors(Visit &visit) {
  for (const char *target : {"/conversations?filter[source]=11",
                             "/conversations?filter[source][orders]=",
                             "/conversations?filter[nothing]=1",
                             "/conversations?sort=source",
                             "/conversations?page[after]=nonsense",
                             "/conversations?include=nothing",
                             "/conversations/0",
                             "/conversations/-1",
                             "/conversations/01",
                             "/conversations/999999999999999999999",
                             "/conversationmessages/1",
                             "/conversationmessages/1-0",
                             "/conversationparticipants/1",
                             "/conversations/1/nothing",
                             "/conversations/1/relationships/nothing",
                             "/activity/orders/19",
                             "/activity/nothing/1",
                             "/conversationevents",
                             "/conversationevents?filter[conversation]=1",
                             "/conversationevents/1"}) {
    visit.get(target);
  }
}

} // namespace access_test::door
