// Pages, menu items, record actions, the activity panel and the indicator.
#include <algorithm>
#include <string>
#include <vector>

#include "plugin/abi/instance.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/app/settings.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

constexpr std::string_view conversations_label = R"({"en":"Conversations","de":"Konversationen"})";
constexpr std::string_view own_label = R"({"en":"My Conversations","de":"Meine Konversationen"})";
constexpr std::string_view own_page = "own-conversations"; // of the back office; the storefront's has another name
constexpr std::string_view icon = "messages-square";
constexpr std::string_view form_element = "parley-conversation-form";

std::int32_t add_pages(const Registrar &registrar, const parley_gate &view, const parley_gate &create) {
  const parley_registry &registry = registrar.host.registry();
  const parley_host *host = registrar.host.host();
  auto action = blank<parley_header_action>();
  action.name = cpp::str("create");
  action.label = cpp::str(R"({"en":"Create Conversation","de":"Konversation anlegen"})");
  action.element = cpp::str(form_element);
  action.gate = &create;
  auto grid = blank<parley_page>();
  grid.application = PARLEY_APPLICATION_BACKOFFICE;
  grid.action_size = static_cast<std::uint32_t>(sizeof action);
  grid.name = cpp::str("conversations");
  grid.title = cpp::str(conversations_label);
  grid.entity = cpp::str(jsonapi::conversations_type);
  grid.actions = &action;
  grid.action_count = 1;
  grid.gate = &view;
  if (const std::int32_t status = registry.add_page(host, &grid, registrar.errors); status != PARLEY_OK) {
    return status;
  }
  grid.name = cpp::str(own_page);
  grid.title = cpp::str(own_label);
  grid.query = cpp::str("filter[mine]=true&filter[status]=active");
  if (const std::int32_t status = registry.add_page(host, &grid, registrar.errors); status != PARLEY_OK) {
    return status;
  }
  auto panes = blank<parley_page>();
  panes.application = PARLEY_APPLICATION_STOREFRONT;
  panes.action_size = static_cast<std::uint32_t>(sizeof action);
  panes.name = cpp::str("my-conversations");
  panes.title = cpp::str(conversations_label);
  panes.element = cpp::str("parley-conversations");
  panes.gate = &view;
  return registry.add_page(host, &panes, registrar.errors);
}

std::int32_t add_menu_items(const Registrar &registrar, const parley_gate &view) {
  const parley_registry &registry = registrar.host.registry();
  auto item = blank<parley_menu_item>();
  item.order = 20;
  item.label = cpp::str(conversations_label);
  item.icon = cpp::str(icon);
  item.gate = &view;
  item.slot = cpp::str(PARLEY_SLOT_BACKOFFICE_ACTIVITIES);
  item.name = cpp::str("conversations");
  item.page = cpp::str("conversations");
  if (const auto status = registry.add_menu_item(registrar.host.host(), &item, registrar.errors); status != PARLEY_OK) {
    return status;
  }
  item.label = cpp::str(own_label);
  item.slot = cpp::str(PARLEY_SLOT_BACKOFFICE_USER);
  item.name = cpp::str(own_page);
  item.page = cpp::str(own_page);
  if (const auto status = registry.add_menu_item(registrar.host.host(), &item, registrar.errors); status != PARLEY_OK) {
    return status;
  }
  item.label = cpp::str(conversations_label);
  item.slot = cpp::str(PARLEY_SLOT_STOREFRONT_ACCOUNT);
  item.name = cpp::str("my-conversations");
  item.page = cpp::str("my-conversations");
  return registry.add_menu_item(registrar.host.host(), &item, registrar.errors);
}

/// Records that are no actors: what a customer user asks about.
std::vector<parley_str> asked_about(const Types &types) {
  std::vector<parley_str> result;
  for (const std::string &type : types.records) {
    const auto is_one_of = [&type](const std::vector<std::string> &some) {
      return std::find(some.begin(), some.end(), type) != some.end();
    };
    const bool excluded = is_one_of(types.users) || is_one_of(types.customers) || is_one_of(types.customer_users);
    if (!excluded) {
      result.push_back(cpp::str(type));
    }
  }
  return result;
}

std::vector<parley_str> all_of(const std::vector<std::string> &types) {
  std::vector<parley_str> result;
  result.reserve(types.size());
  for (const std::string &type : types) {
    result.push_back(cpp::str(type));
  }
  return result;
}

/// For the records on which it is switched on.
parley_gate on_records(parley_gate gate) {
  gate.record_types = cpp::str(app::setting::record_types);
  return gate;
}

