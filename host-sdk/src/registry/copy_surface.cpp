#include "host-sdk/src/registry/checks.hpp"
#include "host-sdk/src/registry/copy.hpp"
#include "host-sdk/src/text.hpp"

#include <set>

namespace parley::host {
namespace {

// Fills name and label, and says whether the struct is large enough to be read at all.
template <class Descriptor, class Copy>
bool begin(const Descriptor &from, Copy &to, DescriptorCheck &check, const char *what, Label Copy::*label,
           parley_str Descriptor::*label_member) {
  if (!has(&from, label_member)) {
    check.fault(PARLEY_INCOMPATIBLE, "too-small", std::string(what) + " is too small");
    return false;
  }
  to.name = text_of(&from, &Descriptor::name);
  check.about(to.name);
  check.name(is_registry_name(to.name), "name", to.name);
  to.*label = check.label(text_of(&from, label_member), "the label");
  return true;
}

template <class Descriptor, class Copy>
void copy_application(const Descriptor &from, Copy &to, DescriptorCheck &check) {
  to.application = from.application;
  check.application(to.application);
}

// The custom element that draws it.
template <class Descriptor, class Copy>
void copy_element(const Descriptor &from, Copy &to, DescriptorCheck &check, bool required) {
  to.element = text_of(&from, &Descriptor::element);
  check.element(to.element, required);
}

template <class Descriptor, class Copy>
void copy_gate(const Descriptor &from, Copy &to, DescriptorCheck &check) {
  to.gate = check.gate(get(&from, &Descriptor::gate));
}

template <class Descriptor, class Copy>
void copy_record_types(const Descriptor &from, Copy &to, DescriptorCheck &check) {
  to.record_types = copy_strings(get(&from, &Descriptor::record_types), get(&from, &Descriptor::record_type_count));
  if (to.record_types.empty()) {
    check.invalid("no-record-types", "it names no record type");
  }
  for (const auto &type : to.record_types) {
    check.name(is_type_name(type), "record type", type);
  }
}

HeaderAction copy_header_action(const parley_header_action &from, DescriptorCheck &check) {
  HeaderAction action;
  action.name = text_of(&from, &parley_header_action::name);
  check.name(is_registry_name(action.name), "name of a header action", action.name);
  action.label = check.label(text_of(&from, &parley_header_action::label), "the label of " + action.name);
  copy_element(from, action, check, true);
  copy_gate(from, action, check);
  return action;
}

} // namespace

Panel copy(const parley_panel &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Panel panel;
  if (!begin(descriptor, panel, check, "parley_panel", &Panel::title, &parley_panel::title)) {
    return panel;
  }
  copy_application(descriptor, panel, check);
  panel.icon = text_of(&descriptor, &parley_panel::icon);
  copy_element(descriptor, panel, check, true);
  panel.entity = text_of(&descriptor, &parley_panel::entity);
  copy_record_types(descriptor, panel, check);
  copy_gate(descriptor, panel, check);
  panel.context = get(&descriptor, &parley_panel::context);
  panel.page = get(&descriptor, &parley_panel::page);
  panel.count = get(&descriptor, &parley_panel::count);
  if (panel.page == nullptr) {
    check.missing("a panel is declared", "parley_panel::page");
  }
  if (panel.count == nullptr) {
    check.missing("a panel is declared", "parley_panel::count");
  }
  return panel;
}

Page copy(const parley_page &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Page page;
  if (!begin(descriptor, page, check, "parley_page", &Page::title, &parley_page::title)) {
    return page;
  }
  copy_application(descriptor, page, check);
  page.entity = text_of(&descriptor, &parley_page::entity);
  copy_element(descriptor, page, check, false);
  if (page.entity.empty() == page.element.empty()) {
    check.invalid("invalid-page", "it shows an entity or an element, exactly one of the two");
  }
  page.query = text_of(&descriptor, &parley_page::query);
  if (!page.query.empty() && page.entity.empty()) {
    check.invalid("invalid-page", "it has a query, but no entity");
  }
  copy_gate(descriptor, page, check);
  const auto *actions = get(&descriptor, &parley_page::actions);
  const auto count = get(&descriptor, &parley_page::action_count);
  if (check.array(actions, count, descriptor.action_size, "header actions")) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
      HeaderAction action = copy_header_action(*at(actions, descriptor.action_size, i), check);
      if (!names.insert(action.name).second) {
        check.invalid("duplicate-name", "the header action " + action.name + " is there twice");
      }
      page.actions.push_back(std::move(action));
    }
  }
  return page;
}

MenuItem copy(const parley_menu_item &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  MenuItem item;
  if (!begin(descriptor, item, check, "parley_menu_item", &MenuItem::label, &parley_menu_item::label)) {
    return item;
  }
  item.order = descriptor.order;
  item.slot = view(descriptor.slot);
  const bool slot_fits = item.slot.rfind("backoffice.", 0) == 0 || item.slot.rfind("storefront.", 0) == 0;
  check.name(slot_fits && is_registry_name(item.slot), "menu slot", item.slot);
  item.icon = text_of(&descriptor, &parley_menu_item::icon);
  item.page = text_of(&descriptor, &parley_menu_item::page);
  copy_gate(descriptor, item, check);
  return item;
}

RecordAction copy(const parley_record_action &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  RecordAction action;
  if (!begin(descriptor, action, check, "parley_record_action", &RecordAction::label, &parley_record_action::label)) {
    return action;
  }
  copy_application(descriptor, action, check);
  action.placement = descriptor.placement;
  action.order = descriptor.order;
  action.icon = text_of(&descriptor, &parley_record_action::icon);
  copy_element(descriptor, action, check, action.placement != PARLEY_PLACEMENT_ROW);
  copy_record_types(descriptor, action, check);
  copy_gate(descriptor, action, check);
  action.can = text_of(&descriptor, &parley_record_action::can);
  return action;
}

Indicator copy(const parley_indicator &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Indicator indicator;
  if (!begin(descriptor, indicator, check, "parley_indicator", &Indicator::label, &parley_indicator::label)) {
    return indicator;
  }
  copy_application(descriptor, indicator, check);
  indicator.order = descriptor.order;
  copy_element(descriptor, indicator, check, true);
  copy_gate(descriptor, indicator, check);
  return indicator;
}

} // namespace parley::host
