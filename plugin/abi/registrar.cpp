#include "plugin/abi/registrar.hpp"

#include <algorithm>
#include <utility>

#include "plugin/abi/instance.hpp"
#include "plugin/abi/registration.hpp"
#include "plugin/app/settings.hpp"

namespace parley::abi {

std::int32_t register_everything(Instance &instance, const Types &types, const parley_error_sink *errors) {
  const Registrar registrar{instance.host(), instance, types, errors};
  for (const auto part : {&register_authority, &register_fixed_values, &register_participants, &register_messages,
                          &register_conversations, &register_events, &register_workflow, &register_surface}) {
    if (const std::int32_t status = part(registrar); status != PARLEY_OK) {
      return status;
    }
  }
  return PARLEY_OK;
}

parley_gate gate_of(std::string_view subject, std::string_view permission) {
  auto gate = blank<parley_gate>();
  gate.setting = cpp::str(app::setting::enabled.name);
  gate.permission_subject = cpp::str(subject);
  gate.permission = cpp::str(permission);
  return gate;
}

void FieldList::attribute(std::string_view name, std::string_view label, std::uint32_t type, std::uint32_t flags,
                          std::uint32_t applications, std::uint32_t operators) {
  auto attribute = blank<parley_attribute>();
  attribute.type = type;
  attribute.flags = flags;
  attribute.applications = applications;
  attribute.name = cpp::str(name);
  attribute.label = cpp::str(label);
  attribute.filter_operators = operators;
  attributes_.push_back(attribute);
}

void FieldList::relationship(std::string_view name, std::string_view label, const std::vector<std::string> &types,
                             std::uint32_t flags, std::uint32_t applications, std::string_view inverse,
                             std::uint32_t operators) {
  if (types.empty()) {
    return;
  }
  std::vector<parley_str> shown;
  shown.reserve(types.size());
  for (const std::string &type : types) {
    shown.push_back(cpp::str(type));
  }
  auto relationship = blank<parley_relationship>();
  relationship.flags = flags;
  relationship.applications = applications;
  relationship.filter_operators = operators;
  relationship.name = cpp::str(name);
  relationship.label = cpp::str(label);
  relationship.types = shown.data(); // moving a vector leaves its elements where they are
  relationship.type_count = shown.size();
  relationship.inverse = cpp::str(inverse);
  types_.push_back(std::move(shown));
  relationships_.push_back(relationship);
}

std::string FieldList::present(std::string_view names) const {
  const auto has = [](const auto &fields, std::string_view name) {
    return std::any_of(fields.begin(), fields.end(),
                       [name](const auto &field) { return cpp::view(field.name) == name; });
  };
  std::string kept;
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(','));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    if (has(attributes_, name) || has(relationships_, name)) {
      kept.append(kept.empty() ? "" : ",").append(name);
    }
  }
  return kept;
}

void FieldList::fill(parley_entity &entity) const {
  entity.attribute_size = static_cast<std::uint32_t>(sizeof(parley_attribute));
  entity.attributes = attributes_.data();
  entity.attribute_count = attributes_.size();
  entity.relationship_size = static_cast<std::uint32_t>(sizeof(parley_relationship));
  entity.relationships = relationships_.data();
  entity.relationship_count = relationships_.size();
}

parley_entity entity_of(const Registrar &registrar, std::string_view type, const FieldList &fields,
                        const parley_gate &gate) {
  auto entity = blank<parley_entity>();
  entity.default_page_size = 25;
  entity.type = cpp::str(type);
  fields.fill(entity);
  entity.operation_size = static_cast<std::uint32_t>(sizeof(parley_operation));
  entity.permission_size = static_cast<std::uint32_t>(sizeof(parley_action_permission));
  entity.gate = &gate;
  entity.context = &registrar.instance;
  return entity;
}

std::int32_t add(const Registrar &registrar, const parley_entity &entity) {
  return registrar.host.registry().add_entity(registrar.host.host(), &entity, registrar.errors);
}

} // namespace parley::abi
