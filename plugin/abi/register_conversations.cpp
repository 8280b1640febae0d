#include "plugin/abi/operations.hpp"
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

constexpr std::uint32_t writable = PARLEY_FIELD_CREATE | PARLEY_FIELD_UPDATE;
constexpr std::uint32_t sought = PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT | PARLEY_FIELD_GRID;

void attributes(FieldList &fields) {
  fields.attribute("name", R"({"en":"Name","de":"Name"})", PARLEY_TYPE_STRING,
                   writable | sought | PARLEY_FIELD_TITLE | PARLEY_FIELD_SEARCH | PARLEY_FIELD_INLINE,
                   both_applications, equals_or_not | PARLEY_FILTER_BIT(PARLEY_FILTER_CONTAINS));
  fields.attribute("messagesNumber", R"({"en":"Messages","de":"Nachrichten"})", PARLEY_TYPE_INTEGER,
                   PARLEY_FIELD_IGNORED | sought);
  fields.attribute("createdAt", R"({"en":"Created","de":"Erstellt"})", PARLEY_TYPE_DATETIME, sought);
  fields.attribute("updatedAt", R"({"en":"Updated","de":"Geändert"})", PARLEY_TYPE_DATETIME,
                   PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT);
  fields.attribute("lastMessageAt", R"({"en":"Last message","de":"Letzte Nachricht"})", PARLEY_TYPE_DATETIME, sought);
  fields.attribute("lastMessageAuthor", R"({"en":"Last message by","de":"Letzte Nachricht von"})", PARLEY_TYPE_STRING,
                   PARLEY_FIELD_GRID);
  fields.attribute("unread", R"({"en":"Unread","de":"Ungelesen"})", PARLEY_TYPE_BOOLEAN,
                   PARLEY_FIELD_API_ONLY | PARLEY_FIELD_HIGHLIGHT);
  // Assigned to who looks, or it takes part.
  fields.attribute("mine", R"({"en":"Mine","de":"Meine"})", PARLEY_TYPE_BOOLEAN,
                   PARLEY_FIELD_API_ONLY | PARLEY_FIELD_FILTER, PARLEY_APPLICATION_BACKOFFICE, one_equal);
  fields.attribute("firstMessage", R"({"en":"Message","de":"Nachricht"})", PARLEY_TYPE_TEXT,
                   PARLEY_FIELD_CREATE | PARLEY_FIELD_WRITE_ONLY);
  fields.attribute("uid", R"({"en":"Unique id","de":"Eindeutige Kennung"})", PARLEY_TYPE_STRING, PARLEY_FIELD_API_ONLY);
}

/// Sorted by in the back office alone: the order would tell the storefront the names of records that it may not see, and of
/// people who were deleted.
void named_record(FieldList &fields, std::string_view name, std::string_view label,
                  const std::vector<std::string> &types, std::uint32_t in_backoffice = 0) {
  constexpr std::uint32_t flags = writable | PARLEY_FIELD_FILTER | PARLEY_FIELD_GRID | PARLEY_FIELD_NULLABLE;
  fields.relationship(name, label, types, flags | PARLEY_FIELD_SORT | in_backoffice, PARLEY_APPLICATION_BACKOFFICE);
  fields.relationship(name, label, types, flags, PARLEY_APPLICATION_STOREFRONT);
}

void relationships(FieldList &fields, const Types &types, const std::vector<std::string> &statuses,
                   const std::vector<std::string> &messages, const std::vector<std::string> &participants,
                   const std::vector<std::string> &actors) {
  named_record(fields, "owner", R"({"en":"Assigned to","de":"Zugewiesen an"})", types.users, PARLEY_FIELD_INLINE);
  fields.relationship("firstMessageSender", R"({"en":"From","de":"Von"})", actors,
                      PARLEY_FIELD_CREATE | PARLEY_FIELD_WRITE_ONLY | PARLEY_FIELD_NULLABLE | PARLEY_FIELD_API_ONLY,
                      PARLEY_APPLICATION_BACKOFFICE);
  // Conversations are of one organization: the first type is the one that documents name.
  fields.relationship("organization", R"({"en":"Organization","de":"Organisation"})", types.organizations, 0);
  named_record(fields, "customer", R"({"en":"Customer","de":"Kunde"})", types.customers);
  named_record(fields, "customerUser", R"({"en":"Customer User","de":"Kundenbenutzer"})", types.customer_users);
  fields.relationship("status", R"({"en":"Status","de":"Status"})", statuses, writable | sought, both_applications, {},
                      equals_or_not);
  fields.relationship("source", R"({"en":"Source","de":"Quelle"})", types.records,
                      writable | PARLEY_FIELD_NULLABLE | PARLEY_FIELD_FILTER | PARLEY_FIELD_GRID);
  fields.relationship("lastMessage", R"({"en":"Last message","de":"Letzte Nachricht"})", messages,
                      PARLEY_FIELD_IGNORED);
  fields.relationship("lastMessageSender", R"({"en":"Last message by","de":"Letzte Nachricht von"})", actors,
                      PARLEY_FIELD_IGNORED | PARLEY_FIELD_FILTER, PARLEY_APPLICATION_BACKOFFICE);
  fields.relationship("messages", R"({"en":"Messages","de":"Nachrichten"})", messages,
                      PARLEY_RELATIONSHIP_TO_MANY | PARLEY_RELATIONSHIP_PAGED | PARLEY_FIELD_IGNORED, both_applications,
                      "conversation");
  fields.relationship("participants", R"({"en":"Participants","de":"Teilnehmer"})", participants,
                      PARLEY_RELATIONSHIP_TO_MANY | PARLEY_RELATIONSHIP_PAGED | PARLEY_FIELD_IGNORED, both_applications,
                      "conversation");
  fields.relationship("activityTargets", R"({"en":"Context","de":"Kontext"})", types.records,
                      PARLEY_RELATIONSHIP_TO_MANY | PARLEY_RELATIONSHIP_MEMBERS | writable | PARLEY_FIELD_FILTER,
                      PARLEY_APPLICATION_BACKOFFICE);
}

