#include "host-sdk/src/http/query.hpp"
#include "host-sdk/src/registry/filter_rules.hpp"
#include "host-sdk/src/text.hpp"

#include <charconv>

namespace parley::host {
namespace {

// At commas; "\," is a comma within a value, "\\" a backslash.
std::vector<std::string> split_values(std::string_view text) {
  std::vector<std::string> values(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == ',' || text[i + 1] == '\\')) {
      values.back().push_back(text[++i]);
    } else if (text[i] == ',') {
      values.emplace_back();
    } else {
      values.back().push_back(text[i]);
    }
  }
  return values;
}

bool is_integer(std::string_view text) {
  std::int64_t number = 0;
  const char *end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end;
}

// What is wrong with a value for an attribute; empty: nothing. Brings it into the form that plugins get.
std::string check_value(std::uint32_t type, std::string &value) {
  if (type == PARLEY_TYPE_INTEGER && !is_integer(value)) {
    return "takes whole numbers.";
  }
  if (type == PARLEY_TYPE_DECIMAL && !is_decimal(value)) {
    return "takes decimal numbers.";
  }
  if (type == PARLEY_TYPE_BOOLEAN && value != "true" && value != "false") {
    return "takes true or false.";
  }
  if (type == PARLEY_TYPE_DATETIME) {
    const auto time = utc_datetime(value);
    if (!time) {
      return "takes times like 2026-01-31T08:00:00Z.";
    }
    value = *time;
  }
  return {};
}

} // namespace

std::optional<Filter> read_filter(const Entity &entity, std::uint32_t application, const std::vector<std::string> &path,
                                  const std::string &value, std::string &complaint) {
  const auto wrong = [&](std::string text) -> std::optional<Filter> {
    complaint = std::move(text);
    return std::nullopt;
  };
  Filter filter;
  if (path.empty()) {
    return wrong("A filter names what it filters by.");
  }
  const std::string &name = path.front();
  if (name == "search" && path.size() == 1) {
    for (const auto &attribute : entity.attributes) {
      if ((attribute.applications & application) != 0 && (attribute.flags & PARLEY_FIELD_SEARCH) != 0) {
        filter.operation = PARLEY_FILTER_SEARCH;
        filter.values = {value};
        return filter;
      }
    }
    return wrong("There is nothing to search in.");
  }
  const Attribute *attribute = entity.attribute(name, application);
  const Relationship *relationship = entity.relationship(name, application);
  const std::uint32_t flags = attribute != nullptr      ? attribute->flags
                              : relationship != nullptr ? relationship->flags
                                                        : 0;
  if ((flags & PARLEY_FIELD_FILTER) == 0) {
    return wrong("One cannot filter by \"" + name + "\".");
  }
  filter.field = name;
  std::size_t next = 1;
  if (relationship != nullptr && next < path.size() && relationship->points_to(path[next])) {
    filter.type = relationship->polymorphic() ? path[next] : std::string();
    ++next;
  }
  const FilterOperator *known = filter_operator(next < path.size() ? std::string_view(path[next++]) : "");
  const std::uint32_t offered = attribute != nullptr ? attribute->filter_operators : relationship->filter_operators;
  if (known == nullptr || next != path.size() || !known->among(offered)) {
    return wrong("\"" + name + "\" does not know this operator.");
  }
  filter.operation = known->operation;
  filter.values = known->several ? split_values(value) : std::vector<std::string>{value};
  if ((offered & PARLEY_FILTER_ONE_VALUE) != 0 && filter.values.size() > 1) {
    return wrong("\"" + name + "\" takes one value.");
  }
  if (filter.operation == PARLEY_FILTER_EXISTS) {
    if (!filter.type.empty()) {
      return wrong("\"exists\" asks for \"" + name + "\" of any type.");
    }
    return value == "true" || value == "false" ? std::optional<Filter>(filter)
                                               : wrong("\"exists\" takes true or false.");
  }
  if (relationship != nullptr) {
    if (relationship->polymorphic() && filter.type.empty()) {
      return wrong("\"" + name + "\" points to several types; write filter[" + name + "][" +
                   relationship->types.front() + "].");
    }
    for (const auto &id : filter.values) {
      if (id.empty() || id.size() > PARLEY_REF_PART_MAX) {
        return wrong("\"" + name + "\" takes ids.");
      }
    }
    return filter;
  }
  std::string problem;
  for (auto &item : filter.values) {
    problem = problem.empty() ? check_value(attribute->type, item) : problem;
  }
  return problem.empty() ? std::optional<Filter>(filter) : wrong("\"" + name + "\" " + problem);
}

} // namespace parley::host
