#include "adapters/sql/json_text.hpp"

namespace parley::adapters::sql {
namespace {

void append_value(std::string &json, std::int64_t number) {
  json += std::to_string(number);
}

void append_value(std::string &json, const std::string &text) {
  append_json_string(json, text);
}

template <class First, class Second>
void append_value(std::string &json, const std::pair<First, Second> &pair) {
  json += '[';
  append_value(json, pair.first);
  json += ',';
  append_value(json, pair.second);
  json += ']';
}

void append_value(std::string &json, const domain::Reference &reference) {
  json += '[';
  append_json_string(json, reference.type);
  json += ',';
  append_json_string(json, reference.id);
  json += ']';
}

template <class Value>
std::string array(const std::vector<Value> &values) {
  std::string json = "[";
  for (const Value &value : values) {
    if (json.size() > 1) {
      json += ',';
    }
    append_value(json, value);
  }
  json += ']';
  return json;
}

} // namespace

void append_json_string(std::string &json, std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  json += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (byte < 0x20) {
      json += "\\u00";
      json += kHex[byte >> 4U];
      json += kHex[byte & 0xfU];
    } else {
      json += c;
    }
  }
  json += '"';
}

void JsonRows::begin() {
  json_ += empty() ? "[" : "],[";
}

void JsonRows::separate() {
  if (json_.back() != '[') {
    json_ += ',';
  }
}

void JsonRows::add(std::int64_t number) {
  separate();
  append_value(json_, number);
}

void JsonRows::add(std::string_view text) {
  separate();
  append_json_string(json_, text);
}

std::string json_array(const std::vector<std::int64_t> &numbers) {
  return array(numbers);
}
std::string json_array(const std::vector<std::string> &texts) {
  return array(texts);
}
std::string json_pairs(const std::vector<domain::Reference> &references) {
  return array(references);
}
std::string json_pairs(const std::vector<std::pair<std::int64_t, std::int64_t>> &pairs) {
  return array(pairs);
}
std::string json_pairs(const std::vector<std::pair<std::int64_t, std::string>> &pairs) {
  return array(pairs);
}

} // namespace parley::adapters::sql
