// Documents of fixed values: statuses and types of messages.
#include <string>

#include "plugin/domain/names.hpp"
#include "plugin/jsonapi/documents.hpp"
#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/resource_writer.hpp"

namespace parley::jsonapi {
namespace {

void finish(ResourceWriter &writer) {
  JsonWriter &json = writer.begin_meta();
  json.key("can");
  json.begin_object();
  writer.permit("view", domain::Permit{true, {}});
  json.end_object();
  writer.finish(0, {});
}

} // namespace

void append_status(Documents &documents, const Showing &showing, domain::Status status, std::string_view label,
                   std::int64_t order) {
  ResourceWriter writer(documents, showing, statuses_type, std::string(domain::name_of(status)));
  writer.attribute("name", label);
  writer.attribute("order", order);
  finish(writer);
}

void append_message_type(Documents &documents, const Showing &showing, domain::MessageType type,
                         std::string_view label) {
  ResourceWriter writer(documents, showing, message_types_type, std::string(domain::name_of(type)));
  writer.attribute("name", label);
  finish(writer);
}

} // namespace parley::jsonapi
