#pragma once

#include <parley/ext/entity.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/app/list_conversations.hpp"

namespace parley::abi {

/// What the translations of queries share: faults by parameter, values by type, paging.
class QueryReader {
public:
  explicit QueryReader(const parley_query &query) : query_(query) {}

  [[nodiscard]] std::size_t filter_count() const { return query_.filter_count; }
  [[nodiscard]] const parley_filter &filter(std::size_t index) const;
  [[nodiscard]] std::size_t sort_count() const { return query_.sort_count; }
  [[nodiscard]] const parley_sort &sort(std::size_t index) const;

  /// "filter[createdAt][greater]"
  static std::string parameter(const parley_filter &filter);

  void fault(const parley_filter &filter, const char *code, std::string detail);
  void unknown_field(const parley_filter &filter);
  void unknown_sort(const parley_sort &sort);

  /// The operator. Nothing, and a fault, where it is not among `offered` or has the wrong number of values.
  std::optional<store::Operator> operation(const parley_filter &filter, std::initializer_list<store::Operator> offered);
  std::optional<std::int64_t> number(const parley_filter &filter, std::string_view value);
  std::optional<domain::Time> time(const parley_filter &filter, std::string_view value);
  std::optional<bool> boolean(const parley_filter &filter, std::string_view value);
  /// UTF-8 without NUL.
  std::optional<std::string> text(const parley_filter &filter, std::string_view value);

  /// Adds the words of filter[search].
  void search(const parley_filter &filter, std::optional<store::Search> &search);

  store::Paging paging();

  /// Nothing where no fault was found.
  std::optional<domain::Failure> failure();

private:
  void fault(std::string parameter, const char *code, std::string detail);

  const parley_query &query_;
  std::vector<domain::Fault> faults_;
};

} // namespace parley::abi
