#include "plugin/text/unicode.hpp"

#include <gtest/gtest.h>

namespace parley::text {
namespace {

using namespace std::string_literals;

constexpr const char *family = "👨‍👩‍👧‍👦";

TEST(Utf8, D14_valid) {
  EXPECT_TRUE(valid_utf8(""));
  EXPECT_TRUE(valid_utf8("Grüße, 世界 👋"));
  EXPECT_TRUE(valid_utf8("a\0b"s));
}

TEST(Utf8, D14_invalid) {
  EXPECT_FALSE(valid_utf8("\xFF"));
  EXPECT_FALSE(valid_utf8("caf\xE9"));
  EXPECT_FALSE(valid_utf8("\xC0\xAF"));         // overlong
  EXPECT_FALSE(valid_utf8("\xED\xA0\x80"));     // surrogate
  EXPECT_FALSE(valid_utf8("\xF4\x90\x80\x80")); // beyond U+10FFFF
  EXPECT_FALSE(valid_utf8("ends early \xE2\x82"));
}

TEST(Blank, D14_white_space_of_all_kinds) {
  EXPECT_TRUE(blank(""));
  EXPECT_TRUE(blank(" \t\r\n"));
  EXPECT_TRUE(blank("\u00A0\u2003\u3000\u2028\u0085"));
}

TEST(Blank, D14_what_shows_nothing) {
  EXPECT_TRUE(blank("\u200B\u2060\uFEFF\u3164\u2800"));
}

TEST(Blank, D14_anything_else_is_not) {
  EXPECT_FALSE(blank(" . "));
  EXPECT_FALSE(blank("世"));
  EXPECT_FALSE(blank("\xFF"));
}

TEST(CodePoints, counts_characters_not_bytes) {
  EXPECT_EQ(code_points("Grüße"), 5U);
  EXPECT_EQ(code_points(family), 7U);
}

TEST(FirstCodePoints, D8_cuts_between_graphemes) {
  EXPECT_EQ(first_code_points("abcdef", 3), "abc");
  EXPECT_EQ(first_code_points("abc", 3), "abc");
  EXPECT_EQ(first_code_points("ab"s + family, 5), "ab");
  EXPECT_EQ(first_code_points("e\u0301e\u0301", 3), "e\u0301");
}

TEST(Preview, B10_is_cut_by_characters_never_inside_one) {
  EXPECT_EQ(preview("abcdef", 6), "abcdef");
  EXPECT_EQ(preview("abcdefg", 6), "abcde…");
  EXPECT_EQ(preview("ab"s + family + family, 3), "ab…");
  EXPECT_EQ(preview("ab"s + family, 3), "ab"s + family);
  EXPECT_EQ(preview("🇦🇹🇩🇪🇨🇭", 2), "🇦🇹…");
}

TEST(Preview, B10_is_one_line) {
  EXPECT_EQ(preview("  one\n\n two\t three ", 50), "one two three");
  EXPECT_EQ(preview("one two", 5), "one…");
}

TEST(Preview, long_and_strange_texts_stay_short) {
  EXPECT_EQ(preview(std::string(100000, 'x'), 3), "xx…");
  std::string stacked = "z";
  for (int count = 0; count < 10000; ++count) {
    stacked += "\u0301";
  }
  EXPECT_LT(preview(stacked, 3).size(), 400U);
  EXPECT_EQ(preview("\xFF\xFE", 5), "\uFFFD\uFFFD");
}

TEST(Isolated, only_what_turns_the_direction) {
  for (const char *plain : {"", "John Doe", "王小明", "Élodie 🙂", "\xFF", "a\u202C"}) {
    EXPECT_EQ(isolated(plain), plain);
  }
  for (const std::string turns : {"\u202Etxt.exe", "\u202Ax", "\u2067x", "\u2068x", "עדה", "Ada ليلى"}) {
    EXPECT_EQ(isolated(turns), "\u2068" + turns + "\u2069");
  }
}

TEST(Initials, A3_first_and_last_word) {
  EXPECT_EQ(initials("John Doe"), "JD");
  EXPECT_EQ(initials("Anna Maria von Österreich"), "AÖ");
  EXPECT_EQ(initials("madonna"), "M");
  EXPECT_EQ(initials("王小明"), "王");
  EXPECT_EQ(initials("élodie (Sales)"), "ÉS");
  EXPECT_EQ(initials("  "), "");
  EXPECT_EQ(initials("***"), "");
}

} // namespace
} // namespace parley::text
