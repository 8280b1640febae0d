#include "plugin/jsonapi/names.hpp"

#include "plugin/jsonapi/json_reader.hpp"

namespace parley::jsonapi {

std::optional<std::vector<std::string>> read_names(std::string_view text) {
  const auto tree = parse_json(text);
  if (!tree || !tree->is_array()) {
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const nlohmann::json &name : tree.value()) {
    if (!name.is_string()) {
      return std::nullopt;
    }
    names.push_back(name.get<std::string>());
  }
  return names;
}

} // namespace parley::jsonapi