std::int32_t add_record_actions(const Registrar &registrar, const parley_gate &view, const parley_gate &create) {
  const parley_registry &registry = registrar.host.registry();
  const std::vector<parley_str> records = all_of(registrar.types.records);
  std::int32_t status = PARLEY_OK;
  if (!records.empty()) {
    auto start = blank<parley_record_action>();
    start.application = PARLEY_APPLICATION_BACKOFFICE;
    start.placement = PARLEY_PLACEMENT_MENU;
    start.order = 20;
    start.name = cpp::str("start-conversation");
    start.label = cpp::str(R"({"en":"Start Conversation","de":"Konversation beginnen"})");
    start.icon = cpp::str(icon);
    start.element = cpp::str(form_element);
    start.record_types = records.data();
    start.record_type_count = records.size();
    start.gate = &create;
    status = registry.add_record_action(registrar.host.host(), &start, registrar.errors);
  }
  const std::vector<parley_str> asked = asked_about(registrar.types);
  if (status == PARLEY_OK && !asked.empty()) {
    auto questions = blank<parley_record_action>();
    questions.application = PARLEY_APPLICATION_STOREFRONT;
    questions.placement = PARLEY_PLACEMENT_INLINE;
    questions.order = 20;
    questions.name = cpp::str("questions");
    questions.label = cpp::str(R"({"en":"Questions","de":"Fragen"})");
    questions.icon = cpp::str("message-circle-question");
    questions.element = cpp::str("parley-questions");
    questions.record_types = asked.data();
    questions.record_type_count = asked.size();
    questions.gate = &view;
    status = registry.add_record_action(registrar.host.host(), &questions, registrar.errors);
  }
  return status;
}

/// The page of the conversation begins with what was chosen in the list: conversation-view.js finds the name in its address.
std::int32_t add_row_actions(const Registrar &registrar, const parley_gate &view) {
  const parley_str type = cpp::str(jsonapi::conversations_type);
  auto action = blank<parley_record_action>();
  action.application = PARLEY_APPLICATION_BACKOFFICE;
  action.placement = PARLEY_PLACEMENT_ROW;
  action.icon = cpp::str(icon);
  action.record_types = &type;
  action.record_type_count = 1;
  action.gate = &view;
  action.order = 10;
  action.name = cpp::str("add-message");
  action.label = cpp::str(R"({"en":"Add Message","de":"Nachricht hinzufügen"})");
  action.can = cpp::str("addMessage");
  const parley_registry &registry = registrar.host.registry();
  const auto status = registry.add_record_action(registrar.host.host(), &action, registrar.errors);
  if (status != PARLEY_OK) {
    return status;
  }
  action.order = 20;
  action.name = cpp::str("add-context");
  action.label = cpp::str(R"({"en":"Add Context","de":"Kontext hinzufügen"})");
  action.can = cpp::str("addContext");
  return registry.add_record_action(registrar.host.host(), &action, registrar.errors);
}

std::int32_t add_panel(const Registrar &registrar, const parley_gate &view) {
  const std::vector<parley_str> records = all_of(registrar.types.records);
  if (records.empty()) {
    return PARLEY_OK;
  }
  auto panel = blank<parley_panel>();
  panel.application = PARLEY_APPLICATION_BACKOFFICE;
  panel.name = cpp::str("conversations");
  panel.title = cpp::str(conversations_label);
  panel.icon = cpp::str(icon);
  panel.element = cpp::str("parley-activity-panel");
  panel.entity = cpp::str(jsonapi::conversations_type);
  panel.record_types = records.data();
  panel.record_type_count = records.size();
  panel.gate = &view;
  panel.context = &registrar.instance;
  set_panel_functions(panel);
  return registrar.host.registry().add_panel(registrar.host.host(), &panel, registrar.errors);
}

std::int32_t add_indicator(const Registrar &registrar, const parley_gate &view) {
  auto indicator = blank<parley_indicator>();
  indicator.application = PARLEY_APPLICATION_BACKOFFICE;
  indicator.order = 20;
  indicator.name = cpp::str("unread-conversations");
  indicator.label = cpp::str(R"({"en":"Unread conversations","de":"Ungelesene Konversationen"})");
  indicator.element = cpp::str("parley-indicator");
  indicator.gate = &view;
  return registrar.host.registry().add_indicator(registrar.host.host(), &indicator, registrar.errors);
}

} // namespace

std::int32_t register_surface(const Registrar &registrar) {
  const parley_gate view = gate_of(app::permission::conversations, app::permission::view);
  const parley_gate create = gate_of(app::permission::conversations, app::permission::create);
  std::int32_t status = add_pages(registrar, view, create);
  if (status == PARLEY_OK) {
    status = add_menu_items(registrar, view);
  }
  if (status == PARLEY_OK) {
    status = add_record_actions(registrar, on_records(view), on_records(create));
  }
  if (status == PARLEY_OK) {
    status = add_row_actions(registrar, view);
  }
  if (status == PARLEY_OK) {
    status = add_panel(registrar, on_records(view));
  }
  return status == PARLEY_OK ? add_indicator(registrar, view) : status;
}

} // namespace parley::abi
