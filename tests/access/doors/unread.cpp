// What is unread, and marks of one's own.
#include "tests/access/doors/doors.hpp"

#include <algorithm>

namespace access_test::door {

using nlohmann::json;

namespace {

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

} // namespace

void unread(Visit &visit) {
  expect_unread(visit, "at first", unread_of(visit));
}

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

} // namespace access_test::door
