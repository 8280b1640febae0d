#include <nlohmann/json.hpp>

#include "sample-host/src/web/api_reference.h"
#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/pages.h"

namespace host {
namespace {

using Json = nlohmann::json;

// The newest few records of an entity, for a start page.
Json newest(Page &page, const std::string &type, int number) {
  const Json *entity = page.entity(type);
  if (entity == nullptr || !has(entity->at("actions"), "list")) {
    return nullptr;
  }
  const Page::Reply reply = page.api("GET", "/" + type,
                                     write_fields({{"sort", "-createdAt"},
                                                   {"page[size]", std::to_string(number)},
                                                   {"include", include_of(page, *entity, true)}}));
  if (!reply.ok()) {
    return nullptr;
  }
  Json rows = Json::array();
  Json columns = Json::array();
  for (const Json &document : reply.document->at("data")) {
    Json cells = Json::array();
    for (const Json *grid_field : grid_fields(*entity)) {
      const std::string name = member(*grid_field, "name");
      if (name == "owner" || name == "currency" || name == "validUntil" || name == "customerUser") {
        continue;
      }
      if (rows.empty()) {
        columns.push_back({{"label", member(*grid_field, "label")}, {"href", ""}, {"sorted", ""}, {"mark", ""}});
      }
      Json cell = cell_of(page, *grid_field, document, *reply.document);
      if (has(grid_field->at("flags"), "title")) {
        cell["href"] = page.site().record_url(type, member(document, "id"));
        cell["main"] = true;
      }
      cells.push_back(std::move(cell));
    }
    rows.push_back({{"cells", std::move(cells)}});
  }
  align_columns(columns, rows);
  return {{"title", member(*entity, "pluralLabel")},
          {"caption", page.words("Latest: {records}", {{"records", member(*entity, "pluralLabel")}})},
          {"url", page.site().list_url(type)},
          {"columns", columns},
          {"rows", rows}};
}

Json sections(Page &page, int number) {
  Json list = Json::array();
  for (const char *type : {"orders", "rfqs", "quotes"}) {
    if (Json section = newest(page, type, number); !section.is_null()) {
      list.push_back(std::move(section));
    }
  }
  return list;
}

std::string first_name(const std::string &name) {
  return name.substr(0, name.find(' '));
}

} // namespace

Response dashboard(Page &page) {
  const std::string title = page.words("Hello, {name}", {{"name", first_name(page.visitor().actor.name)}});
  return page.show(page.words("Dashboard"), "dashboard", {{"title", title}, {"sections", sections(page, 5)}});
}

Response shop_home(Page &page) {
  const std::string title = page.words("Welcome back, {name}", {{"name", first_name(page.visitor().actor.name)}});
  return page.show(page.words("Home"), "home", {{"title", title}, {"sections", sections(page, 4)}});
}

Response profile(Page &page) {
  const Actor &actor = page.visitor().actor;
  const Json *entity = page.entity(actor.type);
  if (entity == nullptr) {
    return page.not_found();
  }
  const Page::Reply reply =
      page.api("GET", "/" + actor.type + "/" + actor.id, write_fields({{"include", include_of(page, *entity, false)}}));
  if (!reply.ok()) {
    return page.failure(reply);
  }
  Json facts = Json::array();
  for (const char *list : {"attributes", "relationships"}) {
    for (const Json &one : entity->at(list)) {
      facts.push_back(cell_of(page, one, reply.document->at("data"), *reply.document));
    }
  }
  const std::string title = page.words("My Profile");
  return page.show(
      title, "profile",
      {{"title", title}, {"facts", std::move(facts)}, {"reference", page.site().base + api_reference_path}});
}

} // namespace host
