#include "host-sdk/src/openapi/schemas.hpp"

#include <algorithm>

namespace parley::host::openapi {
namespace {

Json nullable(Json schema) {
  if (schema.contains("type")) {
    schema["type"] = Json::array({schema["type"], "null"});
  }
  return schema;
}

std::string capitalised(std::string word) {
  if (!word.empty() && word.front() >= 'a' && word.front() <= 'z') {
    word.front() = static_cast<char>(word.front() - 'a' + 'A');
  }
  return word;
}

Json labelled(Json schema, const Label &label) {
  const std::string &text = label.in("en");
  if (!text.empty()) {
    schema["description"] = text;
  }
  return schema;
}

} // namespace

Json Schemas::object(Json properties, const std::vector<std::string> &required) {
  Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) {
    schema["required"] = required;
  }
  return schema;
}

Json Schemas::value(const Attribute &attribute) {
  switch (attribute.type) {
  case PARLEY_TYPE_INTEGER:
    return {{"type", "integer"}, {"format", "int64"}};
  case PARLEY_TYPE_BOOLEAN:
    return {{"type", "boolean"}};
  case PARLEY_TYPE_DATETIME:
    return {{"type", "string"}, {"format", "date-time"}};
  case PARLEY_TYPE_EMAIL:
    return {{"type", "string"}, {"format", "email"}};
  case PARLEY_TYPE_MARKDOWN:
    return {{"type", "string"}, {"contentMediaType", "text/markdown"}};
  case PARLEY_TYPE_HTML:
    return {{"type", "string"}, {"contentMediaType", "text/html"}};
  case PARLEY_TYPE_OBJECT:
    return Json::object();
  case PARLEY_TYPE_DECIMAL:
    return {{"type", "string"}, {"pattern", "^-?[0-9]+(\\.[0-9]+)?$"}};
  default:
    return text();
  }
}

Json Schemas::links() {
  return components_.schema("Links", [] {
    Json links = Json::object();
    for (const char *name : {"self", "related", "first", "prev", "next", "last"}) {
      links[name] = {{"type", "string"}, {"format", "uri-reference"}};
    }
    for (const char *name : {"prev", "next"}) { // null at the ends of a list
      links[name]["type"] = {"string", "null"};
    }
    return object(std::move(links), {});
  });
}

Json Schemas::meta() {
  return {{"type", "object"}};
}

Json Schemas::page_meta() {
  return components_.schema("PageMeta", [] {
    const Json total{
        {"type", "integer"}, {"minimum", 0}, {"description", "Rows of all pages, where it was asked for."}};
    Json meta{{"type", "object"}};
    meta["properties"]["page"] = {{"type", "object"}, {"properties", {{"total", total}}}};
    return meta;
  });
}

Json Schemas::identifier(const std::vector<std::string> &types) {
  return object({{"type", {{"type", "string"}, {"enum", types}}}, {"id", text()}, {"meta", meta()}}, {"type", "id"});
}

Json Schemas::linkage(const Relationship &relationship, bool may_be_null) {
  Json one = identifier(relationship.types);
  if (relationship.to_many()) {
    return array(std::move(one));
  }
  return may_be_null ? Json{{"oneOf", Json::array({std::move(one), {{"type", "null"}}})}} : one;
}

Json Schemas::resource(const Entity &entity) {
  return components_.schema(entity.type, [&] {
    Json attributes = Json::object();
    for (const auto &attribute : entity.attributes) {
      if (exists(attribute.applications) && (attribute.flags & PARLEY_FIELD_WRITE_ONLY) == 0) {
        attributes[attribute.name] = labelled(nullable(value(attribute)), attribute.label);
      }
    }
    Json relationships = Json::object();
    for (const auto &relationship : entity.relationships) {
      if (exists(relationship.applications) && (relationship.flags & PARLEY_FIELD_WRITE_ONLY) == 0) {
        Json members{{"links", links()}, {"meta", meta()}};
        if (!relationship.paged()) {
          members["data"] = linkage(relationship, true);
        }
        relationships[relationship.name] = labelled(object(std::move(members), {}), relationship.label);
      }
    }
    return labelled(object({{"type", {{"const", entity.type}}},
                            {"id", text()},
                            {"attributes", object(std::move(attributes), {})},
                            {"relationships", object(std::move(relationships), {})},
                            {"links", links()},
                            {"meta", meta()}},
                           {"type", "id"}),
                    entity.label);
  });
}

