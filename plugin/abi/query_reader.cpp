#include "plugin/abi/query_reader.hpp"

#include <parley/cpp/strings.hpp>

#include <algorithm>
#include <utility>

#include "plugin/abi/queries.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/time_text.hpp"
#include "plugin/jsonapi/utf8.hpp"

namespace parley::abi {
namespace {

using store::Operator;

const char *name_of(std::uint32_t operation) {
  switch (operation) {
  case PARLEY_FILTER_NOT_EQUAL:
    return "not";
  case PARLEY_FILTER_GREATER:
    return "greater";
  case PARLEY_FILTER_GREATER_OR_EQUAL:
    return "greaterOrEqual";
  case PARLEY_FILTER_LESS:
    return "less";
  case PARLEY_FILTER_LESS_OR_EQUAL:
    return "lessOrEqual";
  case PARLEY_FILTER_CONTAINS:
    return "contains";
  case PARLEY_FILTER_EXISTS:
    return "exists";
  default:
    return "";
  }
}

std::optional<Operator> operator_of(std::uint32_t operation) {
  switch (operation) {
  case PARLEY_FILTER_EQUAL:
    return Operator::equal;
  case PARLEY_FILTER_NOT_EQUAL:
    return Operator::not_equal;
  case PARLEY_FILTER_GREATER:
    return Operator::greater;
  case PARLEY_FILTER_GREATER_OR_EQUAL:
    return Operator::greater_or_equal;
  case PARLEY_FILTER_LESS:
    return Operator::less;
  case PARLEY_FILTER_LESS_OR_EQUAL:
    return Operator::less_or_equal;
  case PARLEY_FILTER_CONTAINS:
    return Operator::contains;
  case PARLEY_FILTER_EXISTS:
    return Operator::exists;
  default:
    return std::nullopt;
  }
}

std::string bracketed(std::string_view text) {
  return std::string("[").append(text).append("]");
}

} // namespace

bool readable(const parley_query *query) {
  return query != nullptr && PARLEY_HAS(query, parley_query, page_number);
}

bool readable(const parley_get *get) {
  return get != nullptr && PARLEY_HAS(get, parley_get, id_count);
}

jsonapi::Fields fields_of(const parley_query &query) {
  if ((query.flags & PARLEY_QUERY_ALL_FIELDS) != 0) {
    return jsonapi::Fields();
  }
  std::vector<std::string> names;
  for (std::size_t index = 0; index < query.field_count; ++index) {
    names.push_back(cpp::text(query.fields[index]));
  }
  return jsonapi::Fields(std::move(names));
}

jsonapi::Fields fields_of(const parley_get &get) {
  if ((get.flags & PARLEY_QUERY_ALL_FIELDS) != 0 || !PARLEY_HAS(&get, parley_get, field_count)) {
    return jsonapi::Fields();
  }
  std::vector<std::string> names;
  for (std::size_t index = 0; index < get.field_count; ++index) {
    names.push_back(cpp::text(get.fields[index]));
  }
  return jsonapi::Fields(std::move(names));
}

const parley_filter &QueryReader::filter(std::size_t index) const {
  return *PARLEY_AT(parley_filter, query_.filters, query_.filter_size, index);
}

const parley_sort &QueryReader::sort(std::size_t index) const {
  return *PARLEY_AT(parley_sort, query_.sorts, query_.sort_size, index);
}

std::string QueryReader::parameter(const parley_filter &filter) {
  if (filter.operation == PARLEY_FILTER_SEARCH) {
    return "filter[search]";
  }
  std::string name = "filter" + bracketed(cpp::view(filter.field));
  if (filter.type.size != 0) {
    name += bracketed(cpp::view(filter.type));
  }
  const std::string_view operation = name_of(filter.operation);
  return operation.empty() ? name : name + bracketed(operation);
}

void QueryReader::fault(std::string parameter, const char *code, std::string detail) {
  faults_.push_back(domain::Fault{code, std::move(detail), {}, std::move(parameter), {}});
}

void QueryReader::fault(const parley_filter &filter, const char *code, std::string detail) {
  fault(parameter(filter), code, std::move(detail));
}

void QueryReader::unknown_field(const parley_filter &filter) {
  fault(filter, "unknown-filter", "There is no such filter.");
}

void QueryReader::unknown_sort(const parley_sort &sort) {
  fault("sort", "unknown-sort", "The list cannot be sorted by \"" + cpp::text(sort.field) + "\".");
}

std::optional<Operator> QueryReader::operation(const parley_filter &filter, std::initializer_list<Operator> offered) {
  const auto operation = operator_of(filter.operation);
  if (!operation || std::find(offered.begin(), offered.end(), *operation) == offered.end()) {
    fault(filter, "unknown-operator", "This filter does not offer that operator.");
    return std::nullopt;
  }
  const bool many = *operation == Operator::equal || *operation == Operator::not_equal;
  if (filter.value_count == 0 || (!many && filter.value_count != 1)) {
    fault(filter, "wrong-count", many ? "This filter takes at least one value." : "This filter takes one value.");
    return std::nullopt;
  }
  return operation;
}

std::optional<std::int64_t> QueryReader::number(const parley_filter &filter, std::string_view value) {
  const bool negative = !value.empty() && value.front() == '-';
  const auto number = jsonapi::parse_number(negative ? value.substr(1) : value);
  if (!number) {
    fault(filter, "wrong-type", "This value should be a whole number.");
    return std::nullopt;
  }
  return negative ? -*number : *number;
}

std::optional<domain::Time> QueryReader::time(const parley_filter &filter, std::string_view value) {
  const auto time = jsonapi::parse_time(value);
  if (!time) {
    fault(filter, "wrong-type", "This value should be a time, \"2026-01-31T08:00:00Z\".");
  }
  return time;
}

std::optional<bool> QueryReader::boolean(const parley_filter &filter, std::string_view value) {
  if (value != "true" && value != "false") {
    fault(filter, "wrong-type", "This value should be \"true\" or \"false\".");
    return std::nullopt;
  }
  return value == "true";
}

std::optional<std::string> QueryReader::text(const parley_filter &filter, std::string_view value) {
  if (!jsonapi::valid_utf8(value) || value.find('\0') != std::string_view::npos) {
    fault(filter, "wrong-type", "This value should be UTF-8 without NUL characters.");
    return std::nullopt;
  }
  return std::string(value);
}

void QueryReader::search(const parley_filter &filter, std::optional<store::Search> &search) {
  for (std::size_t index = 0; index < filter.value_count; ++index) {
    const auto words = text(filter, cpp::view(filter.values[index]));
    if (!words) {
      return;
    }
    if (!search) {
      search.emplace();
    }
    search->text += (search->text.empty() ? "" : " ") + *words;
  }
}

store::Paging QueryReader::paging() {
  store::Paging paging;
  paging.size = query_.page_size;
  paging.number = query_.page_number;
  paging.after = cpp::text(query_.after);
  paging.before = cpp::text(query_.before);
  paging.want_total = (query_.flags & PARLEY_QUERY_WANT_TOTAL) != 0;
  if (paging.size < 1 || paging.size > PARLEY_PAGE_SIZE_MAX) {
    fault("page[size]", "out-of-range", "This value should be a number from 1 to 1000.");
  }
  if (!paging.after.empty() && !paging.before.empty()) {
    fault("page[before]", "two-cursors", "Only one of page[after] and page[before] may be given.");
  }
  if (paging.number != 0 && !(paging.after.empty() && paging.before.empty())) {
    fault("page[number]", "two-pagings", "Page numbers and cursors may not be given together.");
  }
  return paging;
}

std::optional<domain::Failure> QueryReader::failure() {
  if (faults_.empty()) {
    return std::nullopt;
  }
  return domain::Failure{domain::Code::malformed, std::move(faults_)};
}

} // namespace parley::abi
