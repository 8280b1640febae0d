#include "sample-host/src/web/schema_rows.h"

#include <nlohmann/json.hpp>

#include "sample-host/src/web/page.h"

namespace host {
namespace {

using Json = nlohmann::json;

constexpr int deepest = 12;

Json at(const Json &object, const char *name) {
  return object.is_object() && object.contains(name) ? object.at(name) : Json();
}

std::string joined(const Json &words, const char *between) {
  std::string all;
  for (const Json &word : words) {
    all += (all.empty() ? "" : between) + (word.is_string() ? word.get<std::string>() : word.dump());
  }
  return all;
}

// {"type": "users", "id": "1"}: what it is called is what it may point to.
std::string identified(const Json &schema) {
  const Json type = at(at(schema, "properties"), "type");
  const bool has_id = at(schema, "properties").contains("id");
  if (!has_id || at(schema, "properties").contains("attributes")) {
    return {};
  }
  return type.contains("enum") ? joined(type.at("enum"), ", ") : std::string();
}

std::string alternatives(const Json &choices) {
  std::string words;
  for (const Json &choice : choices) {
    const std::string one = type_words(choice);
    words += (words.empty() ? "" : " or ") + (one == "null" ? std::string("none") : one);
  }
  return words;
}

// "string" or "string or none": the types that are named.
std::string named_types(const Json &type) {
  if (!type.is_array()) {
    return type.is_string() ? type.get<std::string>() : std::string("any value");
  }
  std::string words;
  for (const Json &one : type) {
    words += (words.empty() ? "" : " or ") + (one == "null" ? std::string("none") : one.get<std::string>());
  }
  return words;
}

std::string refinement(const Json &schema) {
  const std::string format = member(schema, "format");
  const std::string media_type = member(schema, "contentMediaType");
  std::string words = format == "date-time" ? "RFC 3339, UTC" : !format.empty() ? format : media_type;
  const auto add = [&](const char *name, const std::string &before, const char *after) {
    if (schema.contains(name)) {
      words += (words.empty() ? "" : ", ") + before + schema.at(name).dump() + after;
    }
  };
  add("minimum", "at least ", "");
  add("maximum", "at most ", "");
  add("maxLength", "at most ", " characters");
  return words.empty() ? words : " (" + words + ")";
}

// The linkage of a relationship, where a schema is one: {"data": {"type": ..., "id": ...}} or a list of these.
std::string linkage_words(const Json &schema) {
  const Json properties = at(schema, "properties");
  const Json data = at(properties, "data");
  if (data.is_null()) {
    return properties.contains("links") && properties.contains("meta") && properties.size() == 2 ? "read at its address"
                                                                                                 : std::string();
  }
  const Json &first = data.contains("oneOf") ? data.at("oneOf").front() : data.contains("items") ? data["items"] : data;
  return identified(first).empty() ? std::string() : type_words(data);
}

void add_rows(const Json &schema, const std::string &prefix, int depth, Json &rows);

void add_row(const std::string &name, const Json &schema, bool required, int depth, Json &rows) {
  const std::string linkage = linkage_words(schema);
  const Json items = at(schema, "items");
  const bool list = items.contains("properties") && identified(items).empty();
  const bool opens = linkage.empty() && (schema.contains("properties") || list) && identified(schema).empty();
  if (opens && depth < deepest) {
    add_rows(list ? items : schema, name + (list ? "[]." : "."), depth + 1, rows);
    return;
  }
  rows.push_back({{"name", name},
                  {"type", linkage.empty() ? type_words(schema) : linkage},
                  {"description", member(schema, "description")},
                  {"required", required}});
}

void add_rows(const Json &schema, const std::string &prefix, int depth, Json &rows) {
  const Json properties = at(schema, "properties");
  const Json required = at(schema, "required");
  for (const auto &[name, value] : properties.items()) {
    add_row(prefix + name, value, required.is_array() && has(required, name), depth, rows);
  }
}

} // namespace

const Json &referenced(const Json &document, const Json &value) {
  const Json *found = &value;
  for (int step = 0; step < deepest && found->is_object() && found->contains("$ref"); ++step) {
    const std::string reference = member(*found, "$ref");
    const Json::json_pointer pointer(reference.substr(reference.find('#') == 0 ? 1 : 0));
    if (!document.contains(pointer)) {
      break;
    }
    found = &document.at(pointer);
  }
  return *found;
}

std::string type_words(const Json &schema) {
  if (const std::string reference = member(schema, "$ref"); !reference.empty()) {
    return reference.substr(reference.rfind('/') + 1);
  }
  for (const char *choices : {"oneOf", "anyOf"}) {
    if (schema.contains(choices)) {
      return alternatives(schema.at(choices));
    }
  }
  if (schema.contains("const")) {
    return schema.at("const").dump();
  }
  if (schema.contains("enum")) {
    return "one of " + joined(schema.at("enum"), ", ");
  }
  if (std::string types = identified(schema); !types.empty()) {
    return types;
  }
  if (schema.contains("items")) {
    const Json &items = schema.at("items");
    return items.contains("enum") ? "some of " + joined(items.at("enum"), ", ") : "list of " + type_words(items);
  }
  return named_types(at(schema, "type")) + refinement(schema);
}

void add_schema_rows(const Json &document, const Json &schema, Json &rows) {
  const Json &own = referenced(document, schema);
  const Json items = at(own, "items");
  if (own.contains("properties")) {
    add_rows(own, "", 0, rows);
  } else if (items.contains("properties")) {
    add_rows(items, "[].", 0, rows);
  } else {
    rows.push_back({{"name", ""}, {"type", type_words(own)}, {"description", ""}, {"required", false}});
  }
}

} // namespace host
