#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/gates.hpp"
#include "host-sdk/src/json/writer.hpp"
#include "host-sdk/src/pages.hpp"
#include "host-sdk/src/words.hpp"

#include <algorithm>
#include <map>

namespace parley::host {

bool ask_active(const Workflow &workflow, const parley_call &call) {
  std::uint32_t active = 0;
  const std::int32_t status =
      call_owned(*workflow.owner, [&] { return workflow.is_active(workflow.context, &call, &active, nullptr); });
  return status == PARLEY_OK ? active != 0 : (workflow.flags & PARLEY_WORKFLOW_ACTIVE_BY_DEFAULT) != 0;
}

namespace {

// By `order`, then in order of registration.
template <class Item>
void sort_by_order(std::vector<const Item *> &items) {
  std::stable_sort(items.begin(), items.end(),
                   [](const Item *left, const Item *right) { return left->order < right->order; });
}

class SurfaceWriter {
public:
  SurfaceWriter(const World &world, const Gates &gates, const parley_call &call, std::string &out)
      : world_(world), registry_(*world.registry), gates_(gates), call_(call), application_(call.application),
        locale_(text_of(&call, &parley_call::locale)), out_(out) {}

  void write() {
    out_.begin_object();
    assets();
    menus();
    pages();
    record_actions();
    panels();
    indicators();
    entities();
    workflows();
    out_.end_object();
  }

private:
  bool here(const Gate &gate, std::uint32_t applications) const {
    return (applications & application_) != 0 && gates_.open(gate);
  }

  bool entity_shows(const std::string &type) const {
    const Entity *entity = registry_.entity(type);
    return entity != nullptr && gates_.open(entity->gate);
  }

  // Whether it stands among the entities of this surface.
  bool entity_listed(const Entity &entity) const {
    return entity.actions(application_) != 0 && gates_.open(entity.gate);
  }

  bool page_shows(const Page &page) const {
    return here(page.gate, page.application) && (page.entity.empty() || entity_shows(page.entity));
  }

  void label(std::string_view name, const Label &label) { out_.member(name, label.in(locale_)); }

  void assets() {
    out_.key("assets").begin_array();
    for (const auto &plugin : world_.plugins) {
      if (!plugin.started) {
        continue;
      }
      for (const auto &asset : list_assets(plugin)) {
        out_.begin_object();
        out_.member("plugin", plugin.facts.name).member("path", asset.path);
        out_.member("kind", asset_kind_word(asset.kind)).member("contentType", asset.content_type);
        out_.member("etag", asset.etag).end_object();
      }
    }
    out_.end_array();
  }

  void menus() {
    std::map<std::string, std::vector<const MenuItem *>> slots;
    registry_.each(&Batch::menu_items, [&](const MenuItem &item) {
      const Page *page = registry_.page(item.page);
      if (page != nullptr && page_shows(*page) && gates_.open(item.gate) &&
          item.slot.rfind(std::string(application_word(application_)) + ".", 0) == 0) {
        slots[item.slot].push_back(&item);
      }
    });
    out_.key("menus").begin_object();
    for (auto &slot : slots) {
      sort_by_order(slot.second);
      out_.key(slot.first).begin_array();
      for (const auto *item : slot.second) {
        out_.begin_object().member("name", item->name);
        label("label", item->label);
        out_.member("icon", item->icon).member("page", item->page).end_object();
      }
      out_.end_array();
    }
    out_.end_object();
  }

  void pages() {
    out_.key("pages").begin_array();
    registry_.each(&Batch::pages, [&](const Page &page) {
      if (!page_shows(page)) {
        return;
      }
      out_.begin_object().member("name", page.name);
      label("title", page.title);
      out_.member("entity", page.entity).member("query", page.query).member("element", page.element);
      out_.member("plugin", page.owner->name()).key("actions").begin_array();
      for (const auto &action : page.actions) {
        if (gates_.open(action.gate)) {
          out_.begin_object().member("name", action.name);
          label("label", action.label);
          out_.member("element", action.element).member("plugin", page.owner->name()).end_object();
        }
      }
      out_.end_array().end_object();
    });
    out_.end_array();
  }

