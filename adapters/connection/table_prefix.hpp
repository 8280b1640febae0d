#pragma once

#include <string>
#include <string_view>

namespace parley::adapters {

/// Throws InvalidConnection unless `prefix` fits [a-z0-9_]{0,32}, with no digit first, and is not SQLite's own.
void check_table_prefix(const std::string &prefix);

/// A statement in which `{prefix}` was replaced.
std::string with_prefix(std::string_view sql, const std::string &prefix);

} // namespace parley::adapters
