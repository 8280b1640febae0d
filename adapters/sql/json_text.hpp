#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/domain/reference.hpp"

/// JSON arrays as they are bound to statements: a list of any length is one parameter.
namespace parley::adapters::sql {

/// With its quotation marks.
void append_json_string(std::string &json, std::string_view text);

std::string json_array(const std::vector<std::int64_t> &numbers);
std::string json_array(const std::vector<std::string> &texts);
std::string json_pairs(const std::vector<domain::Reference> &references);
std::string json_pairs(const std::vector<std::pair<std::int64_t, std::int64_t>> &pairs);
std::string json_pairs(const std::vector<std::pair<std::int64_t, std::string>> &pairs);

/// An array of rows, each an array of numbers and texts.
class JsonRows {
public:
  void begin(); ///< a row
  void add(std::int64_t number);
  void add(std::string_view text);
  [[nodiscard]] std::string text() const { return json_ + (empty() ? "]" : "]]"); }
  [[nodiscard]] bool empty() const { return json_.size() == 1; }

private:
  void separate();
  std::string json_ = "[";
};

} // namespace parley::adapters::sql
