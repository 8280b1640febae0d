// Statuses and types of messages.
#include "plugin/abi/operations.hpp"
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

parley_entity listed(const Registrar &registrar, std::string_view type, const FieldList &fields,
                     const parley_gate &gate, std::string_view label, std::string_view plural_label) {
  parley_entity entity = entity_of(registrar, type, fields, gate);
  entity.traits = PARLEY_TRAIT_LOOKUP;
  entity.backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET;
  entity.storefront_actions = entity.backoffice_actions;
  entity.label = cpp::str(label);
  entity.plural_label = cpp::str(plural_label);
  return entity;
}

} // namespace

std::int32_t register_fixed_values(const Registrar &registrar) {
  const parley_gate gate = gate_of(app::permission::conversations, app::permission::view);

  FieldList status_fields;
  status_fields.attribute("name", R"({"en":"Name","de":"Name"})", PARLEY_TYPE_STRING,
                          PARLEY_FIELD_TITLE | PARLEY_FIELD_GRID);
  status_fields.attribute("order", R"({"en":"Order","de":"Reihenfolge"})", PARLEY_TYPE_INTEGER, PARLEY_FIELD_API_ONLY);
  parley_entity statuses = listed(registrar, jsonapi::statuses_type, status_fields, gate,
                                  R"({"en":"Conversation status","de":"Konversationsstatus"})",
                                  R"({"en":"Conversation statuses","de":"Konversationsstatus"})");
  set_status_operations(statuses);
  if (const std::int32_t status = add(registrar, statuses); status != PARLEY_OK) {
    return status;
  }

  FieldList type_fields;
  type_fields.attribute("name", R"({"en":"Name","de":"Name"})", PARLEY_TYPE_STRING,
                        PARLEY_FIELD_TITLE | PARLEY_FIELD_GRID);
  parley_entity types =
      listed(registrar, jsonapi::message_types_type, type_fields, gate,
             R"({"en":"Message type","de":"Nachrichtenart"})", R"({"en":"Message types","de":"Nachrichtenarten"})");
  set_message_type_operations(types);
  return add(registrar, types);
}

} // namespace parley::abi
