// Which operators filters have, and which fields they fit: for the registry, the reader of queries and the descriptions.
#ifndef PARLEY_HOST_REGISTRY_FILTER_RULES_HPP
#define PARLEY_HOST_REGISTRY_FILTER_RULES_HPP

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
  std::string_view name; // in descriptions

  // Whether it is one of `operators`: bits as in parley_attribute::filter_operators.
  bool among(std::uint32_t operators) const { return (operators & PARLEY_FILTER_BIT(operation)) != 0; }
};

inline constexpr std::array<FilterOperator, 8> all_filter_operators{{
    {"", PARLEY_FILTER_EQUAL, true, "is one of these", "equals"},
    {"not", PARLEY_FILTER_NOT_EQUAL, true, "is none of these", "not"},
    {"greater", PARLEY_FILTER_GREATER, false, "is greater", "greater"},
    {"greaterOrEqual", PARLEY_FILTER_GREATER_OR_EQUAL, false, "is greater or equal", "greaterOrEqual"},
    {"less", PARLEY_FILTER_LESS, false, "is less", "less"},
    {"lessOrEqual", PARLEY_FILTER_LESS_OR_EQUAL, false, "is less or equal", "lessOrEqual"},
    {"contains", PARLEY_FILTER_CONTAINS, false, "contains this, without regard to case", "contains"},
    {"exists", PARLEY_FILTER_EXISTS, false, "is there, or is not", "exists"},
}};

// NULL where there is no such word.
const FilterOperator *filter_operator(std::string_view word);

// The operators (bits) that attributes of a type (PARLEY_TYPE_*) allow, and those that relationships do.
std::uint32_t attribute_operators(std::uint32_t type);
std::uint32_t relationship_operators();

} // namespace parley::host

#endif
