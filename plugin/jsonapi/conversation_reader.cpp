#include <optional>
#include <string>
#include <utility>

#include "plugin/domain/names.hpp"
#include "plugin/jsonapi/drafts.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/json_reader.hpp"
#include "plugin/jsonapi/request_document.hpp"

namespace parley::jsonapi {
namespace {

std::optional<domain::Status> take_status(RequestDocument &document) {
  const auto reference = document.to_one("status", false);
  if (!reference) {
    return std::nullopt;
  }
  const std::string pointer = RequestDocument::relationship_pointer("status") + "/data";
  if (reference->type != statuses_type) {
    document.fault("wrong-resource-type", "This value should be \"conversationstatuses\".", pointer + "/type");
    return std::nullopt;
  }
  const auto status = domain::status_named(reference->id);
  if (!status) {
    document.fault("unknown-record", "There is no such status.", pointer + "/id");
  }
  return status;
}

} // namespace

domain::Result<domain::ConversationDraft> read_new_conversation(std::string_view json, domain::Audience audience) {
  auto tree = parse_json(json);
  if (!tree) {
    return std::move(tree).failure();
  }
  RequestDocument document(std::move(tree).value(), conversations_type, {});
  domain::ConversationDraft draft;
  draft.name = document.text("name");
  draft.first_message = document.text("firstMessage");
  draft.source = document.to_one("source", true);
  if (audience == domain::Audience::backoffice) {
    draft.owner = document.to_one("owner", true);
    draft.customer = document.to_one("customer", true);
    draft.customer_user = document.to_one("customerUser", true);
    draft.first_message_sender = document.to_one("firstMessageSender", true);
    draft.status = take_status(document);
    draft.contexts = document.to_many("activityTargets").value_or(std::vector<domain::Reference>());
  } else {
    document.ignore({"owner", "customer", "customerUser", "status"});
  }
  document.ignore({"messagesNumber", "lastMessage", "lastMessageSender", "messages", "participants"});
  draft.form_faults = document.finish();
  return draft;
}

domain::Result<domain::ConversationChange> read_conversation_change(std::string_view json, std::string_view id) {
  auto tree = parse_json(json);
  if (!tree) {
    return std::move(tree).failure();
  }
  RequestDocument document(std::move(tree).value(), conversations_type, id);
  domain::ConversationChange change;
  change.name = document.text("name");
  change.owner = document.to_one("owner", true);
  change.customer = document.to_one("customer", true);
  change.customer_user = document.to_one("customerUser", true);
  change.source = document.to_one("source", true);
  change.status = take_status(document);
  change.contexts = document.to_many("activityTargets");
  document.ignore({"messagesNumber", "lastMessage", "lastMessageSender", "messages", "participants"});
  change.form_faults = document.finish();
  return change;
}

} // namespace parley::jsonapi
