#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::jsonapi {

/// The strings of a JSON array; nothing where the text is anything else.
std::optional<std::vector<std::string>> read_names(std::string_view text);

} // namespace parley::jsonapi
