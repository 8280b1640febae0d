#include "plugin/jsonapi/resource_writer.hpp"

#include <utility>

#include "plugin/jsonapi/time_text.hpp"

namespace parley::jsonapi {

ResourceWriter::ResourceWriter(Documents &documents, const Showing &showing, std::string_view type, std::string id)
    : documents_(documents), showing_(showing), json_(documents.buffer) {
  document_.type = type;
  document_.id = std::move(id);
  document_.begin = documents_.buffer.size();
  json_.begin_object();
  json_.member("type", type);
  json_.member("id", document_.id);
}

void ResourceWriter::enter(Part part) {
  if (part_ == part) {
    return;
  }
  if (part_ != Part::head) {
    json_.end_object();
  }
  part_ = part;
  json_.key(part == Part::attributes ? "attributes" : part == Part::relationships ? "relationships" : "meta");
  json_.begin_object();
}

bool ResourceWriter::begin_attribute(std::string_view name) {
  if (!wants(name)) {
    return false;
  }
  enter(Part::attributes);
  json_.key(name);
  return true;
}

void ResourceWriter::attribute(std::string_view name, std::string_view text) {
  if (begin_attribute(name)) {
    json_.string(text);
  }
}

void ResourceWriter::attribute(std::string_view name, std::int64_t number) {
  if (begin_attribute(name)) {
    json_.integer(number);
  }
}

void ResourceWriter::flag(std::string_view name, bool value) {
  if (begin_attribute(name)) {
    json_.boolean(value);
  }
}

void ResourceWriter::time(std::string_view name, domain::Time time) {
  if (begin_attribute(name)) {
    if (time == 0) {
      json_.null();
    } else {
      json_.string(format_time(time));
    }
  }
}

void ResourceWriter::optional(std::string_view name, std::string_view text) {
  if (begin_attribute(name)) {
    if (text.empty()) {
      json_.null();
    } else {
      json_.string(text);
    }
  }
}

void ResourceWriter::identifier(const domain::Reference &reference) {
  json_.begin_object();
  json_.member("type", reference.type);
  json_.member("id", reference.id);
  json_.end_object();
}

void ResourceWriter::to_one(std::string_view name, const domain::Reference &reference) {
  if (!wants(name)) {
    return;
  }
  enter(Part::relationships);
  Related related{name, {}};
  json_.key(name);
  json_.begin_object();
  json_.key("data");
  if (reference.type.empty() || reference.id.empty()) {
    json_.null();
  } else {
    identifier(reference);
    related.references.push_back(reference);
  }
  json_.end_object();
  document_.related.push_back(std::move(related));
}

void ResourceWriter::to_many(std::string_view name, std::vector<domain::Reference> references) {
  if (!wants(name)) {
    return;
  }
  enter(Part::relationships);
  json_.key(name);
  json_.begin_object();
  json_.key("data");
  json_.begin_array();
  for (const domain::Reference &reference : references) {
    identifier(reference);
  }
  json_.end_array();
  json_.end_object();
  document_.related.push_back(Related{name, std::move(references)});
}

JsonWriter &ResourceWriter::begin_meta() {
  enter(Part::meta);
  return json_;
}

void ResourceWriter::permit(std::string_view name, const domain::Permit &permit) {
  jsonapi::permit(json_, name, permit);
}

void ResourceWriter::finish(std::int64_t version, std::string cursor) {
  if (part_ != Part::head) {
    json_.end_object();
  }
  json_.end_object();
  document_.version = showing_.audience == domain::Audience::backoffice ? version : 0;
  document_.cursor = std::move(cursor);
  document_.size = documents_.buffer.size() - document_.begin;
  documents_.list.push_back(std::move(document_));
}

void permit(JsonWriter &json, std::string_view name, const domain::Permit &permit) {
  json.key(name);
  if (permit.allowed) {
    json.boolean(true);
  } else {
    json.string(permit.reason);
  }
}

} // namespace parley::jsonapi
