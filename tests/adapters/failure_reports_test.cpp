// How often whoever runs the host hears of the same error.
#include "adapters/sql/failure_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::tests {
namespace {

using namespace adapters;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FailureReportsTest : public ::testing::Test {
protected:
  void failed(ErrorKind kind, const std::string &code) { reports_.failed({kind, "message " + code, code}); }

  sql::FailureReports::Clock::time_point now_ = sql::FailureReports::Clock::now();
  std::vector<std::string> told_;
  sql::FailureReports reports_{
      [this](const store::Notice &notice) { told_.push_back(notice.event + ": " + notice.message); },
      [this] { return now_; }};
};

TEST_F(FailureReportsTest, OneOfAKindAMinuteIsTold) {
  for (int second = 0; second < 65; ++second) {
    failed(ErrorKind::rights, "42501");
    failed(ErrorKind::schema, "42P01");
    now_ += seconds(1);
  }
  EXPECT_THAT(told_, ElementsAre("database.rights: message 42501", "database.schema: message 42P01",
                                 "database.rights: message 42501 (59 more of this kind before)",
                                 "database.schema: message 42P01 (59 more of this kind before)"));
}

TEST_F(FailureReportsTest, WhatPassesOrIsTheCallersOwnIsNotTold) {
  for (const ErrorKind kind : {ErrorKind::busy, ErrorKind::again, ErrorKind::unique, ErrorKind::constraint}) {
    failed(kind, "1");
  }
  EXPECT_THAT(told_, IsEmpty());
  failed(ErrorKind::unavailable, "13");
  failed(ErrorKind::unexpected, "XX000");
  EXPECT_THAT(told_, ElementsAre("database.failed: message 13", "database.failed: message XX000"));
}

} // namespace
} // namespace parley::tests
