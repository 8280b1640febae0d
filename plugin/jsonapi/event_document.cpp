#include <string>

#include "plugin/domain/names.hpp"
#include "plugin/jsonapi/documents.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/resource_writer.hpp"
#include "plugin/jsonapi/time_text.hpp"

namespace parley::jsonapi {
namespace {

using domain::Audience;
using domain::Reference;

/// {"status": {"from": "active", "to": "closed"}}; the storefront is not told what was before.
void changes(JsonWriter &json, const domain::EventView &view) {
  json.begin_object();
  for (const domain::EventChange &change : view.changes) {
    json.key(change.member);
    json.begin_object();
    if (view.audience == Audience::backoffice) {
      json.member("from", change.from);
    }
    json.member("to", change.to);
    json.end_object();
  }
  json.end_object();
}

void actor(JsonWriter &json, const domain::EventView &view) {
  if (view.actor.none()) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("type", view.actor.type);
  json.member("id", view.actor.id);
  json.member("title", view.actor_title);
  json.end_object();
}

void id_or_null(JsonWriter &json, std::string_view name, bool there, const std::string &id) {
  json.key(name);
  if (there) {
    json.string(id);
  } else {
    json.null();
  }
}

} // namespace

std::string event_json(const domain::EventView &view) {
  const bool backoffice = view.audience == Audience::backoffice;
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  if (backoffice) {
    json.key("position");
    json.integer(view.position);
  }
  json.member("kind", view.kind);
  json.member("time", format_time(view.time));
  if (backoffice) {
    json.member("visibility", domain::name_of(view.visibility));
  }
  json.key("actor");
  actor(json, view);
  id_or_null(json, "conversation", view.conversation != 0, conversation_id(view.conversation));
  id_or_null(json, "message", view.number != 0, message_id(view.conversation, view.number));
  json.key("changes");
  changes(json, view);
  json.end_object();
  return text;
}

void append_event(Documents &documents, const Showing &showing, const store::EventRow &row,
                  const domain::EventView &view) {
  ResourceWriter writer(documents, showing, events_type, std::to_string(row.position));
  writer.attribute("kind", view.kind);
  writer.time("createdAt", view.time);
  writer.attribute("visibility", domain::name_of(view.visibility));
  writer.optional("actorName", view.actor_title);
  if (writer.begin_attribute("messageIndex")) {
    if (view.number == 0) {
      writer.json().null();
    } else {
      writer.json().integer(view.number);
    }
  }
  if (writer.begin_attribute("changes")) {
    changes(writer.json(), view);
  }
  writer.to_one("conversation", view.conversation == 0
                                    ? Reference{}
                                    : Reference{std::string(conversations_type), conversation_id(view.conversation)});
  writer.to_one("actor", view.actor);
  JsonWriter &json = writer.begin_meta();
  json.key("can");
  json.begin_object();
  writer.permit("view", domain::Permit{true, {}});
  json.end_object();
  json.key("labels");
  json.begin_object();
  for (const auto &[record, title] : view.titles) {
    json.member(record.type + "/" + record.id, title);
  }
  json.end_object();
  writer.finish(0, row.cursor);
}

} // namespace parley::jsonapi
