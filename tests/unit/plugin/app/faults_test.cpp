#include "plugin/app/faults.hpp"

#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;

// O8: whoever is told to try again may store it twice.
TEST(Faults, AnUnknownOutcomeIsNoInvitationToTryAgain) {
  World world;
  const auto unknown = domain::failure(Code::unavailable, "outcome-unknown", "It may be stored or not.");
  const auto shown = app::worded(world.call, unknown);
  EXPECT_EQ(shown.code, Code::unavailable);
  EXPECT_EQ(shown.faults.at(0).code, "outcome-unknown");
  EXPECT_EQ(shown.faults.at(0).detail, "It may be stored or not.");
  const auto gone = app::worded(world.call, domain::failure(Code::unavailable, "database-unavailable", "x"));
  EXPECT_EQ(gone.faults.at(0).code, "unavailable");
}

// Nor does it help to try again before somebody gave the right.
TEST(Faults, AMissingRightSendsToTheLog) {
  World world;
  const auto shown = app::worded(world.call, domain::failure(Code::unavailable, "database-rights", "See the log."));
  EXPECT_EQ(shown.faults.at(0).code, "database-rights");
  EXPECT_EQ(shown.faults.at(0).detail, "See the log.");
}

} // namespace
} // namespace parley::test
