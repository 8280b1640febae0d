#include "sample-host/src/web/api_reference.h"

#include <map>

#include <nlohmann/json.hpp>

#include "sample-host/src/web/schema_rows.h"

namespace host {
namespace {

using Json = nlohmann::json;

std::string resource_url(Page &page, const std::string &resource) {
  return page.site().base + api_reference_path + "/" + percent_encode(resource);
}

// Prose with `code` in it: pieces {text, code}.
Json prose(const std::string &text) {
  Json pieces = Json::array();
  bool code = false;
  for (const std::string &piece : split(text, '`')) {
    if (!piece.empty()) {
      pieces.push_back({{"text", piece}, {"code", code}});
    }
    code = !code;
  }
  return pieces;
}

std::string tag_of(const Json &operation) {
  const auto tags = operation.find("tags");
  return tags != operation.end() && !tags->empty() ? tags->front().get<std::string>() : std::string();
}

// A resource as the person's screens call it, where they know it; else as the document does.
std::string title_of(Page &page, const Json &tag) {
  const Json *entity = page.entity(member(tag, "name"));
  return entity != nullptr ? member(*entity, "pluralLabel") : member(tag, "description");
}

// Calls `use` with path, method and operation for each operation with this tag.
template <typename Use>
void for_each_operation(const Json &document, const std::string &tag, const Use &use) {
  for (const auto &[path, item] : document.at("paths").items()) {
    for (const auto &[method, operation] : item.items()) {
      if (tag_of(operation) == tag) {
        use(path, method, operation);
      }
    }
  }
}

Json heading_of(const Site &site, const std::string &path, const std::string &method, const Json &operation) {
  std::string verb = method;
  for (char &letter : verb) {
    letter = static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
  }
  return {{"id", member(operation, "operationId")},
          {"method", verb},
          {"kind", method},
          {"path", site.api + path},
          {"summary", member(operation, "summary")}};
}

// "filter[name][contains]" -> "filter[name]", and "fields[orders]" -> "fields": what is listed as one.
std::string group_of(const std::string &name) {
  if (starts_with(name, "fields[")) {
    return "fields";
  }
  const auto end = name.find(']');
  return starts_with(name, "filter[") && end != std::string::npos ? name.substr(0, end + 1) : name;
}

Json parameter_row(const std::string &name, const Json &parameter) {
  return {{"name", name},
          {"in", member(parameter, "in") == "query" ? "" : member(parameter, "in")},
          {"type", type_words(parameter.value("schema", Json::object()))},
          {"description", prose(member(parameter, "description"))},
          {"required", parameter.value("required", false)},
          {"forms", Json::array()}};
}

// The parameters of an operation; filters of one field, and the fields of all types, share a row.
Json parameter_rows(const Json &document, const Json &operation) {
  Json rows = Json::array();
  std::map<std::string, std::size_t> places;
  for (const Json &entry : operation.value("parameters", Json::array())) {
    const Json &parameter = referenced(document, entry);
    const std::string name = member(parameter, "name");
    const std::string group = group_of(name);
    const auto [place, is_new] = places.emplace(group, rows.size());
    if (is_new) {
      rows.push_back(parameter_row(name, parameter));
    } else {
      rows[place->second]["forms"].push_back({{"name", name}, {"type", parameter_row(name, parameter).at("type")}});
    }
  }
  for (Json &row : rows) {
    row["several"] = !row.at("forms").empty();
  }
  return rows;
}

const Json *schema_of(const Json &body) {
  const auto content = body.find("content");
  if (content == body.end() || content->empty() || !content->begin()->contains("schema")) {
    return nullptr;
  }
  return &content->begin()->at("schema");
}

Json rows_of(const Json &document, const Json *schema) {
  Json rows = Json::array();
  if (schema != nullptr) {
    add_schema_rows(document, *schema, rows);
  }
  return rows;
}

bool is_success(const std::string &status) {
  return status < "400";
}

Json operation_of(const Json &document, Json heading, const Json &operation) {
  Json answers = Json::array();
  Json errors = Json::array();
  for (const auto &[status, entry] : operation.at("responses").items()) {
    const Json &response = referenced(document, entry);
    const Json line{{"status", status}, {"text", member(response, "description")}};
    if (!is_success(status)) {
      errors.push_back(line);
      continue;
    }
    answers.push_back(line);
    std::string headers;
    const Json named = response.value("headers", Json::object());
    for (const auto &[name, header] : named.items()) {
      headers += (headers.empty() ? "" : ", ") + name;
    }
    answers.back()["headers"] = headers;
    answers.back()["rows"] = rows_of(document, schema_of(response));
    answers.back()["hasRows"] = !answers.back()["rows"].empty();
  }
  const Json body = operation.value("requestBody", Json::object());
  heading["description"] = prose(member(operation, "description"));
  heading["parameters"] = parameter_rows(document, operation);
  heading["hasParameters"] = !heading["parameters"].empty();
  heading["bodyNeeded"] = body.value("required", false);
  heading["bodyRows"] = {{"rows", rows_of(document, schema_of(body))}};
  heading["hasBody"] = !heading["bodyRows"]["rows"].empty();
  heading["answers"] = std::move(answers);
  heading["errors"] = std::move(errors);
  return heading;
}

// Status and meaning of every error that some operation may answer.
Json all_errors(const Json &document) {
  std::map<std::string, std::string> found;
  for (const auto &item : document.at("paths")) {
    for (const auto &operation : item) {
      for (const auto &[status, entry] : operation.at("responses").items()) {
        if (!is_success(status)) {
          found.emplace(status, member(referenced(document, entry), "description"));
        }
      }
    }
  }
  Json errors = Json::array();
  for (const auto &[status, text] : found) {
    errors.push_back({{"status", status}, {"text", text}});
  }
  return errors;
}

Json resources_of(Page &page, const Json &document) {
  Json resources = Json::array();
  for (const Json &tag : document.at("tags")) {
    const std::string name = member(tag, "name");
    Json operations = Json::array();
    for_each_operation(document, name, [&](const std::string &path, const std::string &method, const Json &operation) {
      operations.push_back(heading_of(page.site(), path, method, operation));
    });
    const std::string count = std::to_string(operations.size());
    const char *counted = operations.size() == 1 ? word("{count} operation") : word("{count} operations");
    resources.push_back({{"name", name},
                         {"title", title_of(page, tag)},
                         {"url", resource_url(page, name)},
                         {"count", page.words(counted, {{"count", count}})},
                         {"operations", std::move(operations)}});
  }
  return resources;
}

Json logins_of(Page &page, const Json &document) {
  static const std::map<std::string, std::string> names = {{"basic", word("User name and password (HTTP Basic)")},
                                                           {"bearer", word("API token")},
                                                           {"apiKey", word("Session cookie")}};
  Json logins = Json::array();
  const Json schemes = document.at("components").value("securitySchemes", Json::object());
  for (const auto &[id, scheme] : schemes.items()) {
    const std::string kind = member(scheme, "scheme").empty() ? member(scheme, "type") : member(scheme, "scheme");
    const auto known = names.find(kind);
    logins.push_back({{"name", known != names.end() ? page.words(known->second) : id},
                      {"header", kind == "basic"    ? "Authorization: Basic …"
                                 : kind == "bearer" ? "Authorization: Bearer …"
                                                    : "Cookie: " + member(scheme, "name") + "=…"},
                      {"description", member(scheme, "description")}});
  }
  return logins;
}

// What every answer may hold.
Json shared_schemas(const Json &document) {
  Json shared = Json::array();
  for (const char *name : {"Errors", "Links", "Included", "JsonApi"}) {
    const Json::json_pointer at(std::string("/components/schemas/") + name);
    if (document.contains(at)) {
      shared.push_back({{"name", name}, {"rows", rows_of(document, &document.at(at))}});
    }
  }
  return shared;
}

} // namespace

const std::string api_reference_path = "/api-reference";

Response api_reference_page(Page &page) {
  const Page::Reply reply = page.api("GET", "/openapi.json");
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const Json &document = *reply.document;
  const Json &info = document.at("info");
  return page.show(page.words("API Reference"), "api_reference",
                   {{"name", member(info, "title")},
                    {"version", member(info, "version")},
                    {"about", prose(member(info, "description"))},
                    {"address", page.site().api},
                    {"document", page.site().api + "/openapi.json"},
                    {"logins", logins_of(page, document)},
                    {"resources", resources_of(page, document)},
                    {"errors", all_errors(document)},
                    {"shared", shared_schemas(document)}});
}

Response api_resource_page(Page &page, const std::string &resource) {
  const Page::Reply reply = page.api("GET", "/openapi.json");
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const Json &document = *reply.document;
  for (const Json &tag : document.at("tags")) {
    if (member(tag, "name") != resource) {
      continue;
    }
    Json operations = Json::array();
    for_each_operation(
        document, resource, [&](const std::string &path, const std::string &method, const Json &operation) {
          operations.push_back(operation_of(document, heading_of(page.site(), path, method, operation), operation));
        });
    const Json::json_pointer own("/components/schemas/" + resource);
    const bool known = document.contains(own);
    const std::string title = title_of(page, tag);
    return page.show(title + " – " + page.words("API Reference"), "api_resource",
                     {{"overview", page.site().base + api_reference_path},
                      {"title", title},
                      {"name", resource},
                      {"operations", std::move(operations)},
                      {"documentRows", {{"rows", rows_of(document, known ? &document.at(own) : nullptr)}}},
                      {"hasDocument", known}});
  }
  return page.not_found();
}

} // namespace host
