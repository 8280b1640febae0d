#include <string>
#include <utility>

#include "plugin/domain/names.hpp"
#include "plugin/jsonapi/drafts.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/json_reader.hpp"
#include "plugin/jsonapi/request_document.hpp"

namespace parley::jsonapi {
namespace {

void take_conversation(RequestDocument &document, domain::MessageDraft &draft) {
  const std::string pointer = RequestDocument::relationship_pointer("conversation");
  if (!document.sent("conversation")) {
    document.fault("missing", "This member is required.", pointer);
    return;
  }
  const auto reference = document.to_one("conversation", false);
  if (!reference) {
    return;
  }
  if (reference->type != conversations_type) {
    document.fault("wrong-resource-type", "This value should be \"conversations\".", pointer + "/data/type");
    return;
  }
  const auto id = parse_conversation_id(reference->id);
  if (!id) {
    document.fault("unknown-record", "There is no such conversation.", pointer + "/data");
    return;
  }
  draft.conversation = *id;
}

void take_visibility(RequestDocument &document, domain::MessageDraft &draft) {
  const auto name = document.text("visibility");
  if (!name) {
    return;
  }
  const auto visibility = domain::visibility_named(*name);
  if (!visibility) {
    document.fault("wrong-value", "This value should be \"public\" or \"internal\".",
                   RequestDocument::attribute_pointer("visibility"));
    return;
  }
  draft.visibility = *visibility;
}

} // namespace

domain::Result<domain::MessageDraft> read_new_message(std::string_view json, domain::Audience audience) {
  auto tree = parse_json(json);
  if (!tree) {
    return std::move(tree).failure();
  }
  RequestDocument document(std::move(tree).value(), messages_type, {});
  domain::MessageDraft draft;
  if (!document.sent("body")) {
    document.fault("missing", "This member is required.", RequestDocument::attribute_pointer("body"));
  }
  draft.body = document.text("body").value_or(std::string());
  draft.client_id = document.text("clientId").value_or(std::string());
  take_conversation(document, draft);
  if (audience == domain::Audience::backoffice) {
    take_visibility(document, draft);
    draft.sender = document.to_one("sender", true);
  }
  draft.form_faults = document.finish();
  return draft;
}

} // namespace parley::jsonapi
