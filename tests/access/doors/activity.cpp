// What the panels of a record show, and their badges.
#include "tests/access/doors/doors.hpp"

namespace access_test::door {

using nlohmann::json;

void panel_page(Visit &visit) {
  for (const auto &[ref, record] : visit.catalogue.records) {
    const std::string target = "/activity/" + ref.first + "/" + ref.second;
    const auto ids = visit.walk(target + "?page[size]=30");
    // The storefront has no panels: it asks with a filter by source.
    const bool open =
        visit.person.backoffice() && visit.catalogue.visible(visit.person, ref) && ref.first != "customers";
    visit.expect(target,
                 open ? visit.those([&](const auto &each) { return is_context(visit.person, ref, each); })
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
  const Answer answer = visit.ask("POST", "/activity/counts", {{"data", records}});
  if (visit.shut() || !visit.person.backoffice()) { // no panel that could count
    visit.expect_status(answer, "badges", visit.shut() ? 404 : 405);
    return;
  }
  const json document = answer.json();
  for (const json &each : document["meta"]["counts"]) {
    const Ref ref{each["type"], each["id"]};
    for (const auto &[panel, number] : each["panels"].items()) {
      const bool visible = visit.catalogue.visible(visit.person, ref);
      const auto there = visit.those([&](const auto &one) { return is_context(visit.person, ref, one); });
      visit.expect("badge " + panel + " of " + ref.first + "/" + ref.second,
                   visible ? static_cast<std::int64_t>(there.size()) : 0, number);
    }
  }
}

} // namespace access_test::door
