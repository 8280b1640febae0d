#include "host-sdk/src/json/writer.hpp"
#include "host-sdk/src/pages.hpp"
#include "host-sdk/src/words.hpp"

namespace parley::host {
namespace {

class DescriptionWriter {
public:
  DescriptionWriter(const World &world, std::string &out) : world_(world), registry_(*world.registry), out_(out) {}

  void write() {
    out_.begin_object();
    plugins();
    list("entities", &Batch::entities);
    list("panels", &Batch::panels);
    list("workflows", &Batch::workflows);
    list("pages", &Batch::pages);
    list("menuItems", &Batch::menu_items);
    list("recordActions", &Batch::record_actions);
    list("indicators", &Batch::indicators);
    list("permissions", &Batch::permissions);
    list("settings", &Batch::settings);
    out_.end_object();
  }

private:
  template <class Item>
  void list(std::string_view name, std::vector<Item> Batch::*items) {
    out_.key(name).begin_array();
    registry_.each(items, [this](const Item &item) {
      out_.begin_object();
      members(item);
      out_.end_object();
    });
    out_.end_array();
  }

  void label(std::string_view name, const Label &label) { out_.key(name).raw(label.json.empty() ? "{}" : label.json); }

  void json_or_null(std::string_view name, const std::string &json) {
    out_.key(name).raw(json.empty() ? "null" : json);
  }

  void gate(const Gate &gate) {
    out_.key("gate");
    if (gate.always()) {
      out_.null();
      return;
    }
    out_.begin_object().member("setting", gate.setting).member("permissionSubject", gate.subject);
    out_.member("permission", gate.permission).member("recordTypes", gate.record_types).end_object();
  }

  void strings(std::string_view name, const std::vector<std::string> &texts) {
    out_.key(name).begin_array();
    for (const auto &text : texts) {
      out_.string(text);
    }
    out_.end_array();
  }

  void applications(std::uint32_t bits) {
    out_.key("applications");
    write_applications(out_, bits);
  }

  template <class Field>
  void field_flags(const Field &field) {
    out_.key("flags");
    write_field_flags(out_, field.flags);
    out_.key("filterOperators");
    write_filter_operators(out_, field.filter_operators);
    applications(field.applications);
  }

  void plugins() {
    out_.key("plugins").begin_array();
    for (const auto &plugin : world_.plugins) {
      out_.begin_object().member("name", plugin.facts.name).member("title", plugin.facts.title);
      out_.member("version", plugin.facts.version).member("vendor", plugin.facts.vendor);
      out_.member("state", plugin.started ? "started" : "loaded").end_object();
    }
    out_.end_array();
  }

  void members(const Entity &entity) {
    out_.member("type", entity.type);
    label("label", entity.label);
    label("pluralLabel", entity.plural_label);
    out_.member("icon", entity.icon).key("traits");
    write_traits(out_, entity.traits);
    out_.key("backofficeActions");
    write_actions(out_, entity.backoffice_actions);
    out_.key("storefrontActions");
    write_actions(out_, entity.storefront_actions);
    out_.member("defaultSort", entity.default_sort).key("defaultPageSize").number(entity.default_page_size);
    out_.member("viewElement", entity.view_element).member("formElement", entity.form_element);
    out_.member("columns", entity.columns);
    out_.key("attributes").begin_array();
    for (const auto &attribute : entity.attributes) {
      out_.begin_object().member("name", attribute.name);
      label("label", attribute.label);
      out_.member("type", attribute_type_word(attribute.type));
      field_flags(attribute);
      out_.end_object();
    }
    out_.end_array().key("relationships").begin_array();
    for (const auto &relationship : entity.relationships) {
      out_.begin_object().member("name", relationship.name);
      label("label", relationship.label);
      strings("types", relationship.types);
      out_.key("toMany").boolean(relationship.to_many());
      field_flags(relationship);
      out_.member("inverse", relationship.inverse).end_object();
    }
    out_.end_array().key("operations").begin_array();
    for (const auto &operation : entity.operations) {
      out_.begin_object().member("name", operation.name);
      label("label", operation.label);
      out_.member("target", target_word(operation.target)).key("safe").boolean(operation.safe());
      applications(operation.applications);
      json_or_null("inputSchema", operation.input_schema);
      json_or_null("outputSchema", operation.output_schema);
      out_.end_object();
    }
    out_.end_array().key("permissions").begin_array();
    for (const auto &needed : entity.permissions) {
      out_.begin_object().member("action", action_word(needed.action)).member("permission", needed.permission);
      out_.end_object();
    }
    out_.end_array();
    gate(entity.gate);
  }

