#include "migrations/schema_description.hpp"

#include <algorithm>
#include <set>

namespace parley::migrations {
namespace {

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
