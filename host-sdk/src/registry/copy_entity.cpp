#include "host-sdk/src/registry/checks.hpp"
#include "host-sdk/src/registry/copy.hpp"
#include "host-sdk/src/registry/filter_rules.hpp"
#include "host-sdk/src/text.hpp"

#include <map>
#include <set>

namespace parley::host {
namespace {

// The operators that a field offers, of those that it allows (bits).
template <class Field>
std::uint32_t copy_operators(const Field &field, std::uint32_t declared, std::uint32_t allowed,
                             DescriptorCheck &check) {
  if ((field.flags & PARLEY_FIELD_FILTER) == 0) {
    if (declared != 0) {
      check.invalid("invalid-filter", field.name + " has operators of filters, but is no filter");
    }
    return 0;
  }
  if (declared == 0) {
    return allowed;
  }
  std::uint32_t offered = 0;
  for (const auto &each : all_filter_operators) {
    if (each.among(declared)) {
      offered |= PARLEY_FILTER_BIT(each.operation);
    }
    if (each.among(declared & ~allowed)) {
      check.invalid("invalid-filter", field.name + " cannot be filtered by \"" + std::string(each.name) + "\"");
    }
  }
  if (offered == 0) {
    check.invalid("invalid-filter", field.name + " is a filter, but has no operator");
  }
  return offered | (declared & PARLEY_FILTER_ONE_VALUE);
}

template <class Field>
void check_inline(const Field &field, DescriptorCheck &check) {
  if ((field.flags & PARLEY_FIELD_INLINE) != 0 && (field.flags & PARLEY_FIELD_UPDATE) == 0) {
    check.invalid("invalid-flags", field.name + " may be edited in a grid, but may not be sent when updating");
  }
}

Attribute copy_attribute(const parley_attribute &from, DescriptorCheck &check) {
  Attribute to;
  to.name = text_of(&from, &parley_attribute::name);
  to.type = get(&from, &parley_attribute::type);
  to.flags = get(&from, &parley_attribute::flags);
  to.applications = get(&from, &parley_attribute::applications);
  check.name(is_member_name(to.name), "name of an attribute", to.name);
  to.label = check.label(text_of(&from, &parley_attribute::label), "the label of " + to.name);
  check.applications(to.applications, "the attribute " + to.name);
  to.filter_operators =
      copy_operators(to, get(&from, &parley_attribute::filter_operators), attribute_operators(to.type), check);
  if ((to.flags & PARLEY_FIELD_REQUIRED) != 0 && (to.flags & PARLEY_FIELD_CREATE) == 0) {
    check.invalid("invalid-flags", to.name + " is required, but may not be sent when creating");
  }
  check_inline(to, check);
  if ((to.flags & PARLEY_FIELD_HIGHLIGHT) != 0 && to.type != PARLEY_TYPE_BOOLEAN) {
    check.invalid("invalid-flags", to.name + " makes rows stand out, but is not boolean");
  }
  return to;
}

Relationship copy_relationship(const parley_relationship &from, DescriptorCheck &check) {
  Relationship to;
  to.name = text_of(&from, &parley_relationship::name);
  to.flags = get(&from, &parley_relationship::flags);
  to.applications = get(&from, &parley_relationship::applications);
  to.types = copy_strings(get(&from, &parley_relationship::types), get(&from, &parley_relationship::type_count));
  to.inverse = text_of(&from, &parley_relationship::inverse);
  check.name(is_member_name(to.name), "name of a relationship", to.name);
  to.label = check.label(text_of(&from, &parley_relationship::label), "the label of " + to.name);
  check.applications(to.applications, "the relationship " + to.name);
  to.filter_operators =
      copy_operators(to, get(&from, &parley_relationship::filter_operators), relationship_operators(), check);
  if (to.types.empty()) {
    check.invalid("invalid-relationship", to.name + " points to no type");
  }
  for (const auto &type : to.types) {
    check.name(is_type_name(type), "type that " + to.name + " points to", type);
  }
  if ((to.flags & PARLEY_FIELD_REQUIRED) != 0 && (to.flags & PARLEY_FIELD_CREATE) == 0) {
    check.invalid("invalid-flags", to.name + " is required, but may not be sent when creating");
  }
  check_inline(to, check);
  if ((to.flags & PARLEY_FIELD_INLINE) != 0 && to.to_many()) {
    check.invalid("invalid-flags", to.name + " may be edited in a grid, but is to many");
  }
  if ((to.flags & PARLEY_RELATIONSHIP_MEMBERS) != 0 && !to.to_many()) {
    check.invalid("invalid-flags", to.name + " has members that change one by one, but is not to many");
  }
  if (to.paged() && (!to.to_many() || to.inverse.empty())) {
    check.invalid("invalid-flags", to.name + " is paged, but is not to many or has no inverse");
  }
  return to;
}

Operation copy_operation(const parley_operation &from, DescriptorCheck &check) {
  Operation to;
  to.name = text_of(&from, &parley_operation::name);
  to.target = get(&from, &parley_operation::target);
  to.flags = get(&from, &parley_operation::flags);
  to.applications = get(&from, &parley_operation::applications);
  check.name(is_operation_name(to.name) && to.name != "transitions" && to.name != "relationships",
             "name of an operation", to.name);
  to.label = check.label(text_of(&from, &parley_operation::label), "the label of " + to.name);
  check.applications(to.applications, "the operation " + to.name);
  to.input_schema = check.schema(text_of(&from, &parley_operation::input_schema), "the input schema of " + to.name);
  to.output_schema = check.schema(text_of(&from, &parley_operation::output_schema), "the output schema of " + to.name);
  return to;
}

ActionPermission copy_permission(const parley_action_permission &from, DescriptorCheck &check) {
  ActionPermission to;
  to.action = get(&from, &parley_action_permission::action);
  to.permission = text_of(&from, &parley_action_permission::permission);
  if (to.action == 0 || (to.action & (to.action - 1)) != 0) {
    check.invalid("invalid-action", "the permission \"" + to.permission + "\" names not exactly one action");
  }
  check.name(is_registry_name(to.permission), "name of a permission", to.permission);
  return to;
}

void check_names(const Entity &entity, DescriptorCheck &check) {
  std::map<std::string, std::uint32_t> fields; // and the applications in which each exists
  const auto add = [&](const std::string &name, std::uint32_t applications) {
    if ((fields[name] & applications) != 0) {
      check.invalid("duplicate-name", "the field " + name + " is there twice");
    }
    fields[name] |= applications;
  };
  const auto at_most_one = [&](std::uint32_t flag, const char *complaint) {
    std::uint32_t taken = 0; // the applications that have one
    bool several = false;
    for (const auto &attribute : entity.attributes) {
      if ((attribute.flags & flag) != 0) {
        several = several || (taken & attribute.applications) != 0;
        taken |= attribute.applications;
      }
    }
    if (several) {
      check.invalid("invalid-flags", complaint);
    }
  };
  for (const auto &attribute : entity.attributes) {
    add(attribute.name, attribute.applications);
  }
  at_most_one(PARLEY_FIELD_TITLE, "more than one attribute is the title");
  at_most_one(PARLEY_FIELD_HIGHLIGHT, "more than one attribute makes rows stand out");
  for (const auto &relationship : entity.relationships) {
    add(relationship.name, relationship.applications);
  }
  std::set<std::pair<std::uint32_t, std::string>> operations;
  for (const auto &operation : entity.operations) {
    if (!operations.insert({operation.target, operation.name}).second) {
      check.invalid("duplicate-name", "the operation " + operation.name + " is there twice");
    }
    for (const auto &relationship : entity.relationships) {
      if (relationship.name == operation.name) {
        check.invalid("duplicate-name", operation.name + " is an operation and a relationship");
      }
    }
  }
  for (const auto term : split(entity.default_sort, ',')) {
    const std::string field(term.substr(!term.empty() && term.front() == '-' ? 1 : 0));
    if (!entity.default_sort.empty() && fields.count(field) == 0) {
      check.invalid("invalid-sort", "the default sort names \"" + field + "\", which is no field");
    }
  }
}

void check_columns(const Entity &entity, DescriptorCheck &check) {
  std::set<std::string> shown;
  const auto collect = [&](const auto &fields) {
    for (const auto &field : fields) {
      if ((field.flags & PARLEY_FIELD_GRID) != 0) {
        shown.insert(field.name);
      }
    }
  };
  collect(entity.attributes);
  collect(entity.relationships);
  for (const auto column : split(entity.columns, ',')) {
    if (!entity.columns.empty() && shown.erase(std::string(column)) == 0) {
      check.invalid("invalid-columns", "the columns name \"" + std::string(column) +
                                           "\", which is no field of the grid or stands there twice");
    }
  }
}

void check_functions(const Entity &entity, DescriptorCheck &check) {
  const std::uint32_t actions = entity.backoffice_actions | entity.storefront_actions;
  const auto need = [&](std::uint32_t action, bool there, const char *declared, const char *function) {
    if ((actions & action) != 0 && !there) {
      check.missing(std::string(declared) + " is declared", std::string("parley_entity::") + function);
    }
  };
  need(PARLEY_ACTION_LIST, entity.query != nullptr, "list", "query");
  need(PARLEY_ACTION_GET, entity.get_many != nullptr, "get", "get_many");
  need(PARLEY_ACTION_CREATE, entity.create != nullptr, "create", "create");
  need(PARLEY_ACTION_UPDATE, entity.update != nullptr, "update", "update");
  need(PARLEY_ACTION_DELETE, entity.remove != nullptr, "delete", "remove");
  need(PARLEY_ACTION_DELETE_MANY, entity.remove_many != nullptr, "delete many", "remove_many");
  need(PARLEY_ACTION_DELETE_MANY, entity.count != nullptr, "delete many", "count");
  for (const auto &relationship : entity.relationships) {
    if ((relationship.flags & (PARLEY_FIELD_UPDATE | PARLEY_RELATIONSHIP_MEMBERS)) != 0 &&
        entity.change_relationship == nullptr) {
      check.missing("the relationship " + relationship.name + " may be changed", "parley_entity::change_relationship");
    }
  }
  if (!entity.operations.empty() && entity.invoke == nullptr) {
    check.missing("operations are declared", "parley_entity::invoke");
  }
}

void copy_fields(const parley_entity &from, Entity &to, DescriptorCheck &check) {
  const auto *attributes = get(&from, &parley_entity::attributes);
  const auto attribute_count = get(&from, &parley_entity::attribute_count);
  if (check.array(attributes, attribute_count, from.attribute_size, "attributes")) {
    for (std::size_t i = 0; i < attribute_count; ++i) {
      to.attributes.push_back(copy_attribute(*at(attributes, from.attribute_size, i), check));
    }
  }
  const auto *relationships = get(&from, &parley_entity::relationships);
  const auto relationship_count = get(&from, &parley_entity::relationship_count);
  if (check.array(relationships, relationship_count, from.relationship_size, "relationships")) {
    for (std::size_t i = 0; i < relationship_count; ++i) {
      to.relationships.push_back(copy_relationship(*at(relationships, from.relationship_size, i), check));
    }
  }
  const auto *operations = get(&from, &parley_entity::operations);
  const auto operation_count = get(&from, &parley_entity::operation_count);
  if (check.array(operations, operation_count, from.operation_size, "operations")) {
    for (std::size_t i = 0; i < operation_count; ++i) {
      to.operations.push_back(copy_operation(*at(operations, from.operation_size, i), check));
    }
  }
  const auto *permissions = get(&from, &parley_entity::permissions);
  const auto permission_count = get(&from, &parley_entity::permission_count);
  if (check.array(permissions, permission_count, from.permission_size, "permissions")) {
    for (std::size_t i = 0; i < permission_count; ++i) {
      to.permissions.push_back(copy_permission(*at(permissions, from.permission_size, i), check));
    }
  }
}

void copy_functions(const parley_entity &from, Entity &to) {
  to.context = get(&from, &parley_entity::context);
  to.query = get(&from, &parley_entity::query);
  to.get_many = get(&from, &parley_entity::get_many);
  to.count = get(&from, &parley_entity::count);
  to.create = get(&from, &parley_entity::create);
  to.update = get(&from, &parley_entity::update);
  to.remove = get(&from, &parley_entity::remove);
  to.remove_many = get(&from, &parley_entity::remove_many);
  to.change_relationship = get(&from, &parley_entity::change_relationship);
  to.invoke = get(&from, &parley_entity::invoke);
}

} // namespace

Entity copy(const parley_entity &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Entity entity;
  if (!has(&descriptor, &parley_entity::default_page_size) || !has(&descriptor, &parley_entity::type)) {
    check.fault(PARLEY_INCOMPATIBLE, "too-small", "parley_entity is too small");
    return entity;
  }
  entity.type = view(descriptor.type);
  check.about(entity.type);
  check.name(is_type_name(entity.type), "type", entity.type);
  if (entity.type == "workflows" || entity.type == "activity") {
    check.fault(PARLEY_CONFLICT, "name-taken", "the type is the router's own");
  }
  entity.traits = descriptor.traits;
  entity.backoffice_actions = descriptor.backoffice_actions;
  entity.storefront_actions = descriptor.storefront_actions;
  if (descriptor.default_page_size > PARLEY_PAGE_SIZE_MAX) {
    check.invalid("invalid-page-size", "the default page size is too large");
  } else if (descriptor.default_page_size != 0) {
    entity.default_page_size = descriptor.default_page_size;
  }
  entity.label = check.label(text_of(&descriptor, &parley_entity::label), "the label");
  entity.plural_label = check.label(text_of(&descriptor, &parley_entity::plural_label), "the plural label");
  entity.icon = text_of(&descriptor, &parley_entity::icon);
  entity.gate = check.gate(get(&descriptor, &parley_entity::gate));
  entity.default_sort = text_of(&descriptor, &parley_entity::default_sort);
  entity.view_element = text_of(&descriptor, &parley_entity::view_element);
  entity.form_element = text_of(&descriptor, &parley_entity::form_element);
  check.element(entity.view_element, false);
  check.element(entity.form_element, false);
  entity.columns = text_of(&descriptor, &parley_entity::columns);
  copy_fields(descriptor, entity, check);
  copy_functions(descriptor, entity);
  check_names(entity, check);
  check_columns(entity, check);
  check_functions(entity, check);
  return entity;
}

} // namespace parley::host
