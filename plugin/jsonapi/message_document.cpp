#include <string>

#include "plugin/domain/names.hpp"
#include "plugin/jsonapi/documents.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/resource_writer.hpp"

namespace parley::jsonapi {

using domain::Audience;
using domain::Reference;

void append_message(Documents &documents, const Showing &showing, const store::MessageRow &row,
                    const domain::MessageView &view) {
  const domain::Message &message = row.message;
  const bool backoffice = showing.audience == Audience::backoffice;
  const bool system = message.type == domain::MessageType::system;
  const domain::Number number = message.number(showing.audience);
  ResourceWriter writer(documents, showing, messages_type, message_id(message.conversation, number));
  writer.attribute("index", number);
  writer.attribute("body", system ? std::string_view(view.plain_body) : std::string_view(message.body));
  writer.attribute("plainBody", view.plain_body);
  writer.attribute("bodyHtml", view.body_html);
  writer.time("createdAt", message.created);
  // Its sender's own key for a retry: nobody else in the shop has a use for it.
  writer.optional("clientId", backoffice || view.mine ? std::string_view(message.client_id) : std::string_view());
  writer.attribute("senderName", view.sender_name);
  writer.attribute("senderAcronym", view.sender_acronym);
  writer.flag("isMine", view.mine);
  if (backoffice) {
    writer.attribute("visibility", domain::name_of(message.visibility));
    writer.optional("postedByName", view.posted_by_name);
  }
  writer.optional("systemKind", message.note ? std::string_view(message.note->kind) : std::string_view());
  if (writer.begin_attribute("systemData")) {
    if (message.note) {
      writer.json().begin_object();
      writer.json().member("from", message.note->from);
      writer.json().member("to", message.note->to);
      writer.json().end_object();
    } else {
      writer.json().null();
    }
  }
  writer.to_one("conversation", Reference{std::string(conversations_type), conversation_id(message.conversation)});
  writer.to_one("participant", row.participant_uid.empty()
                                   ? Reference{}
                                   : Reference{std::string(participants_type),
                                               participant_id(message.conversation, row.participant_uid)});
  writer.to_one("messageType", Reference{std::string(message_types_type), std::string(domain::name_of(message.type))});
  writer.to_one("sender", message.sender);
  if (backoffice) {
    writer.to_one("postedBy", message.posted_by);
  }
  JsonWriter &json = writer.begin_meta();
  json.key("can");
  json.begin_object();
  writer.permit("view", domain::Permit{true, {}});
  json.end_object();
  writer.finish(0, row.cursor);
}

} // namespace parley::jsonapi
