#include "sample-host/src/web/grid_state.h"

#include <algorithm>

namespace host {
namespace {

bool is_kept(std::string_view name) {
  return is_filter(name) || is_find(name) || name == "sort" || name == "page[size]";
}

// "filter[source][orders]" and "find[source]" -> "source".
std::string_view field_of(std::string_view parameter) {
  const auto open = parameter.find('[');
  const auto close = parameter.find(']', open);
  return close == std::string_view::npos ? std::string_view() : parameter.substr(open + 1, close - open - 1);
}

// Kinds of record, where nothing is looked for among them.
void drop_idle_kinds(Fields &fields) {
  const auto is_idle = [&](const auto &one) {
    const auto kind = one.first.rfind("[type]");
    return is_find(one.first) && kind != std::string::npos && field(fields, one.first.substr(0, kind)).empty();
  };
  Fields kept;
  std::copy_if(fields.begin(), fields.end(), std::back_inserter(kept), [&](const auto &one) { return !is_idle(one); });
  fields = std::move(kept);
}

std::string address(const std::string &path, const Fields &fields) {
  return path + (fields.empty() ? "" : "?" + write_fields(fields));
}

} // namespace

bool is_filter(std::string_view name) {
  return starts_with(name, "filter[");
}

bool is_find(std::string_view name) {
  return starts_with(name, "find[");
}

GridState::GridState(const Request &request, std::string_view always)
    : path_(request.path), always_(parse_fields(always).value_or(Fields())) {
  for (auto &[name, value] : parse_fields(request.query).value_or(Fields())) {
    if (name == "page[number]") {
      page_ = std::max<std::int64_t>(1, parse_id(value).value_or(1));
    } else if (is_kept(name) && !value.empty() && !is_settled(field_of(name))) {
      fields_.emplace_back(std::move(name), std::move(value));
    }
  }
  drop_idle_kinds(fields_);
}

bool GridState::is_settled(std::string_view field) const {
  return std::any_of(always_.begin(), always_.end(), [&](const auto &one) { return field_of(one.first) == field; });
}

bool GridState::filtered() const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [](const auto &one) { return is_filter(one.first) || is_find(one.first); });
}

std::string GridState::url() const {
  return address(path_, fields_);
}

std::string GridState::url_with(std::string_view name, const std::string &value) const {
  Fields changed;
  std::copy_if(fields_.begin(), fields_.end(), std::back_inserter(changed),
               [&](const auto &one) { return one.first != name; });
  if (!value.empty()) {
    changed.emplace_back(name, value);
  }
  drop_idle_kinds(changed);
  return address(path_, changed);
}

std::string GridState::url_of_page(std::int64_t number) const {
  Fields changed = fields_;
  if (number > 1) {
    changed.emplace_back("page[number]", std::to_string(number));
  }
  return address(path_, changed);
}

std::string GridState::url_unfiltered() const {
  Fields changed;
  std::copy_if(fields_.begin(), fields_.end(), std::back_inserter(changed),
               [](const auto &one) { return !is_filter(one.first) && !is_find(one.first); });
  return address(path_, changed);
}

} // namespace host
