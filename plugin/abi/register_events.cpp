#include "plugin/abi/operations.hpp"
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {

std::int32_t register_events(const Registrar &registrar) {
  constexpr std::uint32_t backoffice = PARLEY_APPLICATION_BACKOFFICE;
  const std::vector<std::string> conversations = {std::string(jsonapi::conversations_type)};
  const std::vector<std::string> actors = registrar.types.actors();
  FieldList fields;
  fields.attribute("kind", R"({"en":"What","de":"Was"})", PARLEY_TYPE_STRING, PARLEY_FIELD_TITLE | PARLEY_FIELD_GRID,
                   backoffice);
  fields.attribute("createdAt", R"({"en":"When","de":"Wann"})", PARLEY_TYPE_DATETIME,
                   PARLEY_FIELD_SORT | PARLEY_FIELD_GRID, backoffice);
  fields.attribute("actorName", R"({"en":"Who","de":"Wer"})", PARLEY_TYPE_STRING, PARLEY_FIELD_GRID, backoffice);
  fields.attribute("visibility", R"({"en":"Visibility","de":"Sichtbarkeit"})", PARLEY_TYPE_STRING, 0, backoffice);
  fields.attribute("messageIndex", R"({"en":"Message number","de":"Nummer der Nachricht"})", PARLEY_TYPE_INTEGER, 0,
                   backoffice);
  fields.attribute("changes", R"({"en":"Changes","de":"Änderungen"})", PARLEY_TYPE_OBJECT, PARLEY_FIELD_API_ONLY,
                   backoffice);
  fields.relationship("conversation", R"({"en":"Conversation","de":"Konversation"})", conversations,
                      PARLEY_FIELD_FILTER, backoffice, {}, one_equal);
  fields.relationship("actor", R"({"en":"Actor","de":"Handelnder"})", actors, 0, backoffice);

  const parley_gate gate = gate_of(app::permission::conversations, app::permission::view);
  parley_entity entity = entity_of(registrar, jsonapi::events_type, fields, gate);
  entity.backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET;
  entity.label = cpp::str(R"({"en":"Event","de":"Ereignis"})");
  entity.plural_label = cpp::str(R"({"en":"History","de":"Verlauf"})");
  entity.icon = cpp::str("history");
  entity.default_sort = cpp::str("-createdAt");
  set_event_operations(entity);
  return add(registrar, entity);
}

} // namespace parley::abi
