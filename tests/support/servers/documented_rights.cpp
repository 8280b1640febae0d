#include "tests/support/servers/documented_rights.hpp"

#include <fstream>
#include <regex>
#include <stdexcept>

namespace parley::tests {
namespace {

constexpr const char *kPage = PARLEY_TEST_SOURCE_DIR "/docs/operators.md";

std::vector<std::string> found(const std::string &form) {
  const std::regex expression(form);
  std::vector<std::string> all;
  for (const auto &block : documented_statements("Rights on a server")) {
    for (const std::string &statement : block) {
      std::smatch match;
      if (std::regex_match(statement, match, expression)) {
        all.push_back(match[1]);
      }
    }
  }
  if (all.empty()) {
    throw std::runtime_error(std::string(kPage) + " has no statement like: " + form);
  }
  return all;
}

} // namespace

std::vector<std::vector<std::string>> documented_statements(const std::string &heading) {
  std::ifstream page(kPage);
  std::vector<std::vector<std::string>> blocks;
  bool there = false;
  bool sql = false;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("## ", 0) == 0) {
      there = line == "## " + heading;
    } else if (there && line == "```sql") {
      blocks.emplace_back();
      sql = true;
    } else if (line == "```") {
      sql = false;
    } else if (there && sql) {
      if (line.empty() || line.back() != ';') {
        throw std::runtime_error(std::string(kPage) + ": one statement a line, please: " + line);
      }
      blocks.back().push_back(line.substr(0, line.size() - 1));
    }
  }
  if (blocks.empty()) {
    throw std::runtime_error(std::string(kPage) + " has no statements in the part \"" + heading + "\"");
  }
  return blocks;
}

std::vector<std::string> documented_postgresql_rights() {
  return found("alter default privileges for role parley_owner in schema parley grant (.*) to parley_app");
}

std::string documented_mariadb_rights() {
  return found("grant (.*) on crm\\.\\* to parley_app@'%'").front();
}

} // namespace parley::tests
