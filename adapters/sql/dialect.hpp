#pragma once

#include <string>

namespace parley::adapters::sql {

/// What databases say in different words. Everything else in this folder is the same for all of them.
class Dialect {
public:
  virtual ~Dialect() = default;

  /// A select with one column: the elements of the JSON array that is bound to `placeholder`.
  [[nodiscard]] virtual std::string elements(const std::string &placeholder) const = 0;
  /// A select with the columns a and b: the pairs in the JSON array that is bound to `placeholder`.
  [[nodiscard]] virtual std::string pairs(const std::string &placeholder) const = 0;
  /// The later of two columns.
  [[nodiscard]] virtual std::string greatest(const std::string &left, const std::string &right) const = 0;
  /// The column, so that no index is chosen for it: for conditions that most rows fit, where the list's order matters
  /// more.
  [[nodiscard]] virtual std::string without_index(const std::string &column) const = 0;
};

} // namespace parley::adapters::sql
