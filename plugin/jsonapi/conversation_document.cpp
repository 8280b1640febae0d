#include <string>
#include <utility>

#include "plugin/domain/names.hpp"
#include "plugin/jsonapi/documents.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/resource_writer.hpp"

namespace parley::jsonapi {
namespace {

using domain::Audience;
using domain::Reference;

/// Which of its titles a record is shown by.
enum class Title { short_one, full };

void label(JsonWriter &json, std::string_view name, const Reference &reference, const Labels &labels, Title title,
           const Showing &showing) {
  json.key(name);
  const auto found = labels.find(reference);
  if (found == labels.end()) {
    json.null();
  } else if (found->second.deleted) {
    json.string(showing.deleted_user);
  } else {
    json.string(title == Title::full ? found->second.full_title : found->second.title);
  }
}

void text_or_null(JsonWriter &json, std::string_view name, std::string_view text) {
  json.key(name);
  if (text.empty()) {
    json.null();
  } else {
    json.string(text);
  }
}

void attributes(ResourceWriter &writer, const Showing &showing, const store::ConversationRow &row,
                const domain::ConversationView &view, const domain::Tally &tally) {
  const domain::Conversation &conversation = row.conversation;
  writer.attribute("name", conversation.name);
  writer.attribute("messagesNumber", tally.text_count);
  writer.time("createdAt", conversation.created);
  writer.time("updatedAt", tally.updated);
  writer.time("lastMessageAt", tally.last_text_at);
  writer.optional("lastMessageAuthor", view.last_message_author);
  writer.flag("unread", row.unread > 0);
  if (showing.audience == Audience::backoffice) {
    writer.flag("mine", view.mine);
  }
  writer.attribute("uid", conversation.uid);
}

std::vector<Reference> context_references(const store::ConversationRow &row) {
  std::vector<Reference> references;
  references.reserve(row.contexts.size());
  for (const domain::Context &context : row.contexts) {
    references.push_back(context.record);
  }
  return references;
}

void relationships(ResourceWriter &writer, const Showing &showing, const store::ConversationRow &row,
                   const domain::Tally &tally) {
  const domain::Conversation &conversation = row.conversation;
  writer.to_one("owner", conversation.owner);
  if (!showing.organization_type.empty()) {
    writer.to_one("organization", Reference{showing.organization_type, conversation.organization});
  }
  writer.to_one("customer", conversation.customer);
  writer.to_one("customerUser", conversation.customer_user);
  writer.to_one("status", Reference{std::string(statuses_type), std::string(domain::name_of(conversation.status))});
  writer.to_one("source", showing.hidden.count(conversation.source) == 0 ? conversation.source : Reference{});
  writer.to_one("lastMessage", tally.last_text == 0 ? Reference{}
                                                    : Reference{std::string(messages_type),
                                                                message_id(conversation.id, tally.last_text)});
  if (showing.audience == Audience::backoffice) {
    writer.to_one("lastMessageSender", row.last_text ? row.last_text->sender : Reference{});
  }
  if (showing.audience == Audience::backoffice && writer.wants("activityTargets")) {
    writer.to_many("activityTargets", context_references(row));
  }
}

void permits(ResourceWriter &writer, const Showing &showing, const domain::Can &can) {
  JsonWriter &json = writer.begin_meta();
  json.key("can");
  json.begin_object();
  writer.permit("view", can.view);
  writer.permit("addMessage", can.add_message);
  if (showing.audience == Audience::backoffice) {
    writer.permit("update", can.update);
    writer.permit("delete", can.remove);
    writer.permit("addContext", can.add_context);
    writer.permit("perform", can.perform);
  }
  json.end_object();
}

void titles(JsonWriter &json, const Showing &showing, const store::ConversationRow &row,
            const domain::ConversationView &view, const Labels &labels) {
  const domain::Conversation &conversation = row.conversation;
  json.key("labels");
  json.begin_object();
  label(json, "owner", conversation.owner, labels, Title::short_one, showing);
  label(json, "customer", conversation.customer, labels, Title::short_one, showing);
  label(json, "customerUser", conversation.customer_user, labels, Title::short_one, showing);
  label(json, "source", conversation.source, labels, Title::full, showing);
  if (showing.audience == Audience::backoffice) {
    json.key("contexts");
    json.begin_object();
    for (const domain::Context &context : row.contexts) {
      label(json, context.record.type + "/" + context.record.id, context.record, labels, Title::full, showing);
    }
    json.end_object();
  }
  text_or_null(json, "lastMessageAuthor", view.last_message_author);
  text_or_null(json, "lastMessagePreview", view.last_message_preview);
  json.end_object();
}

void pages(JsonWriter &json, const Showing &showing, const store::ConversationRow &row,
           const domain::Openable &openable) {
  const domain::Conversation &conversation = row.conversation;
  const auto page = [&](std::string_view name, const Reference &record) {
    json.key(name);
    json.boolean(openable.count(record) != 0);
  };
  json.key("pages");
  json.begin_object();
  page("source", conversation.source);
  if (showing.audience == Audience::backoffice) {
    page("owner", conversation.owner);
    page("customer", conversation.customer);
    page("customerUser", conversation.customer_user);
    json.key("contexts");
    json.begin_object();
    for (const domain::Context &context : row.contexts) {
      page(context.record.type + "/" + context.record.id, context.record);
    }
    json.end_object();
  }
  json.end_object();
}

} // namespace

void append_conversation(Documents &documents, const Showing &showing, const store::ConversationRow &row,
                         const domain::ConversationView &view, const Labels &labels, const domain::Openable &openable) {
  const domain::Conversation &conversation = row.conversation;
  const domain::Tally &tally = conversation.tally(showing.audience);
  ResourceWriter writer(documents, showing, conversations_type, conversation_id(conversation.id));
  attributes(writer, showing, row, view, tally);
  relationships(writer, showing, row, tally);
  permits(writer, showing, view.can);
  titles(writer.json(), showing, row, view, labels);
  pages(writer.json(), showing, row, openable);
  writer.json().key("lastMessageMine");
  writer.json().boolean(view.last_message_mine);
  if (!view.storefront_notice.empty()) {
    writer.json().key("storefrontNotice");
    writer.json().string(view.storefront_notice);
  }
  writer.finish(conversation.version, row.cursor);
}

std::string conversations_meta(const domain::Permit &create) {
  std::string meta;
  JsonWriter json(meta);
  json.begin_object();
  json.key("can");
  json.begin_object();
  permit(json, "create", create);
  json.end_object();
  json.end_object();
  return meta;
}

} // namespace parley::jsonapi
