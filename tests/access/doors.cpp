#include "tests/access/doors.hpp"

#include <algorithm>

namespace access_test {
namespace {

using nlohmann::json;

std::string joined(const std::set<int> &ids) {
  std::string text;
  for (const int id : ids) {
    text += (text.empty() ? "" : " ") + std::to_string(id);
  }
  return text;
}

std::vector<std::string> ids_of(const json &answer) {
  std::vector<std::string> ids;
  const json data = answer.is_object() ? answer.value("data", json::array()) : json::array();
  for (const json &each : data.is_array() ? data : json::array()) {
    ids.push_back(each["id"]);
  }
  return ids;
}

std::string link(const json &answer, const char *name) {
  if (!answer.is_object() || !answer.contains("links") || !answer["links"].contains(name) ||
      !answer["links"][name].is_string()) {
    return {};
  }
  return answer["links"][name].get<std::string>().substr(std::string("/api").size());
}

json message_for(const std::string &conversation, const std::string &body, const std::string &client_id) {
  return document("conversationmessages", {{"body", body}, {"clientId", client_id}},
                  {{"conversation", to_one({"conversations", conversation})}});
}

const char *const relationships[] = {"owner",  "organization", "customer", "customerUser", "status",
                                     "source", "lastMessage",  "messages", "participants", "activityTargets"};

bool of_record(const Conversation &conversation, const Ref &record, const Person &person) {
  const auto found = conversation.contexts.find(record);
  return found != conversation.contexts.end() && (person.backoffice() || found->second);
}

// --- reading ---------------------------------------------------------------------------------------------------------

void list(Visit &visit) {
  visit.expect("list", visit.allowed, visit.walk("/conversations?page[size]=40", true));
  visit.get("/conversations");
  visit.get("/conversations?fields[conversations]=name");
}

void get(Visit &visit) {
  for (const auto &[id, conversation] : visit.world.conversations) {
    const Answer answer = visit.ask("GET", "/conversations/" + std::to_string(id));
    visit.expect_status(answer, "get " + conversation.name, visit.allowed.count(id) > 0 ? 200 : visit.shut() ? 0 : 404);
  }
}

void include(Visit &visit) {
  visit.get("/conversations?page[size]=300&include=owner,customer,customerUser,source,lastMessage.participant.author");
  visit.get("/conversations?page[size]=300&include=activityTargets");
  visit.get("/conversationmessages?page[size]=100&include=conversation.source,participant,sender");
  visit.get("/conversationparticipants?page[size]=100&include=conversation.customer,author,lastReadMessage");
  for (const std::string &id : visit.some_ids()) {
    visit.get("/conversations/" + id + "?include=owner,customer,customerUser,source,lastMessage.sender");
  }
}

void relationship(Visit &visit) {
  for (const std::string &id : visit.some_ids()) {
    for (const char *name : relationships) {
      visit.get("/conversations/" + id + "/" + name);
      visit.get("/conversations/" + id + "/relationships/" + name);
    }
  }
}

void filter(Visit &visit) {
  const auto check = [&visit](const std::string &query, const std::function<bool(const Conversation &)> &holds) {
    visit.expect(query, visit.those(holds), visit.walk("/conversations?page[size]=300&" + query));
  };
  for (const char *customer : {"1", "2", "3", "4", "9", "none"}) {
    check("filter[customer]=" + std::string(customer), [&](const auto &each) { return each.customer == customer; });
  }
  check("filter[customer][exists]=false", [](const auto &each) { return each.customer.empty(); });
  for (const char *user : {"11", "12", "13", "21", "41", "91", "99"}) {
    check("filter[customerUser]=" + std::string(user), [&](const auto &each) { return each.customer_user == user; });
    check("filter[source][orders]=" + std::string(user),
          [&](const auto &each) { return each.source == Ref("orders", user); });
  }
  for (const char *owner : {"1", "2", "3", "4", "9", "20"}) {
    check("filter[owner]=" + std::string(owner), [&](const auto &each) { return each.owner == owner; });
  }
  for (const char *status : {"active", "inactive", "closed"}) {
    check("filter[status]=" + std::string(status), [&](const auto &each) { return each.status == status; });
    check("filter[status][not]=" + std::string(status), [&](const auto &each) { return each.status != status; });
  }
  check("filter[lastMessageAt][exists]=false", [&](const auto &each) {
    return each.public_texts == 0 && (!visit.person.backoffice() || each.internal_texts == 0);
  });
  for (const int id : {1, 2, 3, 11, 13, 21, 30, 50, 90, 150, 190}) {
    const std::string name = visit.world.conversations.at(id).name;
    check("filter[name]=" + name, [&](const auto &each) { return each.id == id; });
    check("filter[name][contains]=" + name.substr(1), [&](const auto &each) { return each.id == id; });
    check("filter[search]=" + name, [&](const auto &each) { return each.id == id; });
    // By what was said, too; by notes in the back office alone.
    const std::string said = "zm" + std::to_string(id);
    check("filter[search]=" + said + "p1q", [&](const auto &each) { return each.id == id && each.public_texts > 0; });
    check("sort=-createdAt&filter[search]=" + said + "i1q",
          [&](const auto &each) { return each.id == id && each.internal_texts > 0 && visit.person.backoffice(); });
    visit.get("/conversationmessages?page[total]=true&filter[search]=" + said + "i1q");
  }
  for (const char *words : {"zm", "zm2", "client", "anew"}) {
    visit.get("/conversationmessages?page[size]=300&page[total]=true&filter[search]=" + std::string(words));
    visit.get("/conversationmessages?page[size]=300&sort=createdAt&filter[search]=" + std::string(words));
  }
  check("filter[search]=zc", [](const auto &) { return true; });
  if (visit.person.backoffice()) {
    for (const char *order : {"11", "12", "41", "91"}) {
      check("filter[activityTargets][orders]=" + std::string(order), [&](const auto &each) {
        return of_record(each, {"orders", order}, visit.person);
      });
    }
    check("filter[activityTargets][users]=20", [&](const auto &each) {
      return of_record(each, {"users", "20"}, visit.person);
    });
  }
  for (const char *time : {"createdAt", "updatedAt", "lastMessageAt"}) {
    for (const char *moment : {"2026-01-31T08:02:00Z", "2026-01-31T08:08:00Z", "2026-01-31T08:15:00Z"}) {
      visit.get("/conversations?filter[" + std::string(time) + "][less]=" + moment);
      visit.get("/conversations?page[total]=true&filter[" + std::string(time) + "][greater]=" + moment);
    }
  }
  for (const char *words : {"zm", "i1q", "zm2i1q", "zr", "client"}) {
    visit.get("/conversations?filter[search]=" + std::string(words));
  }
}

void sort(Visit &visit) {
  for (const char *field : {"name", "messagesNumber", "createdAt", "updatedAt", "lastMessageAt", "status", "owner",
                            "customer", "customerUser"}) {
    for (const char *sign : {"", "-"}) {
      const std::string query = std::string("/conversations?page[size]=21&sort=") + sign + field;
      const auto ids = visit.walk(query);
      const std::set<std::string> names{"owner", "customer", "customerUser"};
      const bool offered = visit.person.backoffice() || names.count(field) == 0;
      visit.expect(query, offered ? visit.allowed : std::set<int>(), ids);
    }
  }
}

void count(Visit &visit) {
  const json all = visit.get("/conversations?page[total]=true&page[size]=1");
  const json closed = visit.get("/conversations?page[number]=1&page[size]=1&filter[status]=closed");
  visit.get("/conversationmessages?page[total]=true&page[size]=1");
  visit.get("/conversationparticipants?page[total]=true&page[size]=1");
  if (!visit.shut()) {
    visit.expect("total", static_cast<std::int64_t>(visit.allowed.size()), all["meta"]["page"]["total"]);
    visit.expect(
        "closed",
        static_cast<std::int64_t>(visit.those([](const auto &each) { return each.status == "closed"; }).size()),
        closed["meta"]["page"]["total"]);
  }
}

void panel_page(Visit &visit) {
  for (const auto &[ref, record] : visit.catalogue.records) {
    const std::string target = "/activity/" + ref.first + "/" + ref.second;
    const auto ids = visit.walk(target + "?page[size]=30");
    // The storefront has no panels: it asks with a filter by source.
    const bool open =
        visit.person.backoffice() && visit.catalogue.visible(visit.person, ref) && ref.first != "customers";
    visit.expect(target,
                 open ? visit.those([&](const auto &each) { return of_record(each, ref, visit.person); })
                      : std::set<int>(),
                 ids);
    visit.get(target + "?page[total]=true&page[size]=1&filter[status]=active");
  }
  visit.get("/activity/orders/none");
}

void panel_badge(Visit &visit) {
  json records = json::array();
  for (const auto &[ref, record] : visit.catalogue.records) {
    records.push_back(identifier(ref));
  }
  records.push_back(identifier({"orders", "none"}));
  const json answer = visit.ask("POST", "/activity/counts", {{"data", records}}).json();
  if (visit.shut()) {
    return;
  }
  for (const json &each : answer["meta"]["counts"]) {
    const Ref ref{each["type"], each["id"]};
    for (const auto &[panel, number] : each["panels"].items()) {
      const bool visible = visit.catalogue.visible(visit.person, ref);
      const auto there = visit.those([&](const auto &one) { return of_record(one, ref, visit.person); });
      visit.expect("badge " + panel + " of " + ref.first + "/" + ref.second,
                   visible ? static_cast<std::int64_t>(there.size()) : 0, number);
    }
  }
}

// Those that it sees and that are unread for it.
std::set<int> unread_of(const Visit &visit) {
  const std::set<int> marked = marked_unread(visit.shop.database, visit.person);
  return visit.those([&](const auto &each) { return marked.count(each.id) > 0 && takes_part(visit.person, each); });
}

void expect_unread(Visit &visit, const std::string &when, const std::set<int> &expected) {
  const json bold = visit.get("/conversations?page[size]=300&fields[conversations]=unread");
  const json unread = visit.get("/conversations/unread");
  if (visit.shut()) {
    return;
  }
  std::vector<std::string> ids; // that a grid draws bold
  for (const json &each : bold["data"]) {
    if (each["attributes"]["unread"] == true) {
      ids.push_back(each["id"]);
    }
  }
  visit.expect("bold " + when, expected, ids);
  visit.expect("unread " + when, static_cast<std::int64_t>(expected.size()), unread["meta"]["count"]);
  const auto latest = ids_of(unread);
  visit.expect("latest " + when, static_cast<std::int64_t>(std::min<std::size_t>(expected.size(), 5)), latest.size());
  for (const std::string &id : latest) {
    if (expected.count(std::stoi(id)) == 0) {
      visit.faults.push_back("unread " + when + ": " + id + " is among the latest");
    }
  }
}

void unread(Visit &visit) {
  expect_unread(visit, "at first", unread_of(visit));
}

// --- what happened ---------------------------------------------------------------------------------------------------

void history(Visit &visit) {
  const std::set<int> expected = heard(visit.catalogue, visit.person, visit.world);
  visit.expect("history", expected, visit.walk("/conversationevents?page[size]=300", true));
  visit.expect("oldest first", expected, visit.walk("/conversationevents?page[size]=400&sort=createdAt&include=actor"));
  const json all = visit.get("/conversationevents?page[total]=true&page[size]=1");
  if (!visit.shut()) {
    visit.expect("events", static_cast<std::int64_t>(expected.size()), all["meta"]["page"]["total"]);
  }
  std::vector<std::string> conversations = visit.some_ids();
  for (const int id : visit.world.gone) {
    conversations.push_back(std::to_string(id));
  }
  for (const std::string &id : conversations) {
    std::set<int> inside;
    for (const int position : expected) {
      if (visit.world.events.at(position).conversation == std::stoi(id)) {
        inside.insert(position);
      }
    }
    const std::string query = "/conversationevents?filter[conversation]=" + id;
    visit.expect("events of " + id, inside, visit.walk(query + "&page[size]=3&include=conversation,actor"));
    const json counted = visit.get(query + "&page[total]=true&page[size]=1");
    if (!visit.shut()) {
      visit.expect("number of events of " + id, static_cast<std::int64_t>(inside.size()),
                   counted["meta"]["page"]["total"]);
    }
  }
  for (const auto &[position, event] : visit.world.events) {
    if (position % 53 != 0 && visit.world.gone.count(event.conversation) == 0) {
      continue;
    }
    const std::string self = "/conversationevents/" + std::to_string(position);
    const std::uint32_t status = expected.count(position) > 0 ? 200 : visit.shut() ? 0 : 404;
    visit.expect_status(visit.ask("GET", self + "?include=conversation,actor"), self, status);
    visit.expect_status(visit.ask("GET", self + "/conversation"), self + "/conversation", status);
    visit.expect_status(visit.ask("GET", self + "/relationships/actor"), self + " actor", status);
  }
  visit.get("/conversationevents/99999999");
}

void feed(Visit &visit) {
  std::vector<std::string> positions;
  for (const Told &each : visit.shop.feed({&visit.person})) {
    positions.push_back(std::to_string(each.position));
    // The position is for the host alone; the back office has it in both of the others.
    visit.transcript += "> FEED\n" + each.cursor + " " + each.json + "\n";
  }
  visit.expect("feed", heard(visit.catalogue, visit.person, visit.world), positions);
}

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

// --- changing --------------------------------------------------------------------------------------------------------

// Marks of its own are all that one sets: what is hidden stays as it is.
void mark(Visit &visit) {
  for (const std::string &id : visit.some_ids()) {
    const Answer answer = visit.ask("POST", "/conversations/" + id + "/mark-unread");
    const auto found = visit.world.conversations.find(std::stoi(id));
    if (!visit.shut()) {
      const bool sees = visit.allowed.count(std::stoi(id)) > 0;
      visit.expect_status(answer, "mark-unread " + id,
                          !sees                                     ? 404
                          : takes_part(visit.person, found->second) ? 200
                                                                    : 409);
    }
  }
  const std::set<int> before = unread_of(visit);
  expect_unread(visit, "after some were marked", before);
  std::set<int> hidden = marked_unread(visit.shop.database, visit.person);
  for (const int id : before) {
    hidden.erase(id);
  }
  const json marked = visit.ask("POST", "/conversations/mark-all-read").json();
  if (!visit.shut()) {
    visit.expect("marked", static_cast<std::int64_t>(before.size()), marked["meta"]["marked"]);
  }
  if (visit.shut() ? marked_unread(visit.shop.database, visit.person).size() != before.size() + hidden.size()
                   : marked_unread(visit.shop.database, visit.person) != hidden) {
    visit.faults.emplace_back("mark-all-read touched what is hidden");
  }
  expect_unread(visit, "after all were marked", visit.shut() ? before : std::set<int>());
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

} // namespace

Answer Visit::ask(const std::string &method, const std::string &target, const json &body,
                  const std::vector<std::pair<std::string, std::string>> &headers) {
  Answer answer = shop.request(person, method, target, body, headers);
  transcript += "> " + method + " " + target + "\n" + answer.bytes();
  return answer;
}

std::vector<std::string> Visit::walk(const std::string &target, bool and_back) {
  std::vector<std::string> ids;
  std::string last;
  for (std::string next = target; !next.empty();) {
    const json answer = get(next);
    for (std::string &id : ids_of(answer)) {
      ids.push_back(std::move(id));
    }
    last = link(answer, "prev");
    next = link(answer, "next");
  }
  while (and_back && !last.empty()) {
    last = link(get(last), "prev");
  }
  return ids;
}

void Visit::expect(const std::string &what, const std::set<int> &expected, const std::vector<std::string> &ids) {
  std::set<int> there;
  for (const std::string &id : ids) {
    if (!there.insert(std::stoi(id)).second) {
      faults.push_back(what + ": " + id + " is there twice");
    }
  }
  if (there != expected) {
    faults.push_back(what + ": there is " + joined(there) + ", not " + joined(expected));
  }
}

void Visit::expect(const std::string &what, std::int64_t expected, const json &number) {
  if (number != expected) {
    faults.push_back(what + ": " + number.dump() + ", not " + std::to_string(expected));
  }
}

void Visit::expect_status(const Answer &answer, const std::string &what, std::uint32_t status) {
  if (status == 0 ? answer.status < 400 : answer.status != status) {
    faults.push_back(what + ": not " + std::to_string(status) + " but " + answer.bytes());
  }
}

std::set<int> Visit::those(const std::function<bool(const Conversation &)> &holds) const {
  std::set<int> ids;
  for (const int id : allowed) {
    if (holds(world.conversations.at(id))) {
      ids.insert(id);
    }
  }
  return ids;
}

std::vector<std::string> Visit::some_ids() const {
  std::vector<std::string> ids;
  for (const auto &[id, conversation] : world.conversations) {
    if (world.conversations.size() < 40 || id % 13 == 0 || id == 11 || id == 14 || id == 16 || id == 21 || id == 30 ||
        id == 32 || id == 80 || id > 198) {
      ids.push_back(std::to_string(id));
    }
  }
  ids.emplace_back("999999");
  return ids;
}

const std::vector<Door> &doors() {
  constexpr std::uint32_t both = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;
  static const std::vector<Door> all{
      {"list", both, false, list},
      {"get", both, false, get},
      {"include", both, false, include},
      {"relationship", both, false, relationship},
      {"filter", both, false, filter},
      {"sort", both, false, sort},
      {"count", both, false, count},
      {"panel page", both, false, panel_page},
      {"panel badge", both, false, panel_badge},
      {"unread", both, false, unread},
      {"history", PARLEY_APPLICATION_BACKOFFICE, false, history},
      {"feed", both, false, feed},
      {"messages", both, false, messages},
      {"participants", both, false, participants},
      {"transitions", both, false, transitions},
      {"etag", both, false, etag},
      {"surface", both, false, surface},
      {"errors", both, false, errors},
      {"hidden", both, false, hidden},
      {"mark", both, true, mark},
      {"write", both, true, write},
      {"create", both, true, create},
  };
  return all;
}

} // namespace access_test
