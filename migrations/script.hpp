#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::migrations {

/// The statements of a script, without the comments between them. Each ends with a semicolon at the end of a line.
///
/// Bodies of functions stay whole: what stands between `$$` and `$$` (or `$name$` and `$name$`), and what stands between
/// the lines `-- {function` and `-- function}`, which is one statement.
std::vector<std::string> statements_of(std::string_view script);

} // namespace parley::migrations
