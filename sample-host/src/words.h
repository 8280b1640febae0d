// The host's own words in the languages that it speaks. English words are the keys; data/words.de.json has the German ones. What
// plugins register brings its own labels. [thread-safe]
#ifndef PARLEY_SAMPLE_HOST_WORDS_H
#define PARLEY_SAMPLE_HOST_WORDS_H

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host {

// Values for the places of a text: {"count", "3"} for "{count} in all".
using Places = std::vector<std::pair<std::string_view, std::string>>;

// In the language of a locale ("de", "de-AT"); English where the host does not speak it.
std::string words(std::string_view locale, std::string_view english, const Places &places = {});
// Marks a text that is translated elsewhere, by words(locale, thing.label).
constexpr const char *word(const char *english) {
  return english;
}

// A label of an entity inside a sentence: "order" for "Order", but "RFQ"; German nouns stay as they are.
std::string label_in_a_sentence(std::string_view locale, const std::string &label);
// What scripts say, as a JSON object by English words; empty for English.
std::string words_for_scripts(std::string_view locale);

struct Language {
  const char *tag;
  const char *name; // in itself
};
std::vector<Language> spoken_languages();
// The locale that a page declares: the given one where the host speaks its language, else "en".
std::string spoken(std::string_view locale);
// "en" or "de": the language that a locale is answered in.
std::string language_of(std::string_view locale);
// The same: the one that an Accept-Language header likes best.
std::string accepted_language(const std::string &header);

} // namespace host

#endif
