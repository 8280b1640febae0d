#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::migrations {

/// The statements of a script, without its comments. Each ends with a semicolon at the end of a line.
std::vector<std::string> statements_of(std::string_view script);

} // namespace parley::migrations