Json Schemas::resource_of(const std::vector<std::string> &types) {
  Json choices = Json::array();
  for (const auto *entity : readable_) {
    if (std::find(types.begin(), types.end(), entity->type) != types.end()) {
      choices.push_back(resource(*entity));
    }
  }
  if (choices.size() == 1) {
    return choices.front();
  }
  return choices.empty() ? Json{{"type", "object"}} : Json{{"anyOf", std::move(choices)}};
}

Json Schemas::workflow() {
  return components_.schema("workflows", [&] {
    const Json yes_or_no{{"type", "boolean"}};
    const Json step = object({{"name", text()}, {"label", text()}, {"initial", yes_or_no}, {"final", yes_or_no}},
                             {"name", "label", "initial", "final"});
    const Json transition =
        object({{"name", text()}, {"label", text()}, {"from", array(text())}, {"to", text()}, {"automatic", yes_or_no}},
               {"name", "label", "from", "to", "automatic"});
    const Json attributes =
        object({{"name", text()},
                {"label", text()},
                {"entity", {{"type", "string"}, {"description", "The type whose resources go through it."}}},
                {"system", {{"type", "boolean"}, {"description", "It cannot be removed."}}},
                {"active", yes_or_no},
                {"mayPerform", {{"type", "boolean"}, {"description", "Whether you may perform its transitions."}}},
                {"mayConfigure", {{"type", "boolean"}, {"description", "Whether you may activate and deactivate it."}}},
                {"steps", array(step)},
                {"transitions", array(transition)}},
               {"name", "label", "entity", "system", "active", "mayPerform", "mayConfigure", "steps", "transitions"});
    return object({{"type", {{"const", "workflows"}}}, {"id", text()}, {"attributes", attributes}, {"links", links()}},
                  {"type", "id", "attributes"});
  });
}

Json Schemas::written(const Entity &entity, Write what) {
  const std::uint32_t accepted = (what == Write::create ? PARLEY_FIELD_CREATE : PARLEY_FIELD_UPDATE);
  std::vector<std::string> required{"type"};
  const auto part = [&](const char *name, const auto &fields, const auto &schema_of) {
    Json properties = Json::object();
    std::vector<std::string> needed;
    for (const auto &field : fields) {
      if (!exists(field.applications) || (field.flags & (accepted | PARLEY_FIELD_IGNORED)) == 0) {
        continue;
      }
      const bool ignored = (field.flags & accepted) == 0;
      properties[field.name] = ignored ? Json{{"description", "Is ignored."}} : labelled(schema_of(field), field.label);
      if (what == Write::create && (field.flags & PARLEY_FIELD_REQUIRED) != 0) {
        needed.push_back(field.name);
      }
    }
    if (!needed.empty()) {
      required.emplace_back(name);
    }
    return object(std::move(properties), needed);
  };
  Json data{{"type", {{"const", entity.type}}}};
  if (what == Write::update) {
    data["id"] = text();
    required.emplace_back("id");
  }
  data["attributes"] = part("attributes", entity.attributes, [](const Attribute &attribute) {
    return (attribute.flags & PARLEY_FIELD_NULLABLE) != 0 ? nullable(value(attribute)) : value(attribute);
  });
  data["relationships"] = part("relationships", entity.relationships, [this](const Relationship &relationship) {
    const bool may_be_null = (relationship.flags & PARLEY_FIELD_NULLABLE) != 0;
    Json schema{{"type", "object"}, {"properties", {{"data", linkage(relationship, may_be_null)}}}};
    schema["required"] = {"data"};
    return schema;
  });
  return {{"type", "object"},
          {"properties", {{"data", object(std::move(data), required)}}},
          {"required", Json::array({"data"})}};
}

