#include "plugin/jsonapi/time_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using parley::jsonapi::format_time;
using parley::jsonapi::parse_time;

TEST(TimeText, WritesMicrosecondsInUtc) {
  EXPECT_EQ(format_time(0), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(format_time(1'769'846'400'123'456), "2026-01-31T08:00:00.123456Z");
  EXPECT_EQ(format_time(-1), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_time(951'782'400'000'000), "2000-02-29T00:00:00.000000Z");
}

TEST(TimeText, StaysWithinFourDigitYears) {
  EXPECT_EQ(format_time(INT64_MAX), "9999-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_time(INT64_MIN), "0001-01-01T00:00:00.000000Z");
}

TEST(TimeText, ReadsWhatItWrites) {
  for (const std::int64_t time :
       {0L, 1L, -1L, 1'769'846'400'123'456L, 253'402'300'799'999'999L, -62'135'596'800'000'000L}) {
    EXPECT_EQ(parse_time(format_time(time)), time);
  }
}

TEST(TimeText, ReadsOffsetsAndFractions) {
  EXPECT_EQ(parse_time("2026-01-31T09:00:00+01:00"), parse_time("2026-01-31T08:00:00Z"));
  EXPECT_EQ(parse_time("2026-01-31T07:30:00-00:30"), parse_time("2026-01-31T08:00:00Z"));
  EXPECT_EQ(parse_time("2026-01-31t08:00:00.5z"), *parse_time("2026-01-31T08:00:00Z") + 500'000);
  EXPECT_EQ(parse_time("2026-01-31T08:00:00.1234569Z"), *parse_time("2026-01-31T08:00:00Z") + 123'456);
}

TEST(TimeText, RefusesWhatIsNoTime) {
  for (const char *bad :
       {"", "now", "2026-01-31", "2026-01-31T08:00:00", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-01-31T24:00:00Z", "2026-01-31T08:60:00Z", "2026-01-31T08:00:00.Z", "2026-01-31T08:00:00Zx",
        "2026-01-31T08:00:00+25:00", "2026-01-31T08:00:00+0100", "0000-01-01T00:00:00Z", "-001-01-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_time(bad)) << bad;
  }
}

} // namespace
