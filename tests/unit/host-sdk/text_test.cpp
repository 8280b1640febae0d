#include "host-sdk/src/http/percent.hpp"
#include "host-sdk/src/text.hpp"

#include <gtest/gtest.h>

namespace parley::host {
namespace {

TEST(Utf8, KnowsWhatIsWellFormed) {
  EXPECT_TRUE(is_utf8("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"));
  EXPECT_FALSE(is_utf8("\xc0\x80"));
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));
  EXPECT_FALSE(is_utf8("\xe2\x82"));
}

TEST(Datetime, BecomesUtc) {
  EXPECT_EQ(utc_datetime("2026-01-31T08:00:00.123456Z"), "2026-01-31T08:00:00.123456Z");
  EXPECT_EQ(utc_datetime("2026-01-01T00:30:00+01:00"), "2025-12-31T23:30:00Z");
  EXPECT_EQ(utc_datetime("2024-02-29"), "2024-02-29T00:00:00Z");
}

TEST(Datetime, IsRefusedWhereThereIsNoSuchTime) {
  for (const char *text : {"", "2026-02-29", "2026-13-01", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
                           "2026-01-01T00:00:00.1234567Z", "2026-01-01T00:00:00Zx"}) {
    EXPECT_FALSE(utc_datetime(text).has_value()) << text;
  }
}

TEST(Decimal, IsWrittenAsInJsonWithoutExponent) {
  for (const std::string text : {"0", "-0.5", "978.00", "12345678901234567890.123"}) {
    EXPECT_TRUE(is_decimal(text)) << text;
  }
  for (const std::string text : {"", "-", ".5", "5.", "05", "+1", "1e3", "1,5", " 1", "1 ", "--1", "1.2.3"}) {
    EXPECT_FALSE(is_decimal(text)) << text;
  }
  EXPECT_FALSE(is_decimal(std::string(65, '1')));
}

TEST(Percent, DecodesWhatItEncoded) {
  std::string decoded;
  EXPECT_EQ(percent_encode("a b/\xc3\xa4"), "a%20b%2F%C3%A4");
  EXPECT_TRUE(percent_decode("a%20b%2F%C3%A4", false, decoded));
  EXPECT_EQ(decoded, "a b/\xc3\xa4");
}

TEST(Percent, TakesPlusForABlankInQueriesOnly) {
  std::string decoded;
  percent_decode("a+b", true, decoded);
  EXPECT_EQ(decoded, "a b");
  percent_decode("a+b", false, decoded);
  EXPECT_EQ(decoded, "a+b");
}

} // namespace
} // namespace parley::host
