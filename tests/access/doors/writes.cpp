// Writing, of what one sees and of what one does not.
#include "tests/access/doors/doors.hpp"

namespace access_test::door {

using nlohmann::json;

namespace {

json message_for(const std::string &conversation, const std::string &body, const std::string &client_id) {
  return document("conversationmessages", {{"body", body}, {"clientId", client_id}},
                  {{"conversation", to_one({"conversations", conversation})}});
}

} // namespace

// What one does not see cannot be changed, and answers like what does not exist.
void hidden(Visit &visit) {
  for (const std::string &id : visit.some_ids()) {
    if (visit.allowed.count(std::stoi(id)) > 0) {
      continue;
    }
    const std::string self = "/conversations/" + id;
    const auto nothing = [&](const Answer &answer, const std::string &what) {
      if (!visit.shut() && answer.status != 404 && answer.status != 405) {
        visit.faults.push_back(what + " " + id + " answers " + answer.bytes());
      }
    };
    for (const char *version : {"", "\"1\"", "\"7\""}) {
      std::vector<std::pair<std::string, std::string>> headers;
      if (*version != '\0') {
        headers.emplace_back("If-Match", version);
      }
      nothing(visit.ask("PATCH", self, document("conversations", {{"name", "x"}}, nullptr, id), headers), "update");
      nothing(visit.ask("PATCH", self,
                        document("conversations", json::object(), {{"owner", to_one({"users", "2"})}}, id), headers),
              "assign");
      nothing(visit.ask("DELETE", self, nullptr, headers), "delete");
      nothing(visit.ask("POST", self + "/transitions/close", nullptr, headers), "close");
      nothing(visit.ask("POST", self + "/transitions/reopen", nullptr, headers), "reopen");
      nothing(visit.ask("PATCH", self + "/relationships/source", to_one({"orders", "11"}), headers), "source");
    }
    visit.ask("PATCH", self, document("conversations", {{"name", ""}}, nullptr, id));
    visit.ask("PATCH", self, document("conversations", {{"name", std::string(300, 'x')}}, nullptr, id));
    visit.ask("PATCH", self, document("conversations", json::object(), {{"customer", to_one({"customers", "9"})}}, id));
    visit.ask("PATCH", self + "/relationships/owner", to_one({"users", "none"}));
    visit.ask("POST", self + "/transitions/nothing");
    visit.ask("POST", self + "/nothing");
    const json targets{{"data", json::array({identifier({"orders", "11"})})}};
    for (const char *method : {"POST", "PATCH", "DELETE"}) {
      visit.ask(method, self + "/relationships/activityTargets", targets);
    }
    nothing(visit.ask("POST", self + "/mark-read", {{"meta", {{"index", 1}}}}), "mark-read");
    nothing(visit.ask("POST", self + "/mark-unread"), "mark-unread");
    nothing(visit.ask("POST", "/conversationmessages", message_for(id, "zhidden", "client-" + id + "p1")), "message");
    visit.ask("POST", "/conversationmessages", message_for(id, " ", ""));
    for (const char *uid : {"pusers2", "pusers20", "pcustomerusers11", "pnobody"}) {
      const std::string participant = id + "-" + uid;
      visit.ask("PATCH", "/conversationparticipants/" + participant,
                document("conversationparticipants", json::object(),
                         {{"lastReadMessage", to_one({"conversationmessages", id + "-1"})}}, participant));
      visit.ask("PATCH", "/conversationparticipants/" + participant + "/relationships/lastReadMessage",
                to_one({"conversationmessages", id + "-1"}));
    }
  }
}

void write(Visit &visit) {
  for (const std::string &id : visit.some_ids()) {
    const auto found = visit.world.conversations.find(std::stoi(id));
    if (found == visit.world.conversations.end()) {
      continue;
    }
    const Answer answer = visit.ask("POST", "/conversationmessages", message_for(id, "znew" + id + "q", "new-" + id));
    if (visit.shut()) {
      continue;
    }
    const bool may = may_write(visit.catalogue, visit.person, found->second);
    const bool sees = visit.allowed.count(found->first) > 0;
    const bool closed = sees &&
                        (!visit.person.backoffice() || may_edit(visit.catalogue, visit.person, found->second)) &&
                        found->second.status != "active";
    visit.expect_status(answer, "message to " + id, may ? 201 : !sees ? 404 : closed ? 409 : 403);
    // Again, and with the key of an internal message: it is no key of this person's.
    visit.ask("POST", "/conversationmessages", message_for(id, "znew" + id + "q", "new-" + id));
    visit.ask("POST", "/conversationmessages", message_for(id, "zother" + id + "q", "client-" + id + "i1"));
    visit.ask("POST", "/conversations/" + id + "/mark-read", {{"meta", {{"index", 2}}}});
    visit.ask("POST", "/conversations/" + id + "/mark-read", {{"meta", {{"index", 99}}}});
  }
}

void create(Visit &visit) {
  visit.ask("POST", "/conversations", document("conversations", {{"name", "zmade"}, {"firstMessage", "zmade"}}));
  for (const char *order : {"11", "19", "41", "91", "none"}) {
    visit.ask("POST", "/conversations",
              document("conversations", {{"name", "zmade"}}, {{"source", to_one({"orders", order})}}));
  }
  visit.get("/conversations?filter[name]=zmade&fields[conversations]=name,source&include=source");
}

} // namespace access_test::door