  void members(const Panel &panel) {
    out_.member("name", panel.name);
    label("title", panel.title);
    out_.member("application", application_word(panel.application)).member("icon", panel.icon);
    out_.member("element", panel.element).member("entity", panel.entity);
    strings("recordTypes", panel.record_types);
    gate(panel.gate);
  }

  void members(const Workflow &workflow) {
    out_.member("name", workflow.name);
    label("label", workflow.label);
    out_.member("entity", workflow.entity);
    out_.key("system").boolean((workflow.flags & PARLEY_WORKFLOW_SYSTEM) != 0);
    out_.key("activeByDefault").boolean((workflow.flags & PARLEY_WORKFLOW_ACTIVE_BY_DEFAULT) != 0);
    applications(workflow.applications);
    out_.key("steps").begin_array();
    for (const auto &step : workflow.steps) {
      out_.begin_object().member("name", step.name);
      label("label", step.label);
      out_.key("initial").boolean((step.flags & PARLEY_STEP_INITIAL) != 0);
      out_.key("final").boolean((step.flags & PARLEY_STEP_FINAL) != 0).end_object();
    }
    out_.end_array().key("transitions").begin_array();
    for (const auto &transition : workflow.transitions) {
      out_.begin_object().member("name", transition.name);
      label("label", transition.label);
      strings("from", transition.from);
      out_.member("to", transition.to);
      out_.key("automatic").boolean((transition.flags & PARLEY_TRANSITION_AUTOMATIC) != 0).end_object();
    }
    out_.end_array().member("configurePermission", workflow.configure_permission);
    gate(workflow.gate);
  }

  void members(const Page &page) {
    out_.member("name", page.name);
    label("title", page.title);
    out_.member("application", application_word(page.application));
    out_.member("entity", page.entity).member("query", page.query).member("element", page.element);
    out_.key("actions").begin_array();
    for (const auto &action : page.actions) {
      out_.begin_object().member("name", action.name);
      label("label", action.label);
      out_.member("element", action.element);
      gate(action.gate);
      out_.end_object();
    }
    out_.end_array();
    gate(page.gate);
  }

  void members(const MenuItem &item) {
    out_.member("name", item.name);
    label("label", item.label);
    out_.member("slot", item.slot).key("order").integer(item.order);
    out_.member("icon", item.icon).member("page", item.page);
    gate(item.gate);
  }

  void members(const RecordAction &action) {
    out_.member("name", action.name);
    label("label", action.label);
    out_.member("application", application_word(action.application));
    out_.member("placement", placement_word(action.placement)).key("order").integer(action.order);
    out_.member("icon", action.icon).member("element", action.element).member("can", action.can);
    strings("recordTypes", action.record_types);
    gate(action.gate);
  }

  void members(const Indicator &indicator) {
    out_.member("name", indicator.name);
    label("label", indicator.label);
    out_.member("application", application_word(indicator.application)).key("order").integer(indicator.order);
    out_.member("element", indicator.element);
    gate(indicator.gate);
  }

  void members(const Permission &permission) {
    out_.member("subject", permission.subject).member("name", permission.name);
    label("subjectLabel", permission.subject_label);
    label("label", permission.label);
    out_.key("backofficeLevels");
    write_levels(out_, permission.backoffice_levels);
    out_.key("storefrontLevels");
    write_levels(out_, permission.storefront_levels);
  }

  void members(const Setting &setting) {
    out_.member("name", setting.name);
    label("label", setting.label);
    label("help", setting.help);
    out_.key("path").raw(setting.path);
    out_.key("schema").raw(setting.schema);
    out_.key("default").raw(setting.default_value);
    out_.key("scopes");
    write_scopes(out_, setting.scopes);
    out_.key("order").integer(setting.order);
  }

  const World &world_;
  const Registry &registry_;
  JsonWriter out_;
};

} // namespace

void write_description(const Runtime &runtime, std::string &out) {
  const auto world = runtime.world();
  DescriptionWriter(*world, out).write();
}

} // namespace parley::host
