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

void check_record_types(const std::vector<std::string> &types, DescriptorCheck &check) {
  if (types.empty()) {
    check.invalid("no-record-types", "it names no record type");
  }
  for (const auto &type : types) {
    check.name(is_type_name(type), "record type", type);
  }
}

} // namespace

Panel copy(const parley_panel &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Panel panel;
  if (!begin(descriptor, panel, check, "parley_panel", &Panel::title, &parley_panel::title)) {
    return panel;
  }
  panel.application = descriptor.application;
  check.application(panel.application);
  panel.icon = text_of(&descriptor, &parley_panel::icon);
  panel.element = text_of(&descriptor, &parley_panel::element);
  check.element(panel.element, true);
  panel.entity = text_of(&descriptor, &parley_panel::entity);
  panel.record_types =
      copy_strings(get(&descriptor, &parley_panel::record_types), get(&descriptor, &parley_panel::record_type_count));
  check_record_types(panel.record_types, check);
  panel.gate = check.gate(get(&descriptor, &parley_panel::gate));
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
  page.application = descriptor.application;
  check.application(page.application);
  page.entity = text_of(&descriptor, &parley_page::entity);
  page.element = text_of(&descriptor, &parley_page::element);
  if (page.entity.empty() == page.element.empty()) {
    check.invalid("invalid-page", "it shows an entity or an element, exactly one of the two");
  }
  check.element(page.element, false);
  page.gate = check.gate(get(&descriptor, &parley_page::gate));
  const auto *actions = get(&descriptor, &parley_page::actions);
  const auto count = get(&descriptor, &parley_page::action_count);
  if (check.array(actions, count, descriptor.action_size, "header actions")) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
      const parley_header_action &from = *at(actions, descriptor.action_size, i);
      HeaderAction action;
      action.name = text_of(&from, &parley_header_action::name);
      check.name(is_registry_name(action.name), "name of a header action", action.name);
      if (!names.insert(action.name).second) {
        check.invalid("duplicate-name", "the header action " + action.name + " is there twice");
      }
      action.label = check.label(text_of(&from, &parley_header_action::label), "the label of " + action.name);
      action.element = text_of(&from, &parley_header_action::element);
      check.element(action.element, true);
      action.gate = check.gate(get(&from, &parley_header_action::gate));
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
  item.gate = check.gate(get(&descriptor, &parley_menu_item::gate));
  return item;
}

RecordAction copy(const parley_record_action &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  RecordAction action;
  if (!begin(descriptor, action, check, "parley_record_action", &RecordAction::label, &parley_record_action::label)) {
    return action;
  }
  action.application = descriptor.application;
  check.application(action.application);
  action.placement = descriptor.placement;
  action.order = descriptor.order;
  action.icon = text_of(&descriptor, &parley_record_action::icon);
  action.element = text_of(&descriptor, &parley_record_action::element);
  check.element(action.element, true);
  action.record_types = copy_strings(get(&descriptor, &parley_record_action::record_types),
                                     get(&descriptor, &parley_record_action::record_type_count));
  check_record_types(action.record_types, check);
  action.gate = check.gate(get(&descriptor, &parley_record_action::gate));
  return action;
}

Indicator copy(const parley_indicator &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Indicator indicator;
  if (!begin(descriptor, indicator, check, "parley_indicator", &Indicator::label, &parley_indicator::label)) {
    return indicator;
  }
  indicator.application = descriptor.application;
  check.application(indicator.application);
  indicator.order = descriptor.order;
  indicator.element = text_of(&descriptor, &parley_indicator::element);
  check.element(indicator.element, true);
  indicator.gate = check.gate(get(&descriptor, &parley_indicator::gate));
  return indicator;
}

} // namespace parley::host
