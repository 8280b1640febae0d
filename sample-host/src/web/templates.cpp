#include "sample-host/src/web/templates.h"

#include <map>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>

#include "sample-host/src/embedded.h"
#include "sample-host/src/web/elements.h"
#include "sample-host/src/words.h"

namespace host {
namespace {

namespace mustache = kainjow::mustache;

void replace_all(std::string &text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string translated_mark(std::string_view locale, std::string mark) {
  replace_all(mark, "{{", "{");
  replace_all(mark, "}}", "}");
  std::string text = escape_html(words(locale, mark));
  replace_all(text, "{", "{{");
  replace_all(text, "}", "}}");
  return text;
}

// A template with its marks replaced: [[Save]], [[Search in {{caption}}]]. What stands in a mark is plain text.
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

// Translated when it is first needed, and kept: there are few languages and few templates.
const std::string &source_of(std::string_view name, std::string_view locale) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::string> sources;
  const std::lock_guard lock(mutex);
  const std::pair<std::string, std::string> key(name, language_of(locale));
  if (const auto kept = sources.find(key); kept != sources.end()) {
    return kept->second;
  }
  const auto source = embedded_file("templates/" + std::string(name) + ".mustache");
  if (!source) {
    throw std::logic_error("no template " + std::string(name));
  }
  return sources.emplace(key, translated(locale, *source)).first->second;
}

mustache::data data_from(const nlohmann::json &value) {
  switch (value.type()) {
  case nlohmann::json::value_t::object: {
    mustache::data object(mustache::data::type::object);
    for (const auto &[name, member] : value.items()) {
      object.set(name, data_from(member));
    }
    return object;
  }
  case nlohmann::json::value_t::array: {
    mustache::data list(mustache::data::type::list);
    for (const auto &item : value) {
      list.push_back(data_from(item));
    }
    return list;
  }
  case nlohmann::json::value_t::string: {
    const auto &text = value.get_ref<const std::string &>();
    return text.empty() ? mustache::data(false) : mustache::data(text);
  }
  case nlohmann::json::value_t::boolean:
    return mustache::data(value.get<bool>());
  case nlohmann::json::value_t::null:
    return mustache::data(false);
  default:
    return mustache::data(value.dump());
  }
}

} // namespace

std::string render(std::string_view name, const nlohmann::json &model, std::string_view locale) {
  mustache::data data = data_from(model);
  data.set("partial-table", mustache::partial([=] { return source_of("table", locale); }));
  data.set("partial-schema-rows", mustache::partial([=] { return source_of("schema_rows", locale); }));
  mustache::mustache page(source_of(name, locale));
  if (!page.is_valid()) {
    throw std::logic_error("template " + std::string(name) + ": " + page.error_message());
  }
  return page.render(data);
}

} // namespace host
