#include "migrations/script.hpp"

namespace parley::migrations {

std::vector<std::string> statements_of(std::string_view script) {
  std::vector<std::string> statements;
  std::string statement;
  while (!script.empty()) {
    const auto end = script.find('\n');
    std::string_view line = script.substr(0, end);
    script = end == std::string_view::npos ? std::string_view() : script.substr(end + 1);
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line.substr(first, 2) == "--") {
      continue;
    }
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    const bool last = line.back() == ';';
    statement.append(last ? line.substr(0, line.size() - 1) : line);
    if (last) {
      statements.push_back(std::move(statement));
      statement.clear();
    } else {
      statement.push_back('\n');
    }
  }
  if (!statement.empty()) {
    statements.push_back(std::move(statement));
  }
  return statements;
}

} // namespace parley::migrations
