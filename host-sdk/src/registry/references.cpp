#include "host-sdk/src/http/percent.hpp"
#include "host-sdk/src/http/query.hpp"
#include "host-sdk/src/registry/staging.hpp"
#include "host-sdk/src/text.hpp"

namespace parley::host {
namespace {

// What is registered together with what is being added.
class References {
public:
  References(const Registry &registry, const std::shared_ptr<const Batch> &batch, Faults &faults)
      : all_(joined(registry, batch)), faults_(faults) {}

  void check(const Entity &entity) {
    gate(entity.type, entity.gate);
    for (const auto &needed : entity.permissions) {
      gate(entity.type, entity.permission_gate(needed));
    }
    for (const auto &relationship : entity.relationships) {
      for (const auto &type : relationship.types) {
        target(entity, relationship, type);
      }
      if (relationship.paged() && !relationship.types.empty()) {
        inverse(entity, relationship);
      }
    }
  }

  void check(const Panel &panel) {
    gate_of_records(panel.name, panel.gate);
    entity(panel.name, panel.entity);
    record_types(panel.name, panel.record_types);
  }

  void check(const Workflow &workflow) {
    gate(workflow.name, workflow.gate);
    if (!workflow.configure_permission.empty()) {
      gate(workflow.name, workflow.configure_gate());
    }
    entity(workflow.name, workflow.entity);
  }

  void check(const Page &page) {
    gate(page.name, page.gate);
    if (!page.entity.empty()) {
      entity(page.name, page.entity);
      query(page);
    }
    for (const auto &action : page.actions) {
      gate(page.name, action.gate);
    }
  }

  void check(const MenuItem &item) {
    gate(item.name, item.gate);
    if (all_.page(item.page) == nullptr) {
      missing(item.name, "the page \"" + item.page + "\"");
    }
  }

  void check(const RecordAction &action) {
    gate_of_records(action.name, action.gate);
    record_types(action.name, action.record_types);
  }

  void check(const Indicator &indicator) { gate(indicator.name, indicator.gate); }

private:
  static Registry joined(const Registry &registry, const std::shared_ptr<const Batch> &batch) {
    auto batches = registry.batches();
    batches.push_back(batch);
    return Registry(std::move(batches));
  }

  void missing(const std::string &subject, const std::string &what) {
    Fault fault;
    fault.status = PARLEY_INVALID;
    fault.code = "unknown-reference";
    fault.detail = subject + ": " + what + " is not registered";
    faults_.push_back(std::move(fault));
  }

  void entity(const std::string &subject, const std::string &type) {
    if (all_.entity(type) == nullptr) {
      missing(subject, "the entity \"" + type + "\"");
    }
  }

  void query(const Page &page) {
    const Entity *of = all_.entity(page.entity);
    if (of == nullptr || page.query.empty()) {
      return;
    }
    for (const auto part : split(page.query, '&')) {
      const std::size_t equals = part.find('=');
      std::string name;
      std::string value;
      std::string family;
      std::vector<std::string> path;
      std::string complaint = "it is no filter of a field";
      const bool decoded = equals != std::string_view::npos && percent_decode(part.substr(0, equals), true, name) &&
                           percent_decode(part.substr(equals + 1), true, value) && split_parameter(name, family, path);
      const bool of_field = decoded && family == "filter" && !path.empty() && path.front() != "search";
      if (!of_field || !read_filter(*of, page.application, path, value, complaint)) {
        Fault fault;
        fault.status = PARLEY_INVALID;
        fault.code = "invalid-query";
        fault.detail = page.name + ": its query has \"" + std::string(part) + "\": " + complaint;
        faults_.push_back(std::move(fault));
      }
    }
  }

  void record_types(const std::string &subject, const std::vector<std::string> &types) {
    for (const auto &type : types) {
      entity(subject, type);
    }
  }

  void gate(const std::string &subject, const Gate &gate) {
    settings_and_rights(subject, gate);
    if (!gate.record_types.empty()) {
      invalid_gate(subject, "its gate names a setting of record types, which is for panels and record actions alone");
    }
  }

  void gate_of_records(const std::string &subject, const Gate &gate) {
    settings_and_rights(subject, gate);
    const Setting *types = gate.record_types.empty() ? nullptr : all_.setting(gate.record_types);
    if (types != nullptr && types->default_value.compare(0, 1, "[") != 0) {
      invalid_gate(subject, "the setting \"" + types->name + "\" is to list record types, but its default is no array");
    }
  }

  void settings_and_rights(const std::string &subject, const Gate &gate) {
    for (const auto &name : {gate.setting, gate.record_types}) {
      if (!name.empty() && all_.setting(name) == nullptr) {
        missing(subject, "the setting \"" + name + "\" of its gate");
      }
    }
    if (!gate.permission.empty() && all_.permission(gate.subject, gate.permission) == nullptr) {
      missing(subject, "the permission \"" + gate.permission + "\" on \"" + gate.subject + "\"");
    }
  }

  void invalid_gate(const std::string &subject, const std::string &what) {
    Fault fault;
    fault.status = PARLEY_INVALID;
    fault.code = "invalid-gate";
    fault.detail = subject + ": " + what;
    faults_.push_back(std::move(fault));
  }

  void target(const Entity &entity, const Relationship &relationship, const std::string &type) {
    const Entity *found = all_.entity(type);
    const std::string subject = entity.type + "." + relationship.name;
    if (found == nullptr) {
      missing(subject, "the entity \"" + type + "\"");
    } else if (found->get_many == nullptr) {
      Fault fault;
      fault.status = PARLEY_INCOMPATIBLE;
      fault.code = "missing-function";
      fault.detail = subject + ": it points to " + type + ", but parley_entity::get_many of " + type + " is missing";
      faults_.push_back(std::move(fault));
    }
  }

  void inverse(const Entity &entity, const Relationship &relationship) {
    const Entity *found = all_.entity(relationship.types.front());
    if (found == nullptr) {
      return;
    }
    Fault fault;
    fault.status = PARLEY_INVALID;
    fault.code = "invalid-inverse";
    const auto complain = [&](const std::string &detail) {
      fault.detail = entity.type + "." + relationship.name + ": " + detail;
      faults_.push_back(fault);
    };
    if (found->query == nullptr) {
      fault.status = PARLEY_INCOMPATIBLE;
      complain("it is paged, but parley_entity::query of " + found->type + " is missing");
    }
    for (const auto &candidate : found->relationships) {
      if (candidate.name == relationship.inverse) {
        if ((candidate.filter_operators & PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL)) == 0 ||
            !candidate.points_to(entity.type)) {
          complain("its inverse " + found->type + "." + candidate.name + " does not point back or is no filter");
        }
        return;
      }
    }
    complain("its inverse " + found->type + "." + relationship.inverse + " is not there");
  }

  Registry all_;
  Faults &faults_;
};

} // namespace

Faults Staging::check_references() const {
  Faults faults;
  References references(*registry_, batch_, faults);
  const auto check_each = [&](const auto &items) {
    for (const auto &item : items) {
      references.check(item);
    }
  };
  check_each(batch_->entities);
  check_each(batch_->panels);
  check_each(batch_->workflows);
  check_each(batch_->pages);
  check_each(batch_->menu_items);
  check_each(batch_->record_actions);
  check_each(batch_->indicators);
  return faults;
}

} // namespace parley::host
