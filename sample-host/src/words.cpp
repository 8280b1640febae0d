#include "sample-host/src/words.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include <nlohmann/json.hpp>

#include "sample-host/src/embedded.h"
#include "sample-host/src/text.h"

namespace host {
namespace {

using Json = nlohmann::json;

struct Dictionary {
  std::map<std::string, std::string, std::less<>> words;
  std::string scripts; // JSON
};

Dictionary dictionary_from(std::string_view file) {
  const Json read = Json::parse(file);
  Dictionary dictionary;
  dictionary.words = read.at("words").get<decltype(dictionary.words)>();
  Json scripts = Json::object();
  for (const Json &english : read.at("scripts")) {
    scripts[english.get<std::string>()] = dictionary.words.at(english.get<std::string>());
  }
  dictionary.scripts = scripts.dump();
  return dictionary;
}

std::string_view primary(std::string_view locale) {
  return locale.substr(0, locale.find_first_of("-_"));
}

// nullptr: English, or a language that the host does not speak.
const Dictionary *dictionary_of(std::string_view locale) {
  static const Dictionary german = dictionary_from(embedded_file("data/words.de.json").value());
  return primary(locale) == "de" ? &german : nullptr;
}

// "{count} in all" with what stands for {count}; values are not looked through for further places.
std::string filled(std::string_view text, const Places &places) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto place = std::find_if(places.begin(), places.end(), [&](const auto &one) {
      return text[at] == '{' && starts_with(text.substr(at + 1), std::string(one.first) + "}");
    });
    if (place == places.end()) {
      result += text[at++];
    } else {
      result += place->second;
      at += place->first.size() + 2;
    }
  }
  return result;
}

} // namespace

std::string words(std::string_view locale, std::string_view english, const Places &places) {
  const Dictionary *dictionary = dictionary_of(locale);
  if (dictionary != nullptr) {
    if (const auto found = dictionary->words.find(english); found != dictionary->words.end()) {
      return filled(found->second, places);
    }
  }
  return filled(english, places);
}

std::string label_in_a_sentence(std::string_view locale, const std::string &label) {
  return dictionary_of(locale) == nullptr ? in_a_sentence(label) : label;
}

std::string words_for_scripts(std::string_view locale) {
  const Dictionary *dictionary = dictionary_of(locale);
  return dictionary == nullptr ? std::string() : dictionary->scripts;
}

std::vector<Language> spoken_languages() {
  return {{"en", "English"}, {"de", "Deutsch"}};
}

std::string spoken(std::string_view locale) {
  return dictionary_of(locale) != nullptr || primary(locale) == "en" ? std::string(locale) : "en";
}

std::string language_of(std::string_view locale) {
  return dictionary_of(locale) != nullptr ? "de" : "en";
}

std::string accepted_language(const std::string &header) {
  std::string best = "en";
  double best_quality = 0;
  for (const std::string &entry : split(header, ',')) {
    const auto parts = split(entry, ';');
    const std::string tag = lower_ascii(trim(parts.front()));
    const std::string language(primary(tag));
    double quality = 1;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (const std::string parameter = trim(parts[i]); starts_with(parameter, "q=")) {
        quality = std::strtod(parameter.c_str() + 2, nullptr);
      }
    }
    if ((language == "en" || dictionary_of(language) != nullptr) && quality > best_quality) {
      best = language;
      best_quality = quality;
    }
  }
  return best;
}

} // namespace host
