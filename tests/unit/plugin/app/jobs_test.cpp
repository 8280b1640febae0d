#include "plugin/app/jobs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/settings.hpp"
#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr domain::Time day = 86'400'000'000;

class Jobs : public testing::Test, protected World {
protected:
  Jobs() {
    request.actor = {"system", ""};
    request.now = 1000 * day;
    maintenance.places = {{"1", ""}, {"1", "2"}, {"2", ""}};
    maintenance.idle_pieces = {{"1/", 2}, {"1/2", 1}, {"2/", 1}};
    directory.values = {{"conversations.enabled", "true"}, {"conversations.inactivity_days", "30"}};
    store::RecordLabel label;
    for (const auto &record : {order, john, domain::Reference{"orders", "gone"}, domain::Reference{"parcels", "1"}}) {
      label.record = record;
      label.title = "Old title";
      maintenance.due.push_back(label);
    }
  }

  bool left(domain::Result<bool> (*job)(const app::Call &)) {
    const auto result = job(call);
    EXPECT_TRUE(result.ok()) << (result ? "" : result.failure().faults.front().detail);
    return result.ok() && result.value();
  }
  std::vector<std::string> places_made() const {
    std::vector<std::string> places;
    for (const store::IdleQuery &query : maintenance.asked) {
      places.push_back(query.place.organization + "/" + query.place.website);
    }
    return places;
  }
};

TEST_F(Jobs, W3_settings_are_judged_where_the_conversations_are) {
  directory.values["conversations.enabled@1/2"] = "false";
  directory.values["conversations.inactivity_days@2/"] = "7";
  EXPECT_FALSE(left(&app::make_idle_inactive));
  EXPECT_EQ(directory.calls, 1) << "all places of a piece in one question";
  EXPECT_THAT(places_made(), ElementsAre("1/", "1/", "1/", "2/", "2/"));
  EXPECT_EQ(maintenance.asked.front().before, 970 * day);
  EXPECT_EQ(maintenance.asked.back().before, 993 * day);
  ASSERT_THAT(maintenance.made, SizeIs(3));
  EXPECT_EQ(maintenance.made.front().doing.actor, (domain::Reference{"system", ""}));
  EXPECT_EQ(maintenance.made.front().workflow.name, "conversation_flow");
  EXPECT_TRUE(maintenance.made.front().workflow.active);
}

TEST_F(Jobs, W3_zero_days_are_never) {
  directory.values["conversations.inactivity_days"] = "0";
  EXPECT_FALSE(left(&app::make_idle_inactive));
  directory.values.erase("conversations.inactivity_days");
  EXPECT_FALSE(left(&app::make_idle_inactive)) << "the default";
  EXPECT_THAT(maintenance.asked, IsEmpty());
}

TEST_F(Jobs, W4_nothing_happens_while_the_workflow_is_deactivated) {
  workflows.is_active = false;
  EXPECT_FALSE(left(&app::make_idle_inactive));
  EXPECT_EQ(directory.calls, 0);
  workflows.is_active = true;
  domain::Failure switched = domain::failure(Code::conflict, "x", "x");
  switched.faults.front().facts.emplace_back("workflow", "inactive");
  maintenance.broken = switched;
  EXPECT_FALSE(left(&app::make_idle_inactive)) << "deactivated just now";
}

TEST_F(Jobs, W3_ends_when_the_time_is_over) {
  request.expired = [this] { return !maintenance.made.empty(); };
  EXPECT_TRUE(left(&app::make_idle_inactive));
  EXPECT_THAT(maintenance.made, SizeIs(1));
  request.expired = nullptr;
  request.cancelled = [this] { return maintenance.made.size() >= 2; };
  EXPECT_TRUE(left(&app::make_idle_inactive));
  EXPECT_THAT(maintenance.made, SizeIs(2));
}

TEST_F(Jobs, W3_failures_are_said) {
  maintenance.broken = domain::failure(Code::busy, "x", "x");
  EXPECT_EQ(app::make_idle_inactive(call).failure().code, Code::busy);
  directory.broken = domain::failure(Code::unavailable, "x", "x");
  EXPECT_EQ(app::make_idle_inactive(call).failure().code, Code::unavailable) << "no value is not the default";
}

