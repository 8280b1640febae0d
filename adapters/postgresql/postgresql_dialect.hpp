#pragma once

#include "adapters/sql/dialect.hpp"

namespace parley::adapters {

class PostgresqlDialect : public sql::Dialect {
public:
  [[nodiscard]] std::string elements(const std::string &placeholder, Kind kind) const override {
    return "select " + typed("value", kind) + " as value from json_array_elements_text(cast(" + placeholder +
           " as json))";
  }
  [[nodiscard]] std::string rows(const std::string &placeholder,
                                 const std::vector<sql::Listed> &columns) const override {
    std::string text;
    for (std::size_t at = 0; at < columns.size(); ++at) {
      text += (at == 0 ? "select " : ", ") + typed("value ->> " + std::to_string(at), columns[at].kind) + " as " +
              columns[at].name;
    }
    return text + " from json_array_elements(cast(" + placeholder + " as json))";
  }
  [[nodiscard]] std::string keeps_participant(const std::string &json, const std::string &type,
                                              const std::string &id) const override {
    return "exists (select 1 from json_array_elements(cast(" + json + " as json)) t where t.value ->> 0 = " + type +
           " and t.value ->> 1 = " + id + ")";
  }
  [[nodiscard]] std::string json_array(const std::string &expressions) const override {
    return "json_build_array(" + expressions + ")";
  }
  [[nodiscard]] std::string json_rows(const std::string &array) const override { return "json_agg(" + array + ")"; }
  [[nodiscard]] std::string greatest(const std::string &left, const std::string &right) const override {
    return "greatest(" + left + ", " + right + ")";
  }
  [[nodiscard]] std::string whole(const std::string &placeholder) const override {
    return typed(placeholder, Kind::integer);
  }
  /// The order holds because connections set join_collapse_limit to 1.
  [[nodiscard]] std::string ordered_join() const override { return " join "; }
  [[nodiscard]] std::string join_each(const std::string & /*table*/, const std::string &alias,
                                      const std::string &select) const override {
    return " cross join lateral (" + select + ") " + alias;
  }
  /// Nobody refers to rows by what commands change: rows that point to this one may be inserted meanwhile.
  [[nodiscard]] std::string for_update() const override { return " for no key update"; }
  [[nodiscard]] std::string for_share() const override { return " for share"; }
  [[nodiscard]] std::string matching(sql::Searched searched, const std::string &placeholder) const override {
    const std::string words = searched == sql::Searched::names ? "name_words" : "words";
    // As the indexes say it.
    return std::string("select id from {prefix}") + (searched == sql::Searched::names ? "conversation" : "message") +
           " where " + words + " <> '' and array_to_tsvector(string_to_array(" + words + ", ' ')) @@ cast(" +
           placeholder + " as tsquery)";
  }
  [[nodiscard]] std::string search_text(const std::vector<std::string> &tokens, sql::Held held) const override {
    std::string text;
    for (const std::string &token : tokens) {
      text += (text.empty() ? "" : " & ") + token + (held == sql::Held::beginnings ? ":*" : "");
    }
    return text;
  }

private:
  static std::string typed(const std::string &expression, Kind kind) {
    return kind == Kind::integer ? "cast(" + expression + " as bigint)" : expression;
  }
};

} // namespace parley::adapters
