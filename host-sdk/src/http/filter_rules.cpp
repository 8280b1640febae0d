#include "host-sdk/src/http/filter_rules.hpp"

#include <algorithm>

namespace parley::host {
namespace {

bool is_text(std::uint32_t type) {
  return type != PARLEY_TYPE_INTEGER && type != PARLEY_TYPE_BOOLEAN && type != PARLEY_TYPE_DATETIME &&
         type != PARLEY_TYPE_OBJECT && type != PARLEY_TYPE_DECIMAL;
}

} // namespace

bool FilterOperator::fits(std::uint32_t type) const {
  if (operation == PARLEY_FILTER_CONTAINS) {
    return is_text(type);
  }
  const bool compares = operation >= PARLEY_FILTER_GREATER && operation <= PARLEY_FILTER_LESS_OR_EQUAL;
  return !compares || (type != PARLEY_TYPE_BOOLEAN && type != PARLEY_TYPE_OBJECT);
}

const FilterOperator *filter_operator(std::string_view word) {
  const auto found = std::find_if(all_filter_operators.begin(), all_filter_operators.end(),
                                  [&](const FilterOperator &each) { return each.word == word; });
  return found == all_filter_operators.end() ? nullptr : &*found;
}

} // namespace parley::host
