#include "migrations/script.hpp"

namespace parley::migrations {
namespace {

constexpr std::string_view kFunctionBegins = "-- {function";
constexpr std::string_view kFunctionEnds = "-- function}";

bool is_tag(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The dollar quote that is open after `line`, where `open` was before it; empty: none.
std::string quote_after(std::string_view line, std::string open) {
  for (std::size_t at = line.find('$'); at != std::string_view::npos; at = line.find('$', at)) {
    auto end = at + 1;
    while (end < line.size() && is_tag(line[end])) {
      ++end;
    }
    if (end == line.size() || line[end] != '$') {
      at = end;
      continue;
    }
    const std::string_view mark = line.substr(at, end + 1 - at);
    if (open.empty()) {
      open = mark;
    } else if (open == mark) {
      open.clear();
    }
    at = end + 1;
  }
  return open;
}

void trim_end(std::string &statement) {
  const auto last = statement.find_last_not_of(" \t\r\n;");
  statement.erase(last == std::string::npos ? 0 : last + 1);
}

} // namespace

std::vector<std::string> statements_of(std::string_view script) {
  std::vector<std::string> statements;
  std::string statement;
  std::string quote;
  bool function = false;
  while (!script.empty()) {
    const auto end = script.find('\n');
    std::string_view line = script.substr(0, end);
    script = end == std::string_view::npos ? std::string_view() : script.substr(end + 1);
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    const auto first = line.find_first_not_of(" \t\r");
    const std::string_view words = first == std::string_view::npos ? std::string_view() : line.substr(first);
    if (function || !quote.empty()) {
      // A body is handed on as it stands.
      if (function && words == kFunctionEnds) {
        function = false;
        trim_end(statement);
        statements.push_back(std::move(statement));
        statement.clear();
        continue;
      }
      quote = function ? std::string() : quote_after(line, std::move(quote));
    } else if (words == kFunctionBegins) {
      function = true;
      continue;
    } else if (words.empty() || words.substr(0, 2) == "--") {
      continue;
    } else {
      quote = quote_after(line, {});
    }
    const bool last = !function && quote.empty() && !line.empty() && line.back() == ';';
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
