#include <algorithm>

#include <nlohmann/json.hpp>

#include "sample-host/src/text.h"
#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/pages.h"

namespace host {
namespace {

using Json = nlohmann::json;

// What of the address goes on to the API.
bool goes_to_api(const std::string &name) {
  return starts_with(name, "filter[") || name == "sort" || name == "page[number]" || name == "page[size]";
}

Fields api_fields(const Request &request) {
  Fields fields;
  for (auto &[name, value] : parse_fields(request.query).value_or(Fields())) {
    if (goes_to_api(name) && !value.empty()) {
      fields.emplace_back(std::move(name), std::move(value));
    }
  }
  return fields;
}

std::string url_with(const Request &request, const Fields &fields, const std::string &name, const std::string &value) {
  Fields changed;
  for (const auto &one : fields) {
    if (one.first != name && one.first != "page[number]") {
      changed.push_back(one);
    }
  }
  if (!value.empty()) {
    changed.emplace_back(name, value);
  }
  return request.path + (changed.empty() ? "" : "?" + write_fields(changed));
}

Json columns_of(const Json &entity, const Request &request, const Fields &fields) {
  const std::string chosen = field(fields, "sort");
  const std::string sort = chosen.empty() ? member(entity, "defaultSort") : chosen;
  Json columns = Json::array();
  for (const Json *grid_field : grid_fields(entity)) {
    const std::string name = member(*grid_field, "name");
    const bool ascending = sort == name;
    const bool descending = sort == "-" + name;
    const bool sortable = has(grid_field->at("flags"), "sort");
    columns.push_back({{"label", member(*grid_field, "label")},
                       {"href", sortable ? url_with(request, fields, "sort", ascending ? "-" + name : name) : ""},
                       {"sorted", ascending    ? "ascending"
                                  : descending ? "descending"
                                               : ""},
                       {"mark", ascending    ? "▲"
                                : descending ? "▼"
                                             : ""}});
  }
  return columns;
}

Json rows_of(Page &page, const Json &entity, const Json &answer) {
  const std::string type = member(entity, "type");
  const bool has_page = has(entity.at("actions"), "get");
  Json rows = Json::array();
  for (const Json &document : answer.at("data")) {
    Json cells = Json::array();
    for (const Json *grid_field : grid_fields(entity)) {
      Json cell = cell_of(page, *grid_field, document, answer);
      if (has(grid_field->at("flags"), "title") && has_page) {
        cell["href"] = page.site().record_url(type, member(document, "id"));
        cell["main"] = true;
        if (cell.at("empty") == true) {
          cell["text"] = member(entity, "label") + " " + member(document, "id");
          cell["empty"] = false;
        }
        cell["badge"] = false;
      }
      cells.push_back(std::move(cell));
    }
    rows.push_back({{"cells", std::move(cells)}});
  }
  return rows;
}

bool is_searchable(const Json &entity) {
  const Json &attributes = entity.at("attributes");
  return std::any_of(attributes.begin(), attributes.end(),
                     [](const Json &attribute) { return has(attribute.at("flags"), "search"); });
}

Json pager_of(const Request &request, const Fields &fields, const Json &answer, std::int64_t page_number) {
  const auto links = answer.find("links");
  const auto link = [&](const char *name) {
    return links != answer.end() && links->contains(name) && !links->at(name).is_null();
  };
  const auto to = [&](std::int64_t number) {
    std::string url = url_with(request, fields, "", "");
    return url + (url.find('?') == std::string::npos ? "?" : "&") +
           write_fields({{"page[number]", std::to_string(number)}});
  };
  std::string total;
  for (const char *pointer : {"/meta/page/total", "/meta/total"}) {
    if (const Json::json_pointer at(pointer); answer.contains(at)) {
      total = answer.at(at).dump();
    }
  }
  return {{"previous", link("prev") ? to(page_number - 1) : ""},
          {"next", link("next") ? to(page_number + 1) : ""},
          {"several", page_number > 1 || link("next")},
          {"number", std::to_string(page_number)},
          {"total", total}};
}

// Filters that the address brought and that the search box must not lose.
Json hidden_fields(const Fields &fields) {
  Json hidden = Json::array();
  for (const auto &[name, value] : fields) {
    if (name != "filter[search]" && name != "page[number]") {
      hidden.push_back({{"name", name}, {"value", value}});
    }
  }
  return hidden;
}

Response grid(Page &page, const Json &entity, const std::string &title, const Json &actions) {
  const Fields fields = api_fields(page.request());
  Fields query = fields;
  const std::int64_t page_number = std::max<std::int64_t>(1, parse_id(field(fields, "page[number]")).value_or(1));
  if (field(fields, "page[number]").empty()) {
    query.emplace_back("page[number]", "1");
  }
  if (const std::string include = include_of(page, entity, true); !include.empty()) {
    query.emplace_back("include", include);
  }
  const Page::Reply reply = page.api("GET", "/" + percent_encode(member(entity, "type")), write_fields(query));
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const bool unfiltered =
      std::none_of(fields.begin(), fields.end(), [](const auto &one) { return starts_with(one.first, "filter["); });
  const bool nothing_there = unfiltered && page_number == 1 && reply.document->at("data").empty();
  Json columns = columns_of(entity, page.request(), fields);
  Json rows = rows_of(page, entity, *reply.document);
  align_columns(columns, rows);
  return page.show(title, "grid",
                   {{"title", title},
                    {"actions", actions},
                    {"searchable", is_searchable(entity) && !nothing_there},
                    {"nothing", nothing_there ? "There are no " + in_a_sentence(member(entity, "pluralLabel")) + "."
                                              : std::string("Nothing found.")},
                    {"search", field(fields, "filter[search]")},
                    {"path", page.request().path},
                    {"hidden", hidden_fields(fields)},
                    {"caption", title},
                    {"columns", std::move(columns)},
                    {"rows", std::move(rows)},
                    {"pager", pager_of(page.request(), fields, *reply.document, page_number)}});
}

Json header_actions(Page &page, const Json &registered) {
  Json actions = Json::array();
  for (const Json &action : registered.at("actions")) {
    actions.push_back(
        {{"label", member(action, "label")},
         {"href", page.site().page_url(member(registered, "name")) + "/" + percent_encode(member(action, "name"))}});
  }
  return actions;
}

} // namespace

Response grid_page(Page &page, const std::string &type) {
  const Json *entity = page.drawn_entity(type);
  if (entity == nullptr) {
    return page.not_found();
  }
  for (const Json &registered : page.surface().at("pages")) {
    if (registered.at("entity") == type) {
      return grid(page, *entity, member(registered, "title"), header_actions(page, registered));
    }
  }
  Json actions = Json::array();
  if (has(entity->at("actions"), "create")) {
    actions.push_back({{"label", "Create " + member(*entity, "label")}, {"href", page.site().list_url(type) + "/new"}});
  }
  return grid(page, *entity, member(*entity, "pluralLabel"), actions);
}

Response registered_grid_page(Page &page, const Json &registered) {
  const Json *entity = page.entity(member(registered, "entity"));
  if (entity == nullptr || !has(entity->at("actions"), "list")) {
    return page.not_found();
  }
  return grid(page, *entity, member(registered, "title"), header_actions(page, registered));
}

} // namespace host
