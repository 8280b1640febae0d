#include "sample-host/src/web/words.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "sample-host/src/embedded.h"
#include "sample-host/src/text.h"
#include "sample-host/src/web/elements.h"

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

void replace_all(std::string &text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
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

std::string translated_mark(std::string_view locale, std::string mark) {
  replace_all(mark, "{{", "{");
  replace_all(mark, "}}", "}");
  std::string text = escape_html(words(locale, mark));
  replace_all(text, "{", "{{");
  replace_all(text, "}", "}}");
  return text;
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

std::string translated(std::string_view locale, std::string_view source) {
  std::string result;
  for (std::size_t at = 0;;) {
    const std::size_t begin = source.find("[[", at);
    if (begin == std::string_view::npos) {
      return result.append(source.substr(at));
    }
    const std::size_t end = source.find("]]", begin);
    if (end == std::string_view::npos) {
      throw std::logic_error("a mark without an end: " + std::string(source.substr(begin, 40)));
    }
    result.append(source.substr(at, begin - at));
    result += translated_mark(locale, std::string(source.substr(begin + 2, end - begin - 2)));
    at = end + 2;
  }
}

std::string words_for_scripts(std::string_view locale) {
  const Dictionary *dictionary = dictionary_of(locale);
  return dictionary == nullptr ? std::string() : dictionary->scripts;
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
