// Reads JSON that somebody else wrote: well-formed UTF-8, at most 64 levels deep, no member twice.
#ifndef PARLEY_HOST_JSON_PARSE_HPP
#define PARLEY_HOST_JSON_PARSE_HPP

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace parley::host {

// What is wrong with bytes that should be JSON.
struct JsonProblem {
  std::string code;   // "not-utf8", "not-json", "too-deep", "duplicate-member"
  std::string detail; // for people
};

constexpr int json_depth_max = 64;

// True and `value` filled, or false and `problem` filled.
bool parse_json(std::string_view bytes, nlohmann::json &value, JsonProblem &problem);

// A JSON object, and nothing else around it.
bool is_json_object(std::string_view bytes);
bool is_json(std::string_view bytes);

} // namespace parley::host

#endif
