#include "host-sdk/src/json/parse.hpp"

#include "host-sdk/src/text.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace parley::host {
namespace {

using nlohmann::json;

struct Refused {
  JsonProblem problem;
};

// Watches depth and member names while the parser runs.
class Watch {
public:
  bool operator()(int depth, json::parse_event_t event, json &value) {
    switch (event) {
    case json::parse_event_t::object_start:
      names_.emplace_back();
      check_depth(depth);
      break;
    case json::parse_event_t::array_start:
      check_depth(depth);
      break;
    case json::parse_event_t::object_end:
      names_.pop_back();
      break;
    case json::parse_event_t::key:
      if (!names_.back().insert(value.get<std::string>()).second) {
        throw Refused{{"duplicate-member", "The member \"" + value.get<std::string>() + "\" is there twice."}};
      }
      break;
    default:
      break;
    }
    return true;
  }

private:
  static void check_depth(int depth) {
    if (depth >= json_depth_max) {
      throw Refused{{"too-deep", "The document is nested more than 64 levels deep."}};
    }
  }

  std::vector<std::set<std::string>> names_;
};

} // namespace

bool parse_json(std::string_view bytes, json &value, JsonProblem &problem) {
  if (!is_utf8(bytes)) {
    problem = {"not-utf8", "The document is not well-formed UTF-8."};
    return false;
  }
  try {
    Watch watch;
    value = json::parse(bytes.begin(), bytes.end(),
                        [&](int depth, json::parse_event_t event, json &part) { return watch(depth, event, part); });
    return true;
  } catch (const Refused &refused) {
    problem = refused.problem;
  } catch (const json::exception &) {
    problem = {"not-json", "The document is not well-formed JSON."};
  }
  return false;
}

bool is_json_object(std::string_view bytes) {
  json value;
  JsonProblem problem;
  return parse_json(bytes, value, problem) && value.is_object();
}

bool is_json(std::string_view bytes) {
  json value;
  JsonProblem problem;
  return parse_json(bytes, value, problem);
}

} // namespace parley::host
