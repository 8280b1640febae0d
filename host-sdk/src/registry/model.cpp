#include "host-sdk/src/registry/model.hpp"

#include "host-sdk/src/text.hpp"

#include <algorithm>

namespace parley::host {
namespace {

template <class Named>
const Named *find_named(const std::vector<Named> &items, std::string_view name, std::uint32_t application) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Named &item) {
    return item.name == name && (item.applications & application) != 0;
  });
  return found == items.end() ? nullptr : &*found;
}

bool contains(const std::vector<std::string> &texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

} // namespace

const std::string &Label::in(std::string_view locale) const {
  static const std::string none;
  const auto find = [&](std::string_view wanted) -> const std::string * {
    for (const auto &text : texts) {
      if (equal_ignoring_case(text.first, wanted)) {
        return &text.second;
      }
    }
    return nullptr;
  };
  while (!locale.empty()) {
    if (const auto *text = find(locale)) {
      return *text;
    }
    const auto mark = locale.find_last_of("-_");
    locale = mark == std::string_view::npos ? std::string_view{} : locale.substr(0, mark);
  }
  const auto *english = find("en");
  return english != nullptr ? *english : none;
}

bool Relationship::points_to(std::string_view type) const {
  return contains(types, type);
}

std::uint32_t Entity::actions(std::uint32_t application) const {
  return application == PARLEY_APPLICATION_BACKOFFICE ? backoffice_actions : storefront_actions;
}

bool Entity::is_in(std::uint32_t application) const {
  return actions(application) != 0 || std::any_of(operations.begin(), operations.end(), [&](const Operation &item) {
           return (item.applications & application) != 0;
         });
}

const Attribute *Entity::attribute(std::string_view name, std::uint32_t application) const {
  return find_named(attributes, name, application);
}

const Relationship *Entity::relationship(std::string_view name, std::uint32_t application) const {
  return find_named(relationships, name, application);
}

const Operation *Entity::operation(std::string_view name, std::uint32_t target, std::uint32_t application) const {
  const auto found = std::find_if(operations.begin(), operations.end(), [&](const Operation &item) {
    return item.name == name && item.target == target && (item.applications & application) != 0;
  });
  return found == operations.end() ? nullptr : &*found;
}

bool Panel::serves(std::string_view type) const {
  return contains(record_types, type);
}

const Transition *Workflow::transition(std::string_view transition_name) const {
  const auto found = std::find_if(transitions.begin(), transitions.end(),
                                  [&](const Transition &item) { return item.name == transition_name; });
  return found == transitions.end() ? nullptr : &*found;
}

} // namespace parley::host
