// What is registered: our own copies of the descriptors.
#ifndef PARLEY_HOST_REGISTRY_MODEL_HPP
#define PARLEY_HOST_REGISTRY_MODEL_HPP

#include "host-sdk/src/owner.hpp"

#include <cstdint>
#include <memory>
#include <parley/ext/authority.h>
#include <parley/ext/entity.h>
#include <parley/ext/panel.h>
#include <parley/ext/surface.h>
#include <parley/ext/workflow.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::host {

// A text in several languages; "en" is always among them.
struct Label {
  std::vector<std::pair<std::string, std::string>> texts; // locale, text
  std::string json;                                       // as it came

  // In the locale, else in its language, else in English: "de-AT", "de", "en".
  const std::string &in(std::string_view locale) const;
};

struct Gate {
  std::string setting;
  std::string subject;
  std::string permission;
  std::string record_types = {}; // a setting

  bool always() const { return setting.empty() && permission.empty() && record_types.empty(); }
};

struct Attribute {
  std::string name;
  Label label;
  std::uint32_t type = 0;
  std::uint32_t flags = 0;
  std::uint32_t applications = 0;
  std::uint32_t filter_operators = 0; // what is offered: 0 where there is no filter
};

struct Relationship {
  std::string name;
  Label label;
  std::uint32_t flags = 0;
  std::uint32_t applications = 0;
  std::uint32_t filter_operators = 0; // what is offered: 0 where there is no filter
  std::vector<std::string> types;
  std::string inverse;

  bool to_many() const { return (flags & PARLEY_RELATIONSHIP_TO_MANY) != 0; }
  bool paged() const { return (flags & PARLEY_RELATIONSHIP_PAGED) != 0; }
  bool polymorphic() const { return types.size() > 1; }
  bool points_to(std::string_view type) const;
};

struct Operation {
  std::string name;
  Label label;
  std::uint32_t target = 0;
  std::uint32_t flags = 0;
  std::uint32_t applications = 0;
  std::string input_schema;
  std::string output_schema;

  bool safe() const { return (flags & PARLEY_OPERATION_SAFE) != 0; }
  bool answers_documents() const { return output_schema.empty() || (flags & PARLEY_OPERATION_DOCUMENTS) != 0; }
};

// What an action needs besides the gate.
struct ActionPermission {
  std::uint32_t action = 0;
  std::string permission;
};

struct Entity {
  std::string type;
  Label label;
  Label plural_label;
  std::string icon;
  std::uint32_t traits = 0;
  std::uint32_t backoffice_actions = 0;
  std::uint32_t storefront_actions = 0;
  std::uint32_t default_page_size = 25;
  std::vector<Attribute> attributes;
  std::vector<Relationship> relationships;
  std::vector<Operation> operations;
  std::vector<ActionPermission> permissions;
  Gate gate;
  std::string default_sort;
  std::string view_element;
  std::string form_element;
  std::string columns;

  std::shared_ptr<Owner> owner;
  void *context = nullptr;
  decltype(parley_entity::query) query = nullptr;
  decltype(parley_entity::get_many) get_many = nullptr;
  decltype(parley_entity::count) count = nullptr;
  decltype(parley_entity::create) create = nullptr;
  decltype(parley_entity::update) update = nullptr;
  decltype(parley_entity::remove) remove = nullptr;
  decltype(parley_entity::remove_many) remove_many = nullptr;
  decltype(parley_entity::change_relationship) change_relationship = nullptr;
  decltype(parley_entity::invoke) invoke = nullptr;

  std::uint32_t actions(std::uint32_t application) const;
  // Whether the application has it at all: an action or an operation.
  bool is_in(std::uint32_t application) const;
  // The permission as a gate: on the entity's type.
  Gate permission_gate(const ActionPermission &needed) const { return {{}, type, needed.permission}; }
  // Only what exists in the application; NULL else.
  const Attribute *attribute(std::string_view name, std::uint32_t application) const;
  const Relationship *relationship(std::string_view name, std::uint32_t application) const;
  const Operation *operation(std::string_view name, std::uint32_t target, std::uint32_t application) const;
};

struct Panel {
  std::string name;
  Label title;
  std::uint32_t application = 0;
  std::string icon;
  std::string element;
  std::string entity;
  std::vector<std::string> record_types;
  Gate gate;

  std::shared_ptr<Owner> owner;
  void *context = nullptr;
  decltype(parley_panel::page) page = nullptr;
  decltype(parley_panel::count) count = nullptr;

  bool serves(std::string_view type) const;
};

struct Step {
  std::string name;
  Label label;
  std::uint32_t flags = 0;
};

struct Transition {
  std::string name;
  Label label;
  std::uint32_t flags = 0;
  std::vector<std::string> from;
  std::string to;
};

struct Workflow {
  std::string name;
  Label label;
  std::uint32_t flags = 0;
  std::uint32_t applications = 0;
  std::string entity;
  std::vector<Step> steps;
  std::vector<Transition> transitions;
  Gate gate;
  std::string configure_permission;

  std::shared_ptr<Owner> owner;
  void *context = nullptr;
  decltype(parley_workflow::available) available = nullptr;
  decltype(parley_workflow::perform) perform = nullptr;
  decltype(parley_workflow::is_active) is_active = nullptr;
  decltype(parley_workflow::set_active) set_active = nullptr;

  const Transition *transition(std::string_view transition_name) const;
  // What the actor must be allowed to (de)activate it.
  Gate configure_gate() const { return {gate.setting, name, configure_permission}; }
};

struct HeaderAction {
  std::string name;
  Label label;
  std::string element;
  Gate gate;
};

struct Page {
  std::string name;
  Label title;
  std::uint32_t application = 0;
  std::string entity;
  std::string element;
  std::string query;
  std::vector<HeaderAction> actions;
  Gate gate;

  std::shared_ptr<Owner> owner;
};

struct MenuItem {
  std::string name;
  Label label;
  std::int32_t order = 0;
  std::string slot;
  std::string icon;
  std::string page;
  Gate gate;
};

struct RecordAction {
  std::string name;
  Label label;
  std::uint32_t application = 0;
  std::uint32_t placement = 0;
  std::int32_t order = 0;
  std::string icon;
  std::string element;
  std::vector<std::string> record_types;
  Gate gate;
  std::string can;

  std::shared_ptr<Owner> owner;
};

struct Indicator {
  std::string name;
  Label label;
  std::uint32_t application = 0;
  std::int32_t order = 0;
  std::string element;
  Gate gate;

  std::shared_ptr<Owner> owner;
};

struct Permission {
  std::string subject;
  std::string name;
  Label subject_label;
  Label label;
  std::uint32_t backoffice_levels = 0;
  std::uint32_t storefront_levels = 0;
};

struct Setting {
  std::string name;
  Label label;
  Label help; // without texts where there is none
  std::uint32_t scopes = 0;
  std::int32_t order = 0;
  std::string path;
  std::string schema;
  std::string default_value;
};

// What one `start` registered.
struct Batch {
  std::shared_ptr<Owner> owner;
  std::vector<Entity> entities;
  std::vector<Panel> panels;
  std::vector<Workflow> workflows;
  std::vector<Page> pages;
  std::vector<MenuItem> menu_items;
  std::vector<RecordAction> record_actions;
  std::vector<Indicator> indicators;
  std::vector<Permission> permissions;
  std::vector<Setting> settings;
};

} // namespace parley::host

#endif
