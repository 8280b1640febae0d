// How often it is told that a database cannot be reached, and that it is back.
#include "adapters/server/outage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::tests {
namespace {

using namespace adapters;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OutageTest : public ::testing::Test {
protected:
  void lost() { outage_.lost(DatabaseError::lost(ErrorKind::unavailable, "connection refused", "2002")); }
  void worked() { outage_.worked(outage_.count()); }

  Outage::Clock::time_point now_ = Outage::Clock::now();
  std::vector<std::string> told_;
  Outage outage_{[this](const store::Notice &notice) { told_.push_back(notice.event + ": " + notice.message); },
                 "The database \"crm\"",
                 {},
                 [this] { return now_; }};
};

TEST_F(OutageTest, IsToldWhenItBeginsAndWhenItEnds) {
  worked();
  EXPECT_THAT(told_, IsEmpty());
  lost();
  now_ += milliseconds(2500);
  lost();
  worked();
  worked();
  EXPECT_THAT(told_, ElementsAre("database.unreachable: The database \"crm\" cannot be reached: connection refused",
                                 "database.back: The database \"crm\" is back after 2.50 s."));
}

TEST_F(OutageTest, IsToldOnceAMinuteWhileItLasts) {
  for (int second = 0; second < 150; ++second) {
    lost();
    now_ += seconds(1);
  }
  EXPECT_THAT(told_, ElementsAre(HasSubstr("cannot be reached: "), HasSubstr("cannot be reached for 60.0 s: "),
                                 HasSubstr("cannot be reached for 120 s: ")));
}

TEST_F(OutageTest, OfManyInARowOneInTenSecondsIsTold) {
  for (int outage = 0; outage < 21; ++outage) {
    lost();
    worked();
    now_ += seconds(1);
  }
  EXPECT_THAT(told_, SizeIs(6)) << "three begin and end";
  lost();
  now_ += seconds(11);
  lost();
  EXPECT_THAT(told_.back(), HasSubstr("for 11.0 s")) << "one that was not told at first, and lasts";
}

// What was under way before may still be answered.
TEST_F(OutageTest, IsEndedByWhatBeganAfterItOnly) {
  const auto before = outage_.count();
  lost();
  outage_.worked(before);
  EXPECT_THAT(told_, SizeIs(1));
  worked();
  EXPECT_THAT(told_, SizeIs(2));
}

} // namespace
} // namespace parley::tests