TEST_F(Jobs, D11_what_does_not_exist_is_gone_and_the_rest_is_refreshed) {
  maintenance.settle_pieces = 1;
  EXPECT_FALSE(left(&app::look_up_references));
  ASSERT_THAT(maintenance.noted, SizeIs(4));
  EXPECT_EQ(maintenance.noted[0].title, "ORD-1001");
  EXPECT_EQ(maintenance.noted[1].title, "John Doe");
  EXPECT_TRUE(maintenance.noted[2].deleted);
  EXPECT_EQ(maintenance.noted[2].title, "") << "the store keeps what it knows";
  EXPECT_FALSE(maintenance.noted[3].deleted) << "the host has no such type now, which says nothing";
  EXPECT_EQ(maintenance.noted[3].title, "Old title");
  EXPECT_THAT(directory.resolved, SizeIs(1));
  EXPECT_THAT(maintenance.settled, SizeIs(4));
}

TEST_F(Jobs, D11_a_failed_look_up_is_never_deleted) {
  directory.broken = domain::failure(Code::unavailable, "x", "x");
  EXPECT_EQ(app::look_up_references(call).failure().code, Code::unavailable);
  EXPECT_THAT(maintenance.noted, IsEmpty());
}

TEST_F(Jobs, D11_ends_when_the_time_is_over) {
  maintenance.settle_pieces = 100;
  request.expired = [this] { return maintenance.settled.size() >= 30; };
  EXPECT_TRUE(left(&app::look_up_references));
  EXPECT_THAT(maintenance.settled, SizeIs(30)) << "a job has more patience than a host event";
}

TEST_F(Jobs, N4_old_events_are_purged_in_pieces) {
  EXPECT_FALSE(left(&app::purge_old_events));
  EXPECT_THAT(events.purged, IsEmpty()) << "all are kept by default";
  directory.values["conversations.event_retention_days@/"] = "365";
  events.purges = {{1000, true}, {1000, true}, {7, false}};
  EXPECT_FALSE(left(&app::purge_old_events));
  EXPECT_THAT(events.purged, ElementsAre(635 * day, 635 * day, 635 * day));
  events.purges = {{1000, true}, {1000, true}};
  request.cancelled = [this] { return events.purged.size() >= 4; };
  EXPECT_TRUE(left(&app::purge_old_events));
  EXPECT_THAT(events.purges, SizeIs(1));
  events.broken = domain::failure(domain::Code::busy, "x", "x");
  EXPECT_EQ(app::purge_old_events(call).failure().code, domain::Code::busy);
}

TEST_F(Jobs, A8_expired_keys_are_forgotten_in_pieces) {
  conversations.key_pieces = 3;
  EXPECT_FALSE(left(&app::forget_expired_keys));
  EXPECT_THAT(conversations.keys_expired, ElementsAre(request.now, request.now, request.now));
  conversations.key_pieces = 3;
  request.expired = [] { return true; };
  EXPECT_TRUE(left(&app::forget_expired_keys));
  EXPECT_THAT(conversations.keys_expired, SizeIs(4));
}

TEST_F(Jobs, C3_values_that_no_setting_can_have_count_as_its_default) {
  const auto days = [&](const char *json) { return app::value_of(call, app::setting::inactivity_days, json); };
  for (const char *json :
       {"\"abc\"", "abc", "-5", "1e300", "30.5", "36501", "99999999999999999999999", "null", "[]", "+3"}) {
    EXPECT_EQ(days(json), 0) << json;
    EXPECT_THAT(directory.bad_settings, ElementsAre(std::string("conversations.inactivity_days=") + json));
    directory.bad_settings.clear();
  }
  EXPECT_EQ(days(" 30\n"), 30);
  EXPECT_EQ(days(""), 0);
  EXPECT_FALSE(app::value_of(call, app::setting::enabled, ""));
  EXPECT_TRUE(app::value_of(call, app::setting::enabled, " true "));
  EXPECT_THAT(directory.bad_settings, IsEmpty());
  EXPECT_FALSE(app::value_of(call, app::setting::enabled, "1"));
  EXPECT_THAT(directory.bad_settings, SizeIs(1));
}

} // namespace
} // namespace parley::test
