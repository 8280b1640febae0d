#include <string>
#include <utility>

#include "plugin/jsonapi/drafts.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/json_reader.hpp"
#include "plugin/jsonapi/request_document.hpp"

namespace parley::jsonapi {

domain::Result<domain::Number> read_read_mark(std::string_view json, std::string_view participant_id) {
  auto tree = parse_json(json);
  if (!tree) {
    return std::move(tree).failure();
  }
  RequestDocument document(std::move(tree).value(), participants_type, participant_id);
  domain::Number number = 0;
  if (const auto reference = document.to_one("lastReadMessage", false)) {
    const std::string pointer = RequestDocument::relationship_pointer("lastReadMessage") + "/data";
    const auto participant = parse_participant_id(participant_id);
    const auto message = parse_message_id(reference->id);
    if (reference->type != messages_type) {
      document.fault("wrong-resource-type", "This value should be \"conversationmessages\".", pointer + "/type");
    } else if (!message || !participant || message->conversation != participant->conversation) {
      document.fault("unknown-record", "There is no such message in this conversation.", pointer);
    } else {
      number = message->number;
    }
  }
  if (auto faults = document.finish(); !faults.empty()) {
    return domain::Failure{domain::Code::invalid, std::move(faults)};
  }
  return number;
}

domain::Result<domain::Number> read_mark_read(std::string_view json) {
  auto tree = parse_json(json);
  if (!tree) {
    return std::move(tree).failure();
  }
  const nlohmann::json &input = tree.value();
  domain::Failure failure{domain::Code::invalid, {}};
  const auto fault = [&failure](const char *code, const char *detail, std::string pointer) {
    failure.faults.push_back(domain::Fault{code, detail, std::move(pointer), {}, {}});
  };
  domain::Number number = 0;
  if (!input.is_object()) {
    fault("wrong-type", "This value should be an object.", "/meta");
    return failure;
  }
  for (const auto &member : input.items()) {
    const bool at_member = !member.key().empty() && member.key().front() == '@';
    if (member.key() != "index" && !at_member) {
      fault("unknown-member", "There is no such member.", "/meta/" + pointer_part(member.key()));
    }
  }
  const auto index = input.find("index");
  if (index == input.end()) {
    fault("missing", "This member is required.", "/meta/index");
  } else if (!index->is_number_integer() ||
             (index->is_number_unsigned() && index->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))) {
    fault("wrong-type", "This value should be a whole number.", "/meta/index");
  } else {
    number = index->get<std::int64_t>();
    if (number < 0) {
      fault("negative", "This value should not be negative.", "/meta/index");
    }
  }
  if (!failure.faults.empty()) {
    return failure;
  }
  return number;
}

} // namespace parley::jsonapi
