#include "plugin/app/text_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/domain/rules.hpp"
#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string times(std::size_t count, const std::string &text) {
  std::string all;
  for (std::size_t at = 0; at < count; ++at) {
    all += text;
  }
  return all;
}

void check_body(app::Faults &faults, std::string_view body, const std::string &pointer) {
  app::check_body(faults, body, domain::longest_body, pointer);
}

class TextRules : public testing::Test, protected World {
protected:
  using Check = void (*)(app::Faults &, std::string_view, const std::string &);
  /// "code pointer" of each fault.
  std::vector<std::string> faults(Check check, std::string_view text) {
    app::Faults found(request);
    check(found, text, "/here");
    return faults_of(std::move(found).failure());
  }
};

TEST_F(TextRules, D14_a_name_has_255_characters_whatever_their_bytes) {
  EXPECT_THAT(faults(app::check_name, times(255, "\xF0\x9F\x98\x80")), IsEmpty());
  EXPECT_THAT(faults(app::check_name, times(256, "a")), ElementsAre("too-long /here"));
  EXPECT_THAT(faults(app::check_name, times(256, "\xC3\xA4")), ElementsAre("too-long /here"));
}

TEST_F(TextRules, D14_a_message_has_65536_bytes_whatever_its_characters) {
  EXPECT_THAT(faults(check_body, times(65536, "a")), IsEmpty());
  EXPECT_THAT(faults(check_body, times(65537, "a")), ElementsAre("too-long /here"));
  EXPECT_THAT(faults(check_body, times(32768, "\xC3\xA4")), IsEmpty());
  EXPECT_THAT(faults(check_body, times(32768, "\xC3\xA4") + "a"), ElementsAre("too-long /here"));
}

TEST_F(TextRules, C3_a_message_has_no_more_bytes_than_was_set) {
  app::Faults found(request);
  app::check_body(found, times(1000, "a"), 1000, "/here");
  EXPECT_FALSE(found.any());
  app::check_body(found, times(501, "\xC3\xA4"), 1001, "/here");
  const domain::Failure failure = std::move(found).failure();
  ASSERT_EQ(failure.faults.size(), 1U);
  EXPECT_EQ(failure.faults[0].detail, "This message is too long. It should have 1,001 bytes or less.");
}

TEST_F(TextRules, numbers_have_their_thousands_apart) {
  EXPECT_EQ(app::grouped(999, "en"), "999");
  EXPECT_EQ(app::grouped(65536, "en"), "65,536");
  EXPECT_EQ(app::grouped(1234567, "de-AT"), "1.234.567");
}

TEST_F(TextRules, D14_blank_is_what_one_cannot_see) {
  for (const char *blank : {"", " ", "\n\t", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\xA8"}) {
    EXPECT_THAT(faults(app::check_name, blank), ElementsAre("not-blank /here")) << blank;
    EXPECT_THAT(faults(check_body, blank), ElementsAre("not-blank /here")) << blank;
  }
  EXPECT_THAT(faults(check_body, " . "), IsEmpty());
}

TEST_F(TextRules, D14_blank_is_a_message_whose_markdown_shows_nothing) {
  for (const char *blank : {"&nbsp;", "&#8203;\n\n&nbsp;", "[](x)", "[](https://example.com)",
                            "[x]: https://example.com", "> ", "# ", "```\n\n```", "---"}) {
    EXPECT_THAT(faults(check_body, blank), ElementsAre("not-blank /here")) << blank;
  }
  for (const char *text : {"&amp;", "[a](x)", "![a](x)", "`&nbsp;`", "\\", "**", "<!-- -->", "- ", "1."}) {
    EXPECT_THAT(faults(check_body, text), IsEmpty()) << text;
  }
  EXPECT_THAT(faults(app::check_name, "&nbsp;"), IsEmpty()) << "a name is no Markdown";
}

TEST_F(TextRules, D14_what_no_database_can_keep) {
  const std::string nul("a\0b", 3);
  const std::string both("\0\xFF", 2);
  EXPECT_THAT(faults(app::check_name, nul), ElementsAre("nul-character /here"));
  EXPECT_THAT(faults(check_body, "\xC3"), ElementsAre("invalid-utf8 /here"));
  EXPECT_THAT(faults(check_body, "\xED\xA0\x80"), ElementsAre("invalid-utf8 /here")) << "a surrogate";
  EXPECT_THAT(faults(check_body, both), ElementsAre("invalid-utf8 /here", "nul-character /here"));
}

TEST_F(TextRules, D15_a_client_id_has_255_bytes_or_none) {
  EXPECT_THAT(faults(app::check_client_id, ""), IsEmpty());
  EXPECT_THAT(faults(app::check_client_id, times(255, "a")), IsEmpty());
  EXPECT_THAT(faults(app::check_client_id, times(256, "a")), ElementsAre("too-long /here"));
  EXPECT_THAT(faults(app::check_client_id, times(128, "\xC3\xA4")), ElementsAre("too-long /here"));
  EXPECT_THAT(faults(app::check_client_id, "\xFF"), ElementsAre("invalid-utf8 /here"));
}

TEST_F(TextRules, D8_a_name_from_a_title_is_cut_between_characters) {
  EXPECT_EQ(app::name_from_title("Order ORD-1001"), "Order ORD-1001");
  EXPECT_EQ(app::name_from_title(times(300, "\xC3\xA4")), times(255, "\xC3\xA4"));
}

} // namespace
} // namespace parley::test
