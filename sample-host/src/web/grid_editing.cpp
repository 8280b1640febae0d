#include "sample-host/src/web/grid_editing.h"

#include <nlohmann/json.hpp>

#include "sample-host/src/web/documents.h"

namespace host {
namespace {

using Json = nlohmann::json;

bool is_edited(const Json &field) {
  return has(field.at("flags"), "inline");
}

// Records that have names, and can be found by them.
Json types_of(Page &page, const Json &relationship) {
  Json types = Json::array();
  for (const Json *entity : found_types(page, relationship)) {
    const std::string title = title_field(*entity);
    if (!title.empty()) {
      types.push_back({{"type", member(*entity, "type")}, {"title", title}});
    }
  }
  return types;
}

Json described(const Json &field, const std::string &kind) {
  return {{"label", member(field, "label")}, {"kind", kind}, {"nullable", has(field.at("flags"), "nullable")}};
}

} // namespace

Json edited_fields(Page &page, const Json &entity) {
  Json fields = Json::object();
  for (const Json &attribute : entity.at("attributes")) {
    if (is_edited(attribute)) {
      fields[member(attribute, "name")] = described(attribute, member(attribute, "type"));
    }
  }
  for (const Json &relationship : entity.at("relationships")) {
    if (Json types = is_edited(relationship) ? types_of(page, relationship) : Json(); !types.empty()) {
      Json &field = fields[member(relationship, "name")] = described(relationship, "record");
      field["types"] = std::move(types);
    }
  }
  return fields;
}

std::string editing_of(Page &page, const Json &entity, const Json &fields) {
  return Json{{"api", page.site().api},
              {"type", member(entity, "type")},
              {"csrfHeader", csrf_header},
              {"csrfToken", page.visitor().csrf_token()},
              {"fields", fields}}
      .dump();
}

} // namespace host
