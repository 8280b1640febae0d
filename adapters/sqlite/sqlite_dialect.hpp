#pragma once

#include "adapters/sql/dialect.hpp"

namespace parley::adapters {

class SqliteDialect : public sql::Dialect {
public:
  [[nodiscard]] std::string elements(const std::string &placeholder, Kind /*kind*/) const override {
    return "select value from json_each(" + placeholder + ")";
  }
  [[nodiscard]] std::string rows(const std::string &placeholder,
                                 const std::vector<sql::Listed> &columns) const override {
    std::string text;
    for (std::size_t at = 0; at < columns.size(); ++at) {
      text += (at == 0 ? "select " : ", ") + ("json_extract(value, '$[" + std::to_string(at)) + "]') as " +
              columns[at].name;
    }
    return text + " from json_each(" + placeholder + ")";
  }
  [[nodiscard]] std::string keeps_participant(const std::string &json, const std::string &type,
                                              const std::string &id) const override {
    return "exists (select 1 from json_each(" + json + ") t where json_extract(t.value, '$[0]') = " + type +
           " and json_extract(t.value, '$[1]') = " + id + ")";
  }
  [[nodiscard]] std::string json_rows(const std::string &array) const override {
    return "json_group_array(" + array + ")";
  }
  [[nodiscard]] std::string greatest(const std::string &left, const std::string &right) const override {
    return "max(" + left + ", " + right + ")";
  }
  [[nodiscard]] std::string without_index(const std::string &column) const override { return "+" + column; }
  [[nodiscard]] std::string ordered_join() const override { return " cross join "; }
  [[nodiscard]] bool in_process() const override { return true; }
  [[nodiscard]] std::string matching(sql::Searched searched, const std::string &placeholder) const override {
    return std::string("select rowid as id from {prefix}") +
           (searched == sql::Searched::names ? "conversation_search(" : "message_search(") + placeholder + ")";
  }
  [[nodiscard]] std::string search_text(const std::vector<std::string> &tokens, sql::Held held) const override {
    std::string text;
    for (const std::string &token : tokens) {
      text += (text.empty() ? "" : " AND ") + token + (held == sql::Held::beginnings ? "*" : "");
    }
    return text;
  }
  [[nodiscard]] bool one_writer() const override { return true; }
};

} // namespace parley::adapters
