// What a list and a single conversation show.
#include "tests/access/doors/doors.hpp"

namespace access_test::door {

using nlohmann::json;

namespace {

const char *const relationships[] = {"owner",  "organization", "customer", "customerUser", "status",
                                     "source", "lastMessage",  "messages", "participants", "activityTargets"};

// Conversations of every kind, whose names and words are asked for.
constexpr int known_ids[] = {1, 2, 3, 11, 13, 21, 30, 50, 90, 150, 190};

// A query of the list, and what holds for the conversations that it should show.
void expect_those(Visit &visit, const std::string &query, const std::function<bool(const Conversation &)> &holds) {
  visit.expect(query, visit.those(holds), visit.walk("/conversations?page[size]=300&" + query));
}

} // namespace

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
  for (const char *customer : {"1", "2", "3", "4", "9", "none"}) {
    expect_those(visit, "filter[customer]=" + std::string(customer),
                 [&](const auto &each) { return each.customer == customer; });
  }
  expect_those(visit, "filter[customer][exists]=false", [](const auto &each) { return each.customer.empty(); });
  for (const char *user : {"11", "12", "13", "21", "41", "91", "99"}) {
    expect_those(visit, "filter[customerUser]=" + std::string(user),
                 [&](const auto &each) { return each.customer_user == user; });
    // In the storefront nobody learns of which order, that it may not see, a conversation is.
    const Ref order("orders", user);
    const bool known = visit.person.backoffice() || visit.catalogue.visible(visit.person, order);
    expect_those(visit, "filter[source][orders]=" + order.second,
                 [&](const auto &each) { return known && each.source == order; });
  }
  for (const char *owner : {"1", "2", "3", "4", "9", "20"}) {
    expect_those(visit, "filter[owner]=" + std::string(owner), [&](const auto &each) { return each.owner == owner; });
  }
  for (const char *status : {"active", "inactive", "closed"}) {
    expect_those(visit, "filter[status]=" + std::string(status),
                 [&](const auto &each) { return each.status == status; });
    expect_those(visit, "filter[status][not]=" + std::string(status),
                 [&](const auto &each) { return each.status != status; });
  }
  expect_those(visit, "filter[lastMessageAt][exists]=false", [&](const auto &each) {
    return each.public_texts == 0 && (!visit.person.backoffice() || each.internal_texts == 0);
  });
  for (const int id : known_ids) {
    const std::string name = visit.world.conversations.at(id).name;
    expect_those(visit, "filter[name]=" + name, [&](const auto &each) { return each.id == id; });
    expect_those(visit, "filter[name][contains]=" + name.substr(1), [&](const auto &each) { return each.id == id; });
  }
  if (visit.person.backoffice()) {
    for (const char *order : {"11", "12", "41", "91"}) {
      expect_those(visit, "filter[activityTargets][orders]=" + std::string(order), [&](const auto &each) {
        return is_context(visit.person, {"orders", order}, each);
      });
    }
    expect_those(visit, "filter[activityTargets][users]=20", [&](const auto &each) {
      return is_context(visit.person, {"users", "20"}, each);
    });
  }
  for (const char *time : {"createdAt", "updatedAt", "lastMessageAt"}) {
    for (const char *moment : {"2026-01-31T08:02:00Z", "2026-01-31T08:08:00Z", "2026-01-31T08:15:00Z"}) {
      visit.get("/conversations?filter[" + std::string(time) + "][less]=" + moment);
      visit.get("/conversations?page[total]=true&filter[" + std::string(time) + "][greater]=" + moment);
    }
  }
}

void search(Visit &visit) {
  for (const int id : known_ids) {
    const std::string name = visit.world.conversations.at(id).name;
    expect_those(visit, "filter[search]=" + name, [&](const auto &each) { return each.id == id; });
    // By what was said, too; by notes in the back office alone.
    const std::string said = "zm" + std::to_string(id);
    expect_those(visit, "filter[search]=" + said + "p1q",
                 [&](const auto &each) { return each.id == id && each.public_texts > 0; });
    expect_those(visit, "sort=-createdAt&filter[search]=" + said + "i1q", [&](const auto &each) {
      return each.id == id && each.internal_texts > 0 && visit.person.backoffice();
    });
    visit.get("/conversationmessages?page[total]=true&filter[search]=" + said + "i1q");
  }
  for (const char *words : {"zm", "zm2", "client", "anew"}) {
    visit.get("/conversationmessages?page[size]=300&page[total]=true&filter[search]=" + std::string(words));
    visit.get("/conversationmessages?page[size]=300&sort=createdAt&filter[search]=" + std::string(words));
  }
  expect_those(visit, "filter[search]=zc", [](const auto &) { return true; });
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

} // namespace access_test::door
