// The translation of parley_query: each line is a filter, "field|operation|type|value|value...", or "sort|field|1", or
// "after|cursor", "before|cursor", "page|number".
#include <parley/cpp/strings.hpp>

#include <deque>

#include "plugin/abi/queries.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace parley;
using fuzz::expect;

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

std::uint32_t number(std::string_view text) {
  std::uint32_t value = 0;
  for (const char digit : text) {
    value = value * 10U + static_cast<unsigned char>(digit);
  }
  return text.size() == 1 ? value - '0' : value;
}

template <class Query>
void judge(const domain::Result<Query> &query) {
  if (!query) {
    expect(!query.failure().faults.empty(), "a failure has faults");
    for (const domain::Fault &fault : query.failure().faults) {
      expect(!fault.code.empty() && !fault.detail.empty() && !fault.parameter.empty(), "a fault names its parameter");
    }
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  abi::Types types;
  types.records = {"orders", "users", "customerusers"};
  types.users = {"users"};
  types.customers = {"customers"};
  types.customer_users = {"customerusers"};
  types.organizations = {"organizations"};
  parley_query query{};
  query.size = static_cast<std::uint32_t>(sizeof query);
  query.filter_size = static_cast<std::uint32_t>(sizeof(parley_filter));
  query.sort_size = static_cast<std::uint32_t>(sizeof(parley_sort));
  query.page_size = 25;
  std::deque<std::vector<parley_str>> values;
  std::vector<parley_filter> filters;
  std::vector<parley_sort> sorts;
  for (const std::string_view line : split(fuzz::view(data, size), '\n')) {
    const auto parts = split(line, '|');
    if (parts.size() >= 2 && parts[0] == "sort") {
      parley_sort sort{};
      sort.size = static_cast<std::uint32_t>(sizeof sort);
      sort.field = cpp::str(parts[1]);
      sort.descending = parts.size() > 2 ? 1 : 0;
      sorts.push_back(sort);
    } else if (parts.size() == 2 && parts[0] == "after") {
      query.after = cpp::str(parts[1]);
    } else if (parts.size() == 2 && parts[0] == "before") {
      query.before = cpp::str(parts[1]);
    } else if (parts.size() == 2 && parts[0] == "page") {
      query.page_number = number(parts[1]);
      query.page_size = number(parts[1]);
    } else if (parts.size() >= 3) {
      auto &shown = values.emplace_back();
      for (std::size_t at = 3; at < parts.size(); ++at) {
        shown.push_back(cpp::str(parts[at]));
      }
      parley_filter filter{};
      filter.size = static_cast<std::uint32_t>(sizeof filter);
      filter.field = cpp::str(parts[0]);
      filter.operation = number(parts[1]);
      filter.type = cpp::str(parts[2]);
      filter.values = shown.data();
      filter.value_count = shown.size();
      filters.push_back(filter);
    }
  }
  query.filters = filters.data();
  query.filter_count = filters.size();
  query.sorts = sorts.data();
  query.sort_count = sorts.size();
  for (const domain::Audience audience : {domain::Audience::backoffice, domain::Audience::storefront}) {
    judge(abi::conversation_query(query, types, audience));
  }
  judge(abi::message_query(query));
  judge(abi::participant_query(query));
  judge(abi::history_query(query));
  judge(abi::plain_query(query));
  return 0;
}
