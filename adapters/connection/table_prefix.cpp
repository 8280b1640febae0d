#include "adapters/connection/table_prefix.hpp"

#include <algorithm>

#include "adapters/connection/connection_string.hpp"

namespace parley::adapters {
namespace {

constexpr std::size_t kLongestPrefix = 32;

} // namespace

void check_table_prefix(const std::string &prefix) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (prefix.size() > kLongestPrefix || !std::all_of(prefix.begin(), prefix.end(), allowed)) {
    throw InvalidConnection("The table prefix must be at most 32 characters from a-z, 0-9 and _.");
  }
  if (!prefix.empty() && prefix.front() >= '0' && prefix.front() <= '9') {
    throw InvalidConnection("The table prefix must not begin with a digit.");
  }
  if (prefix.compare(0, 7, "sqlite_") == 0) {
    throw InvalidConnection("The table prefix must not begin with sqlite_: the database keeps such names to itself.");
  }
}

std::string with_prefix(std::string_view sql, const std::string &prefix) {
  static constexpr std::string_view kPlaceholder = "{prefix}";
  std::string result;
  result.reserve(sql.size() + prefix.size() * 4);
  std::size_t from = 0;
  for (auto at = sql.find(kPlaceholder); at != std::string_view::npos; at = sql.find(kPlaceholder, from)) {
    result.append(sql, from, at - from).append(prefix);
    from = at + kPlaceholder.size();
  }
  return result.append(sql, from, std::string_view::npos);
}

} // namespace parley::adapters
