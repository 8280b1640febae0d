#include "plugin/abi/operations.hpp"
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {

std::int32_t register_participants(const Registrar &registrar) {
  const std::vector<std::string> conversations = {std::string(jsonapi::conversations_type)};
  const std::vector<std::string> messages = {std::string(jsonapi::messages_type)};
  const std::vector<std::string> actors = registrar.types.actors();
  FieldList fields;
  fields.attribute("authorName", R"({"en":"Name","de":"Name"})", PARLEY_TYPE_STRING,
                   PARLEY_FIELD_TITLE | PARLEY_FIELD_GRID);
  fields.attribute("authorAcronym", R"({"en":"Initials","de":"Initialen"})", PARLEY_TYPE_STRING, PARLEY_FIELD_API_ONLY);
  fields.attribute("isMe", R"({"en":"Me","de":"Ich"})", PARLEY_TYPE_BOOLEAN, PARLEY_FIELD_API_ONLY);
  fields.attribute("lastReadMessageIndex", R"({"en":"Read up to message","de":"Gelesen bis Nachricht"})",
                   PARLEY_TYPE_INTEGER, PARLEY_FIELD_GRID);
  fields.attribute("lastReadDate", R"({"en":"Last read","de":"Zuletzt gelesen"})", PARLEY_TYPE_DATETIME,
                   PARLEY_FIELD_GRID);
  fields.relationship("conversation", R"({"en":"Conversation","de":"Konversation"})", conversations,
                      PARLEY_FIELD_FILTER, both_applications, {}, one_equal);
  fields.relationship("author", R"({"en":"Author","de":"Verfasser"})", actors, 0);
  fields.relationship("lastReadMessage", R"({"en":"Last read message","de":"Zuletzt gelesene Nachricht"})", messages,
                      PARLEY_FIELD_UPDATE);

  const parley_gate gate = gate_of(app::permission::conversations, app::permission::view);
  parley_entity entity = entity_of(registrar, jsonapi::participants_type, fields, gate);
  entity.backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET | PARLEY_ACTION_UPDATE;
  entity.storefront_actions = entity.backoffice_actions;
  entity.label = cpp::str(R"({"en":"Participant","de":"Teilnehmer"})");
  entity.plural_label = cpp::str(R"({"en":"Participants","de":"Teilnehmer"})");
  entity.icon = cpp::str("users");
  set_participant_operations(entity);
  return add(registrar, entity);
}

} // namespace parley::abi
