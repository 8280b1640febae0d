// Forms of entities, drawn from their attributes, or by the custom element that they name.
#include <map>

#include <nlohmann/json.hpp>

#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/pages.h"

namespace host {
namespace {

using Json = nlohmann::json;

bool is_drawn(const Json &attribute) {
  static const char *const types[] = {"string",  "text",     "integer", "decimal",
                                      "boolean", "datetime", "email",   "markdown"};
  for (const char *type : types) {
    if (attribute.at("type") == type) {
      return true;
    }
  }
  return false;
}

// The fields that this form has: those that may be sent.
std::vector<const Json *> form_fields(const Json &entity, bool creating) {
  std::vector<const Json *> fields;
  for (const Json &attribute : entity.at("attributes")) {
    if (has(attribute.at("flags"), creating ? "create" : "update") && is_drawn(attribute)) {
      fields.push_back(&attribute);
    }
  }
  return fields;
}

// A page for the form, where the entity offers the action.
bool offered(const Json *entity, bool creating) {
  return entity != nullptr && has(entity->at("actions"), creating ? "create" : "update");
}

struct FormState {
  Json values = Json::object();
  std::map<std::string, std::string> errors; // by field; "" for the whole
};

Json inputs_of(const Json &entity, bool creating, const FormState &state) {
  Json inputs = Json::array();
  for (const Json *attribute : form_fields(entity, creating)) {
    const std::string name = member(*attribute, "name");
    const std::string type = member(*attribute, "type");
    const bool checkbox = type == "boolean";
    const Json value = state.values.value(name, Json());
    const auto error = state.errors.find(name);
    const bool lines = type == "text" || type == "markdown";
    inputs.push_back({{"name", name},
                      {"label", member(*attribute, "label")},
                      {"checkbox", checkbox},
                      {"checked", checkbox && value == true},
                      {"lines", lines},
                      {"line", !lines && !checkbox},
                      {"inputType", type == "email"     ? "email"
                                    : type == "integer" ? "number"
                                                        : "text"},
                      {"value", value.is_string() ? value.get<std::string>()
                                : value.is_null() ? ""
                                                  : value.dump()},
                      {"required", creating && has(attribute->at("flags"), "required")},
                      {"error", error != state.errors.end() ? error->second : ""}});
  }
  return inputs;
}

std::string heading_of(Page &page, const Json &entity, bool creating) {
  const std::string label = member(entity, "label");
  return creating ? page.words("Create {record}", {{"record", label}})
                  : page.words("Edit {record}", {{"record", label}});
}

Response draw(Page &page, const Json &entity, const std::string &id, const FormState &state, int status) {
  const std::string type = member(entity, "type");
  const bool creating = id.empty();
  const std::string title = heading_of(page, entity, creating);
  const auto whole = state.errors.find("");
  return page.show(title, "form",
                   {{"title", title},
                    {"action", page.request().path},
                    {"inputs", inputs_of(entity, creating, state)},
                    {"error", whole != state.errors.end() ? whole->second : ""},
                    {"cancel", creating ? page.site().list_url(type) : page.site().record_url(type, id)}},
                   status);
}

Json document_from(const Json &entity, const std::string &id, const Fields &form) {
  Json attributes = Json::object();
  for (const Json *attribute : form_fields(entity, id.empty())) {
    const std::string name = member(*attribute, "name");
    const std::string type = member(*attribute, "type");
    const std::string value = field(form, name);
    if (type == "boolean") {
      attributes[name] = value == "on";
    } else if (type == "integer" && parse_id(value)) {
      attributes[name] = *parse_id(value);
    } else if (value.empty() && has(attribute->at("flags"), "nullable")) {
      attributes[name] = nullptr;
    } else {
      attributes[name] = value;
    }
  }
  Json data = {{"type", entity.at("type")}, {"attributes", std::move(attributes)}};
  if (!id.empty()) {
    data["id"] = id;
  }
  return {{"data", std::move(data)}};
}

FormState state_from(const Json &document, const Page::Reply &reply) {
  FormState state;
  state.values = document.at("data").at("attributes");
  static const std::string prefix = "/data/attributes/";
  if (!reply.document->contains("errors")) {
    return state;
  }
  for (const Json &error : reply.document->at("errors")) {
    const std::string pointer = error.contains("source") ? member(error.at("source"), "pointer") : std::string();
    const std::string name = starts_with(pointer, prefix) ? pointer.substr(prefix.size()) : std::string();
    std::string &text = state.errors[name];
    text += (text.empty() ? "" : " ") + member(error, "detail");
  }
  return state;
}

} // namespace

Response form_page(Page &page, const std::string &type, const std::string &id) {
  const Json *entity = page.drawn_entity(type);
  if (!offered(entity, id.empty())) {
    return page.not_found();
  }
  FormState state;
  if (!id.empty()) {
    const Page::Reply reply = page.api("GET", "/" + percent_encode(type) + "/" + percent_encode(id));
    if (!reply.ok()) {
      return page.failure(reply);
    }
    state.values = reply.document->at("data").value("attributes", Json::object());
  }
  const std::string form_element = member(*entity, "formElement");
  if (form_element.empty()) {
    return draw(page, *entity, id, state, 200);
  }
  const std::string title = heading_of(page, *entity, id.empty());
  const std::string back = page.back_to(id.empty() ? page.site().list_url(type) : page.site().record_url(type, id));
  return page.show(
      title, "element",
      {{"title", title},
       {"back", back},
       {"backLabel", id.empty() ? member(*entity, "pluralLabel")
                                : title_of(*entity, Json{{"id", id}, {"attributes", state.values}})},
       {"actions", Json::array()},
       {"element", page.element(form_element, member(*entity, "plugin"), {id.empty() ? "" : type, id, back, ""})}});
}

Response save_form(Page &page, const std::string &type, const std::string &id, const Fields &form) {
  const Json *entity = page.drawn_entity(type);
  if (!offered(entity, id.empty())) {
    return page.not_found();
  }
  const Json document = document_from(*entity, id, form);
  const std::string path = "/" + percent_encode(type) + (id.empty() ? "" : "/" + percent_encode(id));
  const Page::Reply reply = page.api(id.empty() ? "POST" : "PATCH", path, {}, document.dump());
  if (reply.status == 422 || reply.status == 409) {
    return draw(page, *entity, id, state_from(document, reply), 422);
  }
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const std::string saved =
      reply.document->contains("data") ? member(reply.document->at("data"), "id") : std::string(id);
  return page.go(page.site().record_url(type, saved),
                 page.words("{record} has been saved", {{"record", member(*entity, "label")}}));
}

} // namespace host
