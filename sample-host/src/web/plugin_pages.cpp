// Pages that plugins registered: a grid of an entity, or a custom element with the page to itself.
#include <nlohmann/json.hpp>

#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/pages.h"

namespace host {
namespace {

using Json = nlohmann::json;

const Json *find_named(const Json &list, const std::string &name) {
  for (const Json &entry : list) {
    if (entry.at("name") == name) {
      return &entry;
    }
  }
  return nullptr;
}

} // namespace

Response registered_page(Page &page, const std::string &name) {
  const Json *registered = page.find("pages", name);
  if (registered == nullptr) {
    return page.not_found();
  }
  if (!member(*registered, "entity").empty()) {
    return registered_grid_page(page, *registered);
  }
  const std::string url = page.site().page_url(name);
  Json actions = Json::array();
  for (const Json &action : registered->at("actions")) {
    actions.push_back(
        {{"label", member(action, "label")}, {"href", url + "/" + percent_encode(member(action, "name"))}});
  }
  const std::string title = member(*registered, "title");
  return page.show(
      title, "element",
      {{"title", title},
       {"back", ""},
       {"actions", actions},
       {"element", page.element(member(*registered, "element"), member(*registered, "plugin"), {"", "", url, ""})}});
}

Response header_action_page(Page &page, const std::string &name, const std::string &action_name) {
  const Json *registered = page.find("pages", name);
  const Json *action = registered == nullptr ? nullptr : find_named(registered->at("actions"), action_name);
  if (action == nullptr) {
    return page.not_found();
  }
  const std::string back = page.site().page_url(name);
  const std::string title = member(*action, "label");
  return page.show(
      title, "element",
      {{"title", title},
       {"back", back},
       {"backLabel", member(*registered, "title")},
       {"actions", Json::array()},
       {"element", page.element(member(*action, "element"), member(*action, "plugin"), {"", "", back, ""})}});
}

Response record_action_page(Page &page, const std::string &type, const std::string &id,
                            const std::string &action_name) {
  const Json *entity = page.entity(type);
  const Json &by_type = page.surface().at("recordActions");
  const auto actions = by_type.find(type);
  const Json *action = actions == by_type.end() ? nullptr : find_named(*actions, action_name);
  if (entity == nullptr || action == nullptr || member(*action, "element").empty()) {
    return page.not_found();
  }
  const Page::Reply reply = page.api("GET", "/" + percent_encode(type) + "/" + percent_encode(id));
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const std::string needed = member(*action, "can");
  if (!needed.empty() && !can(reply.document->at("data"), needed)) {
    return page.not_found();
  }
  const std::string back = page.site().record_url(type, id);
  const std::string title = member(*action, "label");
  return page.show(
      title, "element",
      {{"title", title},
       {"back", back},
       {"backLabel", title_of(*entity, reply.document->at("data"))},
       {"actions", Json::array()},
       {"element", page.element(member(*action, "element"), member(*action, "plugin"), {type, id, back, ""})}});
}

} // namespace host
