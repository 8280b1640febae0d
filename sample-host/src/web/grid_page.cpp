#include <algorithm>

#include <nlohmann/json.hpp>

#include "sample-host/src/catalogue/settings.h"
#include "sample-host/src/text.h"
#include "sample-host/src/web/assets.h"
#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/grid_columns.h"
#include "sample-host/src/web/grid_editing.h"
#include "sample-host/src/web/grid_filters.h"
#include "sample-host/src/web/pages.h"

namespace host {
namespace {

using Json = nlohmann::json;

using Columns = std::vector<const Json *>;

Json columns_of(const Json &entity, const Columns &shown, const GridState &state) {
  const std::string chosen = state.value("sort");
  const bool by_relevance = chosen.empty() && !state.value("filter[search]").empty(); // the order of no column
  const std::string sort = chosen.empty() && !by_relevance ? member(entity, "defaultSort") : chosen;
  Json columns = Json::array();
  for (const Json *grid_field : shown) {
    const std::string name = member(*grid_field, "name");
    const bool ascending = sort == name;
    const bool descending = sort == "-" + name;
    const bool sortable = has(grid_field->at("flags"), "sort");
    columns.push_back({{"label", member(*grid_field, "label")},
                       {"href", sortable ? state.url_with("sort", ascending ? "-" + name : name) : ""},
                       {"sorted", ascending    ? "ascending"
                                  : descending ? "descending"
                                               : ""},
                       {"mark", ascending    ? "▲"
                                : descending ? "▼"
                                             : ""}});
  }
  return columns;
}

// What one can do with a row, where it is.
// back: the list as it is shown now.
Json row_actions(Page &page, const Json &entity, const Json &document, const std::string &back) {
  const std::string url = page.site().record_url(member(entity, "type"), member(document, "id"));
  Json actions = Json::array();
  const auto add = [&](const std::string &label, const std::string &href) {
    actions.push_back({{"label", label}, {"href", href}});
  };
  if (has(entity.at("actions"), "get")) {
    add(page.words("View"), url);
  }
  if (has(entity.at("actions"), "update") && can(document, "update")) {
    add(page.words("Edit"), url + "/edit?" + write_fields({{"back", back}}));
  }
  for (const Json *action : record_actions(page, document, "row")) {
    std::string href = url;
    href += member(*action, "element").empty() ? "#" : "/actions/";
    href += percent_encode(member(*action, "name"));
    add(member(*action, "label"), href);
  }
  if (has(entity.at("actions"), "delete") && can(document, "delete")) {
    add(page.words("Delete"), url + "/delete?" + write_fields({{"back", back}}));
  }
  return actions;
}

// Why it cannot be chosen for what is done to many; empty: it can.
std::string kept_because(const Page &page, const Json &entity, const Json &document) {
  if (has(entity.at("actions"), "delete") && can(document, "delete")) {
    return {};
  }
  const Json::json_pointer reason("/meta/can/delete");
  return document.contains(reason) && document.at(reason).is_string() ? document.at(reason).get<std::string>()
                                                                      : page.words("This cannot be deleted.");
}

// Whether the row stands out, and why: "Unread".
std::string highlight_of(const Json &entity, const Json &document) {
  for (const Json &attribute : entity.at("attributes")) {
    if (has(attribute.at("flags"), "highlight")) {
      const auto attributes = document.find("attributes");
      const bool stands_out =
          attributes != document.end() && attributes->value(member(attribute, "name"), Json()) == true;
      return stands_out ? member(attribute, "label") : std::string();
    }
  }
  return {};
}

// `edited`: fields by name; see edited_fields.
Json rows_of(Page &page, const Json &entity, const Columns &shown, const Json &edited, const Json &answer,
             const std::string &back) {
  const std::string type = member(entity, "type");
  const bool has_page = has(entity.at("actions"), "get");
  Json rows = Json::array();
  for (const Json &document : answer.at("data")) {
    Json cells = Json::array();
    const bool editable = has(entity.at("actions"), "update") && can(document, "update");
    for (const Json *grid_field : shown) {
      Json cell = cell_of(page, *grid_field, document, answer);
      const std::string name = member(*grid_field, "name");
      cell["edit"] = editable && edited.contains(name) ? name : std::string();
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
    const std::string id = member(document, "id");
    const std::string title = title_of(entity, document);
    Json actions = row_actions(page, entity, document, back);
    const std::string kept = kept_because(page, entity, document);
    rows.push_back({{"id", id},
                    {"title", title.empty() ? member(entity, "label") + " " + id : title},
                    {"highlight", highlight_of(entity, document)},
                    {"cells", std::move(cells)},
                    {"hasActions", !actions.empty()},
                    {"actions", std::move(actions)},
                    {"kept", kept},
                    {"deletable", kept.empty()}});
  }
  return rows;
}

bool is_searchable(const Json &entity) {
  const Json &attributes = entity.at("attributes");
  return std::any_of(attributes.begin(), attributes.end(),
                     [](const Json &attribute) { return has(attribute.at("flags"), "search"); });
}

// What the visitor chose, else what was set, else what the entity asks for.
std::string page_size_of(Page &page, const Json &entity, const GridState &state) {
  const std::string chosen = state.value("page[size]");
  const std::string set = chosen.empty() ? page.setting(rows_per_page) : chosen;
  return chosen.empty() && parse_id(set).value_or(0) <= 0 ? entity.at("defaultPageSize").dump() : set;
}

Json sizes_of(Page &page, const Json &entity, const GridState &state) {
  const std::string current = page_size_of(page, entity, state);
  Json sizes = Json::array();
  for (const char *one : {"10", "25", "50", "100"}) {
    sizes.push_back({{"size", one}, {"href", state.url_with("page[size]", one)}, {"current", current == one}});
  }
  return sizes;
}

Json pager_of(Page &page, const Json &entity, const GridState &state, const Json &answer) {
  const auto address_of = [&](const char *link) {
    const auto number = parse_id(linked(answer, link, "page[number]"));
    return number ? state.url_of_page(*number) : std::string();
  };
  const std::string next = address_of("next");
  const Json::json_pointer total("/meta/page/total");
  return {{"previous", address_of("prev")},
          {"next", next},
          {"several", state.page() > 1 || !next.empty()},
          {"number", std::to_string(state.page())},
          {"sizes", sizes_of(page, entity, state)},
          {"total", answer.contains(total) ? answer.at(total).dump() : ""}};
}

// What a form that changes one thing of the address must not lose.
Json kept_fields(const GridState &state, bool filters) {
  Json kept = Json::array();
  for (const auto &[name, value] : state.fields()) {
    const bool filter = is_filter(name) || is_find(name);
    if (name != "filter[search]" && (filters || !filter)) {
      kept.push_back({{"name", name}, {"value", value}});
    }
  }
  return kept;
}

// What is shown, as a file: filtered and sorted as it is.
std::string export_url(Page &page, const Json &entity, const GridState &state, const std::string &registered) {
  Fields query;
  for (const auto &[name, value] : state.fields()) {
    if (name != "page[size]") {
      query.emplace_back(name, value);
    }
  }
  if (!state.always().empty()) {
    query.emplace_back("page", registered);
  }
  return page.site().list_url(member(entity, "type")) + "/export" + (query.empty() ? "" : "?" + write_fields(query));
}

// No rows: a name was looked for that nobody has.
Page::Reply no_rows() {
  return {200, std::make_unique<Json>(Json{{"data", Json::array()}, {"meta", {{"page", {{"total", 0}}}}}})};
}

Page::Reply ask_api(Page &page, const Json &entity, const GridState &state) {
  auto query = api_query(page, entity, state);
  if (!query) {
    return no_rows();
  }
  query->emplace_back("page[number]", std::to_string(state.page()));
  if (state.value("page[size]").empty()) {
    query->emplace_back("page[size]", page_size_of(page, entity, state));
  }
  if (const std::string include = include_of(page, entity, true); !include.empty()) {
    query->emplace_back("include", include);
  }
  return page.api("GET", "/" + percent_encode(member(entity, "type")), write_fields(*query));
}

// A filter that the API does not understand is said where the filters are, and the others stay. What the API says of it is
// for developers.
std::string complaint_of(Page &page, const Json &entity, const GridState &state, const Page::Reply &reply) {
  const Json::json_pointer parameter("/source/parameter");
  std::string complaint;
  for (const Json &error : reply.document->value("errors", Json::array())) {
    const std::string part = error.contains(parameter) ? error.at(parameter).get<std::string>() : std::string();
    complaint += complaint.empty() ? "" : " ";
    complaint += is_filter(part)
                     ? page.words("The filter \"{filter}\" cannot be used here.",
                                  {{"filter", filter_words(page, entity, part, state.value(part))}})
                     : page.words("\"{part}\" in the address of this list cannot be used.", {{"part", part}});
  }
  return complaint;
}

// `registered`: the page that asks for it; null: the entity's own grid.
Response grid(Page &page, const Json &entity, const std::string &title, const Json &actions,
              const Json &registered = {}) {
  const GridState state(page.request(), registered.is_null() ? std::string() : member(registered, "query"));
  Page::Reply reply = ask_api(page, entity, state);
  std::string complaint;
  if (reply.status == 400) {
    complaint = complaint_of(page, entity, state, reply);
    reply = no_rows();
  }
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const Columns shown = shown_columns(page, entity);
  Json columns = columns_of(entity, shown, state);
  const Json edited = edited_fields(page, entity);
  Json rows = rows_of(page, entity, shown, edited, *reply.document, state.url_of_page(state.page()));
  align_columns(columns, rows);
  const bool nothing_there = !state.filtered() && state.page() == 1 && rows.empty() && complaint.empty();
  const bool deletable =
      std::any_of(rows.begin(), rows.end(), [](const Json &row) { return row.at("deletable") == true; });
  const bool all_deletable =
      std::all_of(rows.begin(), rows.end(), [](const Json &row) { return row.at("deletable") == true; });
  const bool with_actions =
      std::any_of(rows.begin(), rows.end(), [](const Json &row) { return row.at("hasActions") == true; });
  Json filters = filter_controls(page, entity, state);
  Json chips = filter_chips(page, entity, filters, state);
  const std::string list = page.site().list_url(member(entity, "type"));
  const int status = complaint.empty() ? 200 : 400;
  return page.show(
      title, "grid",
      {{"title", title},
       {"headActions", actions},
       {"tools", !nothing_there},
       {"searchable", is_searchable(entity)},
       {"nothing", nothing_there ? page.words("There are no {records}.",
                                              {{"records", label_in_a_sentence(page.visitor().actor.locale,
                                                                               member(entity, "pluralLabel"))}})
                                 : page.words("Nothing found.")},
       {"complaint", complaint},
       {"search", state.value("filter[search]")},
       {"path", state.path()},
       {"back", state.url_of_page(state.page())},
       {"kept", kept_fields(state, true)},
       {"keptBesideFilters", kept_fields(state, false)},
       {"filters", std::move(filters)},
       {"hasChips", !chips.empty()},
       {"chips", std::move(chips)},
       {"unfiltered", state.url_unfiltered()},
       {"choices", column_choices(page, entity)},
       {"export",
        rows.empty() ? "" : export_url(page, entity, state, registered.is_null() ? "" : member(registered, "name"))},
       {"chooseColumns", list + "/columns"},
       {"selectable", deletable},
       {"allRows", all_deletable ? page.words("All rows of this page") : page.words("All rows that can be deleted")},
       {"rowActions", with_actions},
       {"deleteRows", list + "/delete"},
       {"editing", edited.empty() ? "" : editing_of(page, entity, edited)},
       {"gridScript", host_asset_url("grid.js")},
       {"caption", title},
       {"columns", std::move(columns)},
       {"hasRows", !rows.empty()},
       {"rows", std::move(rows)},
       {"pager", pager_of(page, entity, state, *reply.document)}},
      status);
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
    if (registered.at("entity") == type && member(registered, "query").empty()) {
      return grid(page, *entity, member(registered, "title"), header_actions(page, registered));
    }
  }
  Json actions = Json::array();
  if (has(entity->at("actions"), "create")) {
    actions.push_back({{"label", page.words("Create {record}", {{"record", member(*entity, "label")}})},
                       {"href", page.site().list_url(type) + "/new"}});
  }
  return grid(page, *entity, member(*entity, "pluralLabel"), actions);
}

Response registered_grid_page(Page &page, const Json &registered) {
  const Json *entity = page.entity(member(registered, "entity"));
  if (entity == nullptr || !has(entity->at("actions"), "list")) {
    return page.not_found();
  }
  return grid(page, *entity, member(registered, "title"), header_actions(page, registered), registered);
}

} // namespace host
