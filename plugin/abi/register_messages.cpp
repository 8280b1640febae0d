#include "plugin/abi/operations.hpp"
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

void attributes(FieldList &fields) {
  fields.attribute("index", R"({"en":"Number","de":"Nummer"})", PARLEY_TYPE_INTEGER,
                   PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT | PARLEY_FIELD_GRID, both_applications, one_compared);
  fields.attribute("senderName", R"({"en":"From","de":"Von"})", PARLEY_TYPE_STRING, PARLEY_FIELD_GRID);
  fields.attribute("senderAcronym", R"({"en":"Initials","de":"Initialen"})", PARLEY_TYPE_STRING, PARLEY_FIELD_API_ONLY);
  fields.attribute("body", R"({"en":"Text as Markdown","de":"Text als Markdown"})", PARLEY_TYPE_MARKDOWN,
                   PARLEY_FIELD_CREATE | PARLEY_FIELD_REQUIRED);
  fields.attribute("plainBody", R"({"en":"Message","de":"Nachricht"})", PARLEY_TYPE_TEXT,
                   PARLEY_FIELD_GRID | PARLEY_FIELD_SEARCH);
  fields.attribute("bodyHtml", R"({"en":"Message as HTML","de":"Nachricht als HTML"})", PARLEY_TYPE_HTML,
                   PARLEY_FIELD_API_ONLY);
  fields.attribute("createdAt", R"({"en":"Created","de":"Erstellt"})", PARLEY_TYPE_DATETIME,
                   PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT | PARLEY_FIELD_GRID, both_applications, one_compared);
  fields.attribute("clientId", R"({"en":"Id of the sender's program","de":"Kennung des sendenden Programms"})",
                   PARLEY_TYPE_STRING, PARLEY_FIELD_CREATE | PARLEY_FIELD_API_ONLY);
  fields.attribute("isMine", R"({"en":"Mine","de":"Von mir"})", PARLEY_TYPE_BOOLEAN, PARLEY_FIELD_API_ONLY);
  fields.attribute("visibility", R"({"en":"Visibility","de":"Sichtbarkeit"})", PARLEY_TYPE_STRING, PARLEY_FIELD_CREATE,
                   PARLEY_APPLICATION_BACKOFFICE);
  fields.attribute("postedByName", R"({"en":"Sent by","de":"Gesendet von"})", PARLEY_TYPE_STRING, 0,
                   PARLEY_APPLICATION_BACKOFFICE);
  fields.attribute("systemKind", R"({"en":"Kind of system message","de":"Art der Systemnachricht"})",
                   PARLEY_TYPE_STRING, PARLEY_FIELD_API_ONLY);
  fields.attribute("systemData", R"({"en":"Data of system message","de":"Daten der Systemnachricht"})",
                   PARLEY_TYPE_OBJECT, PARLEY_FIELD_API_ONLY);
}

} // namespace

std::int32_t register_messages(const Registrar &registrar) {
  const std::vector<std::string> conversations = {std::string(jsonapi::conversations_type)};
  const std::vector<std::string> participants = {std::string(jsonapi::participants_type)};
  const std::vector<std::string> message_types = {std::string(jsonapi::message_types_type)};
  const std::vector<std::string> actors = registrar.types.actors();
  FieldList fields;
  attributes(fields);
  fields.relationship("conversation", R"({"en":"Conversation","de":"Konversation"})", conversations,
                      PARLEY_FIELD_CREATE | PARLEY_FIELD_REQUIRED | PARLEY_FIELD_FILTER, both_applications, {},
                      one_equal);
  fields.relationship("participant", R"({"en":"Participant","de":"Teilnehmer"})", participants, 0);
  fields.relationship("messageType", R"({"en":"Type","de":"Art"})", message_types, PARLEY_FIELD_FILTER,
                      both_applications, {}, one_equal);
  // In the storefront everyone speaks for itself: what is sent there is refused.
  fields.relationship("sender", R"({"en":"From","de":"Von"})", actors, PARLEY_FIELD_CREATE | PARLEY_FIELD_NULLABLE);
  fields.relationship("postedBy", R"({"en":"Sent by","de":"Gesendet von"})", actors, 0, PARLEY_APPLICATION_BACKOFFICE);

  const parley_gate gate = gate_of(app::permission::conversations, app::permission::view);
  parley_entity entity = entity_of(registrar, jsonapi::messages_type, fields, gate);
  entity.backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET | PARLEY_ACTION_CREATE;
  entity.storefront_actions = entity.backoffice_actions;
  entity.label = cpp::str(R"({"en":"Message","de":"Nachricht"})");
  entity.plural_label = cpp::str(R"({"en":"Messages","de":"Nachrichten"})");
  entity.icon = cpp::str("message-square");
  entity.default_sort = cpp::str("-index");
  set_message_operations(entity);
  return add(registrar, entity);
}

} // namespace parley::abi
