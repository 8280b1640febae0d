#include <string>

#include "plugin/jsonapi/documents.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/resource_writer.hpp"

namespace parley::jsonapi {

using domain::Audience;
using domain::Reference;

void append_participant(Documents &documents, const Showing &showing, const store::ParticipantRow &row,
                        const domain::ParticipantView &view, std::string_view not_mine) {
  const domain::Participant &participant = row.participant;
  const bool backoffice = showing.audience == Audience::backoffice;
  const domain::Number last_read = backoffice ? participant.last_read : participant.last_read_public;
  ResourceWriter writer(documents, showing, participants_type,
                        participant_id(participant.conversation, participant.uid));
  writer.attribute("lastReadMessageIndex", last_read);
  // When somebody else read would tell the storefront of internal notes: the time moves with them, the public mark does
  // not.
  writer.time("lastReadDate", backoffice || view.me ? participant.last_read_at : 0);
  writer.flag("isMe", view.me);
  writer.attribute("authorName", view.name);
  writer.attribute("authorAcronym", view.acronym);
  writer.to_one("conversation", Reference{std::string(conversations_type), conversation_id(participant.conversation)});
  writer.to_one("author", participant.actor);
  writer.to_one("lastReadMessage", last_read == 0 ? Reference{}
                                                  : Reference{std::string(messages_type),
                                                              message_id(participant.conversation, last_read)});
  JsonWriter &json = writer.begin_meta();
  json.key("can");
  json.begin_object();
  writer.permit("view", domain::Permit{true, {}});
  writer.permit("update", domain::Permit{view.me, std::string(not_mine)});
  json.end_object();
  writer.finish(0, row.cursor);
}

} // namespace parley::jsonapi
