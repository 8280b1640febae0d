// Statuses and types of messages.
#include "plugin/abi/instance.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

parley_entity listed(const Registrar &registrar, std::string_view type, std::string_view label,
                     std::string_view plural_label) {
  auto entity = blank<parley_entity>();
  entity.traits = PARLEY_TRAIT_LOOKUP;
  entity.backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET;
  entity.storefront_actions = entity.backoffice_actions;
  entity.default_page_size = 25;
  entity.type = cpp::str(type);
  entity.label = cpp::str(label);
  entity.plural_label = cpp::str(plural_label);
  entity.operation_size = static_cast<std::uint32_t>(sizeof(parley_operation));
  entity.permission_size = static_cast<std::uint32_t>(sizeof(parley_action_permission));
  entity.context = &registrar.instance;
  return entity;
}

} // namespace

std::int32_t register_fixed_values(const Registrar &registrar) {
  const parley_gate gate = gate_of(app::permission::conversations, app::permission::view);
  const parley_registry &registry = registrar.host.registry();

  FieldList status_fields;
  status_fields.attribute("name", R"({"en":"Name","de":"Name"})", PARLEY_TYPE_STRING,
                          PARLEY_FIELD_TITLE | PARLEY_FIELD_GRID);
  status_fields.attribute("order", R"({"en":"Order","de":"Reihenfolge"})", PARLEY_TYPE_INTEGER, PARLEY_FIELD_API_ONLY);
  parley_entity statuses =
      listed(registrar, jsonapi::statuses_type, R"({"en":"Conversation status","de":"Konversationsstatus"})",
             R"({"en":"Conversation statuses","de":"Konversationsstatus"})");
  status_fields.fill(statuses);
  statuses.gate = &gate;
  set_status_operations(statuses);
  const std::int32_t status = registry.add_entity(registrar.host.host(), &statuses, registrar.errors);
  if (status != PARLEY_OK) {
    return status;
  }

  FieldList type_fields;
  type_fields.attribute("name", R"({"en":"Name","de":"Name"})", PARLEY_TYPE_STRING,
                        PARLEY_FIELD_TITLE | PARLEY_FIELD_GRID);
  parley_entity types = listed(registrar, jsonapi::message_types_type, R"({"en":"Message type","de":"Nachrichtenart"})",
                               R"({"en":"Message types","de":"Nachrichtenarten"})");
  type_fields.fill(types);
  types.gate = &gate;
  set_message_type_operations(types);
  return registry.add_entity(registrar.host.host(), &types, registrar.errors);
}

} // namespace parley::abi
