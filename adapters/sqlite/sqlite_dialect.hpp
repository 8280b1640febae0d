#pragma once

#include "adapters/sql/dialect.hpp"

namespace parley::adapters {

class SqliteDialect : public sql::Dialect {
public:
  [[nodiscard]] std::string elements(const std::string &placeholder) const override {
    return "select value from json_each(" + placeholder + ")";
  }
  [[nodiscard]] std::string pairs(const std::string &placeholder) const override {
    return "select json_extract(value, '$[0]') as a, json_extract(value, '$[1]') as b from json_each(" + placeholder +
           ")";
  }
  [[nodiscard]] std::string greatest(const std::string &left, const std::string &right) const override {
    return "max(" + left + ", " + right + ")";
  }
  [[nodiscard]] std::string without_index(const std::string &column) const override { return "+" + column; }
};

} // namespace parley::adapters
