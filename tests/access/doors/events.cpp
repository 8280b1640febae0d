// What happened: the history and the feed.
#include "tests/access/doors/doors.hpp"

namespace access_test::door {

using nlohmann::json;

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

} // namespace access_test::door
