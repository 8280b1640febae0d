#pragma once

#include "adapters/sql/dialect.hpp"

namespace parley::adapters {

class MariadbDialect : public sql::Dialect {
public:
  [[nodiscard]] std::string elements(const std::string &placeholder, Kind kind) const override {
    return "select j.value from " + table(placeholder, "value " + typed(kind) + " path '$'") + " j";
  }
  [[nodiscard]] std::string rows(const std::string &placeholder,
                                 const std::vector<sql::Listed> &columns) const override {
    std::string names;
    std::string paths;
    for (std::size_t at = 0; at < columns.size(); ++at) {
      const sql::Listed &each = columns[at];
      names += (at == 0 ? "j." : ", j.") + each.name;
      paths += (at == 0 ? "" : ", ") + each.name + " " + (each.lengthy ? kLengthy : typed(each.kind)) + " path '$[" +
               std::to_string(at) + "]'";
    }
    return "select " + names + " from " + table(placeholder, paths) + " j";
  }
  /// It has no update from a select. Its update of joined tables says nothing of the order of assignments: none refers to
  /// a column that another one changes. Without the hint a small table is read, and locked, whole.
  [[nodiscard]] std::string update_each(const std::string &table, const std::string &given, const std::string &key,
                                        const std::vector<sql::Assignment> &assignments) const override {
    std::string text;
    for (const sql::Assignment &each : assignments) {
      text += (text.empty() ? " set r." : ", r.") + each.column + " = " + each.value;
    }
    return "update (" + given + ") w straight_join " + table + " r force index (primary) on " + key + text;
  }
  [[nodiscard]] std::string keeps_participant(const std::string &json, const std::string &type,
                                              const std::string &id) const override {
    return "exists (select 1 from " +
           table(json, "type " + typed(Kind::text) + " path '$[0]', id " + typed(Kind::text) + " path '$[1]'") +
           " j where j.type = " + type + " and j.id = " + id + ")";
  }
  [[nodiscard]] std::string json_rows(const std::string &array) const override {
    return "json_arrayagg(" + array + ")";
  }
  [[nodiscard]] std::string greatest(const std::string &left, const std::string &right) const override {
    return "greatest(" + left + ", " + right + ")";
  }
  [[nodiscard]] std::string without_index(const std::string &column) const override {
    return "concat(" + column + ", '')";
  }
  [[nodiscard]] std::string whole(const std::string &placeholder) const override {
    return "cast(" + placeholder + " as signed)";
  }
  [[nodiscard]] std::string ordered_join() const override { return " straight_join "; }
  /// Left to choose, it reads every message of all conversations and sorts them.
  [[nodiscard]] std::string walking_join() const override { return " straight_join "; }
  [[nodiscard]] std::string for_update() const override { return " for update"; }
  [[nodiscard]] std::string for_share() const override { return " lock in share mode"; }
  [[nodiscard]] std::string matching(sql::Searched searched, const std::string &placeholder) const override {
    return searched == sql::Searched::names
               ? "select id from {prefix}conversation where match (name_words) against (" + placeholder +
                     " in boolean mode)"
               : "select id from {prefix}message where match (words) against (" + placeholder + " in boolean mode)";
  }
  [[nodiscard]] std::string search_text(const std::vector<std::string> &tokens, sql::Held held) const override {
    std::string text;
    for (const std::string &token : tokens) {
      text += (text.empty() ? "+" : " +") + token + (held == sql::Held::beginnings ? "*" : "");
    }
    return text;
  }
  /// Said with a subquery, the whole table would be read, and each row locked on the way.
  [[nodiscard]] std::string some_of(const std::string & /*table*/, const std::string & /*key*/,
                                    const std::string &condition, const std::string &limit) const override {
    return " where " + condition + " limit " + limit;
  }
  [[nodiscard]] bool in_the_first() const override { return false; }
  [[nodiscard]] std::string is_active(const std::string &alias) const override { return alias + "status = 'active'"; }
  [[nodiscard]] std::string idle_since(const std::string &alias) const override { return alias + "idle_since"; }

private:
  static constexpr auto kLengthy = "mediumtext character set utf8mb4 collate utf8mb4_nopad_bin";

  static std::string table(const std::string &json, const std::string &columns) {
    return "json_table(" + json + ", '$[*]' columns (" + columns + "))";
  }
  /// Texts are cut off at this length: one character more than any column has, so that what was cut equals nothing.
  static std::string typed(Kind kind) {
    return kind == Kind::integer ? "bigint" : "varchar(256) character set utf8mb4 collate utf8mb4_nopad_bin";
  }
};

} // namespace parley::adapters
