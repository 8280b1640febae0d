#include "migrations/schema_description.hpp"

#include <algorithm>
#include <set>

namespace parley::migrations {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

std::string about_column(const std::string &table, const std::string &column, const char *what) {
  return "Table " + table + ": column " + column + what;
}

void compare_columns(const std::string &table, const SchemaObject &expected, const SchemaObject &real,
                     std::vector<std::string> &differences) {
  for (const auto &[name, column] : expected.columns) {
    const auto found = real.columns.find(name);
    if (found == real.columns.end()) {
      differences.push_back(about_column(table, name, " is missing."));
    } else if (found->second != column) {
      differences.push_back(about_column(table, name, " is declared otherwise."));
    }
  }
  for (const auto &[name, column] : real.columns) {
    if (expected.columns.count(name) == 0) {
      differences.push_back(about_column(table, name, " is not expected."));
    }
  }
}

std::string titled(std::string kind) {
  kind.front() = static_cast<char>(kind.front() - 'a' + 'A');
  return kind;
}

/// Tables first: what belongs to a table that is missing follows it.
std::vector<SchemaDescription::const_iterator> tables_first(const SchemaDescription &description) {
  std::vector<SchemaDescription::const_iterator> all;
  for (auto each = description.begin(); each != description.end(); ++each) {
    all.push_back(each);
  }
  std::stable_partition(all.begin(), all.end(), [](const auto &each) { return each->first.first == "table"; });
  return all;
}

} // namespace

std::string normalised_sql(const std::string &sql) {
  std::string result;
  bool space = false;
  for (std::size_t at = 0; at < sql.size();) {
    const char c = sql[at];
    if (is_space(c)) {
      space = true;
      ++at;
    } else if (sql.compare(at, 2, "--") == 0) {
      at = std::min(sql.find('\n', at), sql.size());
      space = true;
    } else if (sql.compare(at, 2, "/*") == 0) {
      const auto end = sql.find("*/", at + 2);
      at = end == std::string::npos ? sql.size() : end + 2;
      space = true;
    } else {
      if (space && !result.empty() && is_word(result.back()) && is_word(c)) {
        result.push_back(' ');
      }
      space = false;
      if (c == '\'') {
        const auto end = std::min(sql.find('\'', at + 1), sql.size() - 1);
        result.append(sql, at, end + 1 - at);
        at = end + 1;
      } else if (c == '"') {
        ++at; // a name's quotation marks: renaming a table puts them around it
      } else {
        result.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        ++at;
      }
    }
  }
  return result;
}

std::vector<std::string> schema_differences(const SchemaDescription &expected, const SchemaDescription &real) {
  std::vector<std::string> differences;
  std::set<std::string> ours;
  for (const auto &each : tables_first(expected)) {
    const auto &[kind, name] = each->first;
    const SchemaObject &object = each->second;
    ours.insert(object.owner);
    const auto found = real.find(each->first);
    if (found == real.end()) {
      // What went with its table is not named again.
      if (kind == "table" || kind == "function" || real.count({"table", object.owner}) != 0) {
        differences.push_back(titled(kind) + " " + name + " is missing.");
      }
      continue;
    }
    const auto before = differences.size();
    if (kind == "table") {
      compare_columns(name, object, found->second, differences);
    }
    const bool otherwise = found->second.text != object.text || found->second.owner != object.owner ||
                           (kind != "table" && found->second.columns != object.columns);
    if (differences.size() == before && otherwise) {
      differences.push_back(titled(kind) + " " + name + " is declared otherwise.");
    }
  }
  for (const auto &[key, object] : real) {
    const auto &[kind, name] = key;
    if (ours.count(object.owner) != 0 && expected.count(key) == 0) {
      const bool part = kind != "table" && kind != "function";
      differences.push_back(titled(kind) + " " + name + (part ? " on table " + object.owner : std::string()) +
                            " is not expected.");
    }
  }
  return differences;
}

} // namespace parley::migrations
