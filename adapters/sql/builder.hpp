#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"

namespace parley::adapters::sql {

/// Collects the values of a statement while its text is put together. Values never enter the text.
class Builder {
public:
  explicit Builder(const Dialect &dialect) : dialect_(&dialect) {}

  /// Keeps the value and returns its placeholder.
  std::string bind(std::int64_t value) { return bound(value); }
  std::string bind(std::string value) { return bound(std::move(value)); }

  [[nodiscard]] const Dialect &dialect() const { return *dialect_; }
  [[nodiscard]] const Parameters &parameters() const { return parameters_; }

private:
  template <class Value>
  std::string bound(Value value) {
    std::string name = "p" + std::to_string(parameters_.size() + 1);
    std::string placeholder = ":" + name;
    parameters_.emplace_back(std::move(name), std::move(value));
    return placeholder;
  }

  const Dialect *dialect_;
  Parameters parameters_;
};

} // namespace parley::adapters::sql