  void record_actions() {
    std::map<std::string, std::vector<const RecordAction *>> by_type;
    registry_.each(&Batch::record_actions, [&](const RecordAction &action) {
      if (here(action.gate, action.application)) {
        for (const auto &type : action.record_types) {
          if (gates_.serves(action.gate, type)) {
            by_type[type].push_back(&action);
          }
        }
      }
    });
    out_.key("recordActions").begin_object();
    for (auto &entry : by_type) {
      sort_by_order(entry.second);
      out_.key(entry.first).begin_array();
      for (const auto *action : entry.second) {
        out_.begin_object().member("name", action->name);
        label("label", action->label);
        out_.member("icon", action->icon).member("element", action->element);
        out_.member("plugin", action->owner->name());
        out_.member("placement", placement_word(action->placement)).member("can", action->can).end_object();
      }
      out_.end_array();
    }
    out_.end_object();
  }

  void panels() {
    std::map<std::string, std::vector<const Panel *>> by_type;
    registry_.each(&Batch::panels, [&](const Panel &panel) {
      if (here(panel.gate, panel.application)) {
        for (const auto &type : panel.record_types) {
          if (gates_.serves(panel.gate, type)) {
            by_type[type].push_back(&panel);
          }
        }
      }
    });
    out_.key("panels").begin_object();
    for (const auto &entry : by_type) {
      out_.key(entry.first).begin_array();
      for (const auto *panel : entry.second) {
        out_.begin_object().member("name", panel->name);
        label("title", panel->title);
        out_.member("icon", panel->icon).member("element", panel->element).member("entity", panel->entity);
        out_.member("plugin", panel->owner->name()).end_object();
      }
      out_.end_array();
    }
    out_.end_object();
  }

  void indicators() {
    std::vector<const Indicator *> shown;
    registry_.each(&Batch::indicators, [&](const Indicator &indicator) {
      if (here(indicator.gate, indicator.application)) {
        shown.push_back(&indicator);
      }
    });
    sort_by_order(shown);
    out_.key("indicators").begin_array();
    for (const auto *indicator : shown) {
      out_.begin_object().member("name", indicator->name);
      label("label", indicator->label);
      out_.member("element", indicator->element).member("plugin", indicator->owner->name()).end_object();
    }
    out_.end_array();
  }

  void entities() {
    out_.key("entities").begin_array();
    registry_.each(&Batch::entities, [&](const Entity &entity) {
      if (entity_listed(entity)) {
        this->entity(entity);
      }
    });
    out_.end_array();
  }

  // What the actor lacks a permission for is left out.
  std::uint32_t permitted_actions(const Entity &entity) const {
    std::uint32_t actions = entity.actions(application_);
    for (const auto &needed : entity.permissions) {
      if (!gates_.permitted(entity.permission_gate(needed))) {
        actions &= ~needed.action;
      }
    }
    return actions;
  }

