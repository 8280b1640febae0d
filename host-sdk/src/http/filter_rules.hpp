// Which operators filters have, and which attributes they fit: for the reader of queries and for the OpenAPI document.
#ifndef PARLEY_HOST_HTTP_FILTER_RULES_HPP
#define PARLEY_HOST_HTTP_FILTER_RULES_HPP

#include <array>
#include <cstdint>
#include <parley/ext/entity.h>
#include <string_view>

namespace parley::host {

struct FilterOperator {
  std::string_view word; // in the brackets: filter[name][word]; empty: none is needed
  std::uint32_t operation;
  bool several; // takes values separated by commas
  std::string_view phrase;

  // Whether attributes of the type (PARLEY_TYPE_*) have it.
  bool fits(std::uint32_t type) const;
};

inline constexpr std::array<FilterOperator, 8> all_filter_operators{{
    {"", PARLEY_FILTER_EQUAL, true, "is one of these"},
    {"not", PARLEY_FILTER_NOT_EQUAL, true, "is none of these"},
    {"greater", PARLEY_FILTER_GREATER, false, "is greater"},
    {"greaterOrEqual", PARLEY_FILTER_GREATER_OR_EQUAL, false, "is greater or equal"},
    {"less", PARLEY_FILTER_LESS, false, "is less"},
    {"lessOrEqual", PARLEY_FILTER_LESS_OR_EQUAL, false, "is less or equal"},
    {"contains", PARLEY_FILTER_CONTAINS, false, "contains this, without regard to case"},
    {"exists", PARLEY_FILTER_EXISTS, false, "is there, or is not"},
}};

// NULL where there is no such word.
const FilterOperator *filter_operator(std::string_view word);

} // namespace parley::host

#endif