parley_action_permission action_permission(std::uint32_t action, std::string_view permission) {
  auto needed = blank<parley_action_permission>();
  needed.action = action;
  needed.permission = cpp::str(permission);
  return needed;
}

parley_operation operation(std::uint32_t target, std::string_view name, std::string_view label) {
  auto operation = blank<parley_operation>();
  operation.target = target;
  operation.applications = both_applications;
  operation.name = cpp::str(name);
  operation.label = cpp::str(label);
  return operation;
}

std::vector<parley_operation> named_operations() {
  auto mark_read =
      operation(PARLEY_OPERATION_ON_ONE, "mark-read", R"({"en":"Mark as read","de":"Als gelesen markieren"})");
  mark_read.input_schema = cpp::str(R"({"type":"object","required":["index"],"additionalProperties":false,)"
                                    R"("properties":{"index":{"type":"integer","minimum":0,)"
                                    R"("description":"Number of the message up to which was read"}}})");
  const auto mark_unread =
      operation(PARLEY_OPERATION_ON_ONE, "mark-unread", R"({"en":"Mark as unread","de":"Als ungelesen markieren"})");
  auto unread = operation(PARLEY_OPERATION_ON_COLLECTION, "unread", R"({"en":"Unread","de":"Ungelesen"})");
  unread.flags = PARLEY_OPERATION_SAFE | PARLEY_OPERATION_DOCUMENTS;
  unread.output_schema =
      cpp::str(R"({"type":"object","required":["count","more"],"properties":{"count":{"type":"integer","minimum":0,)"
               R"("maximum":100,"description":"Conversations with unread messages; exact where more is false"},)"
               R"("more":{"type":"boolean","description":"There may be more than were counted"}}})");
  auto mark_all_read = operation(PARLEY_OPERATION_ON_COLLECTION, "mark-all-read",
                                 R"({"en":"Mark all as read","de":"Alle als gelesen markieren"})");
  mark_all_read.output_schema =
      cpp::str(R"({"type":"object","required":["marked"],"properties":{"marked":{"type":"integer","minimum":0,)"
               R"("description":"How many conversations were marked"}}})");
  return {mark_read, mark_unread, unread, mark_all_read};
}

} // namespace

std::int32_t register_conversations(const Registrar &registrar) {
  const std::vector<std::string> statuses = {std::string(jsonapi::statuses_type)};
  const std::vector<std::string> messages = {std::string(jsonapi::messages_type)};
  const std::vector<std::string> participants = {std::string(jsonapi::participants_type)};
  const std::vector<std::string> actors = registrar.types.actors();
  FieldList fields;
  attributes(fields);
  relationships(fields, registrar.types, statuses, messages, participants, actors);

  const std::vector<parley_operation> operations = named_operations();

  // To see them is what the gate asks for.
  const std::vector<parley_action_permission> permissions = {
      action_permission(PARLEY_ACTION_CREATE, app::permission::create),
      action_permission(PARLEY_ACTION_UPDATE, app::permission::edit),
      action_permission(PARLEY_ACTION_DELETE, app::permission::remove),
      action_permission(PARLEY_ACTION_DELETE_MANY, app::permission::remove),
  };
  const parley_gate gate = gate_of(app::permission::conversations, app::permission::view);
  parley_entity entity = entity_of(registrar, jsonapi::conversations_type, fields, gate);
  entity.backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET | PARLEY_ACTION_CREATE | PARLEY_ACTION_UPDATE |
                              PARLEY_ACTION_DELETE | PARLEY_ACTION_DELETE_MANY;
  entity.storefront_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET | PARLEY_ACTION_CREATE;
  entity.label = cpp::str(R"({"en":"Conversation","de":"Konversation"})");
  entity.plural_label = cpp::str(R"({"en":"Conversations","de":"Konversationen"})");
  entity.icon = cpp::str("messages-square");
  entity.operations = operations.data();
  entity.operation_count = operations.size();
  entity.permissions = permissions.data();
  entity.permission_count = permissions.size();
  entity.default_sort = cpp::str("-lastMessageAt");
  const std::string columns = fields.present(
      "name,messagesNumber,source,owner,customer,customerUser,status,createdAt,lastMessageAt,lastMessageAuthor");
  entity.columns = cpp::str(columns);
  entity.view_element = cpp::str("parley-conversation-view");
  entity.form_element = cpp::str("parley-conversation-form");
  set_conversation_operations(entity);
  return add(registrar, entity);
}

} // namespace parley::abi
