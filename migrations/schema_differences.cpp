#include "migrations/schema_differences.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace parley::migrations {
namespace {

using adapters::Parameters;
using adapters::Session;

constexpr auto kObjects = "select type, name, tbl_name, coalesce(sql, '') from sqlite_master "
                          "where type in ('table', 'index', 'trigger') and name not like 'sqlite~_%' escape '~' "
                          "order by type desc, name";
constexpr auto kColumns = "select name, type, \"notnull\", coalesce(dflt_value, ''), pk, hidden "
                          "from pragma_table_xinfo(:name) order by cid";

struct Object {
  std::string table;
  std::string sql;
};
using Objects = std::map<std::pair<std::string, std::string>, Object>; ///< by type and name
using Columns = std::map<std::string, std::tuple<std::string, std::int64_t, std::string, std::int64_t, std::int64_t>>;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

/// The text without comments, and without spaces that separate nothing; outside quotes in small letters.
std::string normalised(const std::string &sql) {
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

Objects objects_of(Session &session) {
  Objects objects;
  auto rows = session.query(kObjects, "tttt");
  while (rows.next()) {
    std::string type = rows.text();
    std::string name = rows.text();
    Object object;
    object.table = rows.text();
    object.sql = normalised(rows.text());
    objects.emplace(std::make_pair(std::move(type), std::move(name)), std::move(object));
  }
  return objects;
}

Columns columns_of(Session &session, const std::string &table) {
  Columns columns;
  auto rows = session.query(kColumns, "ttitii", {{"name", table}});
  while (rows.next()) {
    std::string name = rows.text();
    std::string type = normalised(rows.text());
    const auto not_null = rows.integer();
    std::string standard = rows.text();
    const auto key = rows.integer();
    const auto hidden = rows.integer();
    columns.emplace(std::move(name), std::make_tuple(std::move(type), not_null, std::move(standard), key, hidden));
  }
  return columns;
}

std::string about_column(const std::string &table, const std::string &column, const char *what) {
  return "Table " + table + ": column " + column + what;
}

void compare_columns(const std::string &table, const Columns &expected, const Columns &real,
                     std::vector<std::string> &differences) {
  for (const auto &[name, column] : expected) {
    const auto found = real.find(name);
    if (found == real.end()) {
      differences.push_back(about_column(table, name, " is missing."));
    } else if (found->second != column) {
      differences.push_back(about_column(table, name, " is declared otherwise."));
    }
  }
  for (const auto &[name, column] : real) {
    if (expected.count(name) == 0) {
      differences.push_back(about_column(table, name, " is not expected."));
    }
  }
}

std::string titled(std::string type) {
  type.front() = static_cast<char>(type.front() - 'a' + 'A');
  return type;
}

} // namespace

std::vector<std::string> schema_differences(Session &expected_session, Session &real_session) {
  const Objects expected = objects_of(expected_session);
  const Objects real = objects_of(real_session);
  std::vector<std::string> differences;
  for (const auto &[key, object] : expected) {
    const auto &[type, name] = key;
    const auto found = real.find(key);
    if (found == real.end()) {
      differences.push_back(titled(type) + " " + name + " is missing.");
      continue;
    }
    const auto before = differences.size();
    if (type == "table") {
      compare_columns(name, columns_of(expected_session, name), columns_of(real_session, name), differences);
    }
    if (differences.size() == before && (found->second.sql != object.sql || found->second.table != object.table)) {
      differences.push_back(titled(type) + " " + name + " is declared otherwise.");
    }
  }
  for (const auto &[key, object] : real) {
    const auto &[type, name] = key;
    const bool ours = expected.count({"table", object.table}) != 0;
    if (ours && expected.count(key) == 0) {
      differences.push_back(titled(type) + " " + name + " on table " + object.table + " is not expected.");
    }
  }
  return differences;
}

} // namespace parley::migrations
