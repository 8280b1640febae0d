#include "plugin/domain/workflow.hpp"

#include <string>

#include <gtest/gtest.h>

namespace parley::domain {
namespace {

std::vector<std::string> offered_at(Status status) {
  std::vector<std::string> names;
  for (const Transition *transition : transitions_from(status)) {
    names.emplace_back(transition->name);
  }
  return names;
}

TEST(Workflow, W2_on_active_close) {
  EXPECT_EQ(offered_at(Status::active), std::vector<std::string>{"close"});
}

TEST(Workflow, W2_on_closed_reopen) {
  EXPECT_EQ(offered_at(Status::closed), std::vector<std::string>{"reopen"});
}

TEST(Workflow, W3_on_inactive_activate_and_close) {
  EXPECT_EQ(offered_at(Status::inactive), (std::vector<std::string>{"close", "activate"}));
}

TEST(Workflow, W2_where_they_lead) {
  EXPECT_EQ(transition_named("close")->to, Status::closed);
  EXPECT_EQ(transition_named("reopen")->to, Status::active);
  EXPECT_EQ(transition_named("activate")->to, Status::active);
  EXPECT_EQ(transition_named("deactivate"), nullptr);
}

TEST(Workflow, W3_nothing_leads_to_inactive) {
  for (const Transition &transition : transitions()) {
    EXPECT_NE(transition.to, Status::inactive) << transition.name;
    EXPECT_FALSE(begins_at(transition, transition.to)) << transition.name << " leads to where it begins";
  }
}

TEST(Workflow, W6_a_transition_begins_at_its_statuses_alone) {
  EXPECT_FALSE(begins_at(*transition_named("close"), Status::closed));
  EXPECT_FALSE(begins_at(*transition_named("reopen"), Status::active));
  EXPECT_FALSE(begins_at(*transition_named("activate"), Status::closed));
  EXPECT_TRUE(begins_at(*transition_named("activate"), Status::inactive));
}

} // namespace
} // namespace parley::domain
