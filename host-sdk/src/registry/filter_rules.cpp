#include "host-sdk/src/registry/filter_rules.hpp"

#include <algorithm>

namespace parley::host {
namespace {

constexpr std::uint32_t any = PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL) | PARLEY_FILTER_BIT(PARLEY_FILTER_NOT_EQUAL) |
                              PARLEY_FILTER_BIT(PARLEY_FILTER_EXISTS);
constexpr std::uint32_t ordered =
    PARLEY_FILTER_BIT(PARLEY_FILTER_GREATER) | PARLEY_FILTER_BIT(PARLEY_FILTER_GREATER_OR_EQUAL) |
    PARLEY_FILTER_BIT(PARLEY_FILTER_LESS) | PARLEY_FILTER_BIT(PARLEY_FILTER_LESS_OR_EQUAL);
constexpr std::uint32_t text = PARLEY_FILTER_BIT(PARLEY_FILTER_CONTAINS);

} // namespace

const FilterOperator *filter_operator(std::string_view word) {
  const auto found = std::find_if(all_filter_operators.begin(), all_filter_operators.end(),
                                  [&](const FilterOperator &each) { return each.word == word; });
  return found == all_filter_operators.end() ? nullptr : &*found;
}

std::uint32_t attribute_operators(std::uint32_t type) {
  switch (type) {
  case PARLEY_TYPE_BOOLEAN:
  case PARLEY_TYPE_OBJECT:
    return any;
  case PARLEY_TYPE_INTEGER:
  case PARLEY_TYPE_DATETIME:
  case PARLEY_TYPE_DECIMAL:
    return any | ordered;
  default:
    return any | ordered | text;
  }
}

std::uint32_t relationship_operators() {
  return any;
}

} // namespace parley::host
