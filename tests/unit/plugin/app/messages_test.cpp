#include "plugin/app/messages.hpp"

#include <gtest/gtest.h>

namespace parley::app {
namespace {

TEST(Messages, German_for_German_locales) {
  for (const char *locale : {"de", "de-AT", "de_CH", "DE"}) {
    EXPECT_EQ(words(Text::blank, locale), "Dieser Wert darf nicht leer sein.") << locale;
  }
}

TEST(Messages, English_for_all_others) {
  for (const char *locale : {"en", "en-GB", "", "fr", "den", "d"}) {
    EXPECT_EQ(words(Text::blank, locale), "This value should not be blank.") << locale;
  }
}

TEST(Messages, every_text_has_words_in_both_languages) {
  for (int text = 0; text <= static_cast<int>(Text::changed); ++text) {
    EXPECT_FALSE(words(static_cast<Text>(text), "en").empty()) << text;
    EXPECT_FALSE(words(static_cast<Text>(text), "de").empty()) << text;
  }
}

TEST(Messages, values_are_not_read_as_patterns) {
  EXPECT_EQ(words(Text::status_changed_by, "en", "{1}", "{2}", "{0}"), "Status changed from {1} to {2} by {0}");
}

TEST(Messages, what_turns_the_direction_turns_nothing_around_it) {
  EXPECT_EQ(words(Text::status_changed_by, "en", "Active", "Closed", "\u202Eliame"),
            "Status changed from Active to Closed by \u2068\u202Eliame\u2069");
}

TEST(Messages, labels) {
  EXPECT_EQ(label_of(domain::Status::closed, "en"), "Closed");
  EXPECT_EQ(label_of(domain::Status::closed, "de"), "Geschlossen");
  EXPECT_EQ(label_of(domain::MessageType::text, "en"), "Text");
}

} // namespace
} // namespace parley::app