  void entity(const Entity &entity) {
    out_.begin_object().member("type", entity.type);
    label("label", entity.label);
    label("pluralLabel", entity.plural_label);
    out_.member("icon", entity.icon).key("traits");
    write_traits(out_, entity.traits);
    out_.key("actions");
    write_actions(out_, permitted_actions(entity));
    out_.member("defaultSort", entity.default_sort).key("defaultPageSize").number(entity.default_page_size);
    out_.member("viewElement", entity.view_element).member("formElement", entity.form_element);
    out_.member("columns", entity.columns);
    out_.member("plugin", entity.owner->name());
    out_.key("attributes").begin_array();
    for (const auto &attribute : entity.attributes) {
      if ((attribute.applications & application_) != 0) {
        out_.begin_object().member("name", attribute.name);
        label("label", attribute.label);
        out_.member("type", attribute_type_word(attribute.type)).key("flags");
        write_field_flags(out_, attribute.flags);
        out_.key("filterOperators");
        write_filter_operators(out_, attribute.filter_operators);
        out_.end_object();
      }
    }
    out_.end_array().key("relationships").begin_array();
    for (const auto &relationship : entity.relationships) {
      if ((relationship.applications & application_) != 0) {
        out_.begin_object().member("name", relationship.name);
        label("label", relationship.label);
        out_.key("types").begin_array();
        for (const auto &type : relationship.types) {
          const Entity *target = registry_.entity(type);
          if (target != nullptr && entity_listed(*target)) {
            out_.string(type);
          }
        }
        out_.end_array().key("toMany").boolean(relationship.to_many()).key("flags");
        write_field_flags(out_, relationship.flags);
        out_.key("filterOperators");
        write_filter_operators(out_, relationship.filter_operators);
        out_.end_object();
      }
    }
    out_.end_array().key("operations").begin_array();
    for (const auto &operation : entity.operations) {
      if ((operation.applications & application_) != 0 && target_word(operation.target) != "other") {
        out_.begin_object().member("name", operation.name);
        label("label", operation.label);
        out_.member("target", target_word(operation.target)).key("safe").boolean(operation.safe()).end_object();
      }
    }
    out_.end_array().end_object();
  }

  void workflows() {
    out_.key("workflows").begin_array();
    registry_.each(&Batch::workflows, [&](const Workflow &workflow) {
      const bool performs = (workflow.applications & application_) != 0;
      if (gates_.knows_of(workflow) && (performs || application_ == PARLEY_APPLICATION_BACKOFFICE)) {
        this->workflow(workflow, performs);
      }
    });
    out_.end_array();
  }

  void workflow(const Workflow &workflow, bool performs) {
    out_.begin_object().member("name", workflow.name);
    label("label", workflow.label);
    out_.member("entity", workflow.entity);
    out_.key("system").boolean((workflow.flags & PARLEY_WORKFLOW_SYSTEM) != 0);
    out_.key("active").boolean(ask_active(workflow, call_));
    out_.key("mayPerform").boolean(performs && gates_.permitted(workflow.gate));
    out_.key("mayConfigure")
        .boolean(!workflow.configure_permission.empty() && gates_.permitted(workflow.configure_gate()));
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
      out_.key("from").begin_array();
      for (const auto &step : transition.from) {
        out_.string(step);
      }
      out_.end_array().member("to", transition.to);
      out_.key("automatic").boolean((transition.flags & PARLEY_TRANSITION_AUTOMATIC) != 0).end_object();
    }
    out_.end_array().end_object();
  }

  const World &world_;
  const Registry &registry_;
  const Gates &gates_;
  const parley_call &call_;
  std::uint32_t application_;
  std::string_view locale_;
  JsonWriter out_;
};

std::vector<Gate> every_gate(const Registry &registry) {
  std::vector<Gate> gates;
  const auto take = [&](const auto &item) { gates.push_back(item.gate); };
  registry.each(&Batch::entities, [&](const Entity &entity) {
    take(entity);
    for (const auto &needed : entity.permissions) {
      gates.push_back(entity.permission_gate(needed));
    }
  });
  registry.each(&Batch::panels, take);
  registry.each(&Batch::menu_items, take);
  registry.each(&Batch::record_actions, take);
  registry.each(&Batch::indicators, take);
  registry.each(&Batch::pages, [&](const Page &page) {
    take(page);
    std::for_each(page.actions.begin(), page.actions.end(), take);
  });
  registry.each(&Batch::workflows, [&](const Workflow &workflow) {
    take(workflow);
    gates.push_back(workflow.configure_gate());
  });
  return gates;
}

} // namespace

std::int32_t write_surface(const Runtime &runtime, const parley_call &call, std::string &out, Faults &faults) {
  const auto world = runtime.world();
  Gates gates(runtime, *world->registry, call);
  const std::int32_t status = gates.ask(every_gate(*world->registry), faults);
  if (status != PARLEY_OK) {
    return status;
  }
  SurfaceWriter(*world, gates, call, out).write();
  return PARLEY_OK;
}

} // namespace parley::host