Json Schemas::create_document(const Entity &entity) {
  return components_.schema(capitalised(entity.type) + "Create", [&] { return written(entity, Write::create); });
}

Json Schemas::update_document(const Entity &entity) {
  return components_.schema(capitalised(entity.type) + "Update", [&] { return written(entity, Write::update); });
}

Json Schemas::linkage_document(const Relationship &relationship) {
  const bool may_be_null = (relationship.flags & PARLEY_FIELD_NULLABLE) != 0;
  return {{"type", "object"},
          {"properties", {{"data", linkage(relationship, may_be_null)}}},
          {"required", Json::array({"data"})}};
}

Json Schemas::meta_request(Json meta) {
  Json schema{{"type", "object"}};
  if (has_required(meta)) {
    schema["required"] = Json::array({"meta"});
  }
  schema["properties"]["meta"] = std::move(meta);
  return schema;
}

bool Schemas::has_required(const Json &schema) {
  const auto required = schema.find("required");
  return required != schema.end() && !required->empty();
}

Json Schemas::counts_request() {
  const Json record = object({{"type", text()}, {"id", text()}}, {"type", "id"});
  return {{"type", "object"}, {"properties", {{"data", array(record)}}}, {"required", Json::array({"data"})}};
}

Json Schemas::top_level(const Json &properties, const std::vector<std::string> &required) {
  Json all{{"jsonapi", components_.schema("JsonApi", [] {
              return object({{"version", {{"const", "1.1"}}}}, {"version"});
            })}};
  all.update(properties);
  std::vector<std::string> needed{"jsonapi"};
  needed.insert(needed.end(), required.begin(), required.end());
  return object(std::move(all), needed);
}

Json Schemas::document(Json data, bool with_included) {
  Json members{{"data", std::move(data)}, {"links", links()}, {"meta", meta()}};
  if (with_included) {
    members["included"] = components_.schema("Included", [&] {
      std::vector<std::string> types;
      for (const auto *entity : readable_) {
        types.push_back(entity->type);
      }
      return array(resource_of(types));
    });
  }
  return top_level(members, {"data"});
}

Json Schemas::list_document(Json item, bool with_included) {
  return document(array(std::move(item)), with_included);
}

Json Schemas::page_document(Json item) {
  return documents_with_meta(array(std::move(item)), page_meta());
}

Json Schemas::linkage_answer(const Relationship &relationship) {
  Json schema = document(linkage(relationship, true), false);
  if (relationship.paged()) {
    schema["properties"]["meta"] = page_meta();
  }
  return schema;
}

Json Schemas::meta_document(Json meta) {
  return top_level({{"meta", std::move(meta)}}, {"meta"});
}

Json Schemas::documents_with_meta(Json data, Json meta) {
  Json schema = document(std::move(data), true);
  schema["properties"]["meta"] = std::move(meta);
  return schema;
}

Json Schemas::errors() {
  return components_.schema("Errors", [&] {
    const Json source = object({{"pointer", {{"type", "string"}, {"description", "JSON Pointer into the request."}}},
                                {"parameter", {{"type", "string"}, {"description", "Name of a query parameter."}}},
                                {"header", {{"type", "string"}, {"description", "Name of a request header."}}}},
                               {});
    const Json error =
        object({{"status", {{"type", "string"}, {"description", "HTTP status."}}},
                {"code", {{"type", "string"}, {"description", "What it is, for programs; does not change."}}},
                {"title", text()},
                {"detail", {{"type", "string"}, {"description", "What is wrong, for people."}}},
                {"source", source},
                {"links", object({{"type", {{"type", "string"}, {"format", "uri"}}}}, {})},
                {"meta", meta()}},
               {"status", "code", "title", "detail"});
    Json all = array(error);
    all["minItems"] = 1;
    return top_level({{"errors", std::move(all)}}, {"errors"});
  });
}

} // namespace parley::host::openapi
