#include <nlohmann/json.hpp>

#include "sample-host/src/text.h"
#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/pages.h"

namespace host {
namespace {

using Json = nlohmann::json;

std::string api_path(const std::string &type, const std::string &id) {
  return "/" + percent_encode(type) + "/" + percent_encode(id);
}

// Columns of the host's own line items, which have names alone.
[[maybe_unused]] constexpr const char *line_items[] = {word("Name"), word("Price"), word("Quantity"), word("SKU"),
                                                       word("Total")};

// "quantity" -> "Quantity", "sku" -> "SKU"
std::string column_label(std::string name) {
  const std::size_t capitals = name.size() <= 3 ? name.size() : 1;
  for (std::size_t i = 0; i < capitals; ++i) {
    name[i] = static_cast<char>(name[i] >= 'a' && name[i] <= 'z' ? name[i] - 'a' + 'A' : name[i]);
  }
  return name;
}

// An array of objects as a table: the line items of an order.
Json sub_table(Page &page, const Json &attribute, const Json &value) {
  Json columns = Json::array();
  Json rows = Json::array();
  for (const Json &item : value) {
    Json cells = Json::array();
    for (const auto &[name, content] : item.items()) {
      const std::string label = page.words(column_label(name));
      if (rows.empty()) {
        columns.push_back({{"label", label}, {"href", ""}, {"sorted", ""}, {"mark", ""}});
      }
      const bool amount = content.is_number() || name == "price" || name == "total";
      const std::string text = content.is_string() ? content.get<std::string>() : content.dump();
      cells.push_back({{"label", label},
                       {"text", amount ? shown_decimal(page.visitor().actor.locale, text) : text},
                       {"href", ""},
                       {"main", false},
                       {"time", ""},
                       {"badge", false},
                       {"number", amount},
                       {"empty", false}});
    }
    rows.push_back({{"cells", cells}});
  }
  align_columns(columns, rows);
  return {{"title", member(attribute, "label")},
          {"caption", member(attribute, "label")},
          {"columns", columns},
          {"rows", rows}};
}

bool on_generic_screens(const Json &field) {
  return !has(field.at("flags"), "apiOnly") && !has(field.at("flags"), "writeOnly");
}

void add_facts(Page &page, const Json &entity, const Json &answer, Json &model) {
  const Json &document = answer.at("data");
  Json facts = Json::array();
  Json tables = Json::array();
  for (const Json &attribute : entity.at("attributes")) {
    if (!on_generic_screens(attribute) || has(attribute.at("flags"), "title")) {
      continue;
    }
    if (attribute.at("type") != "object") {
      facts.push_back(cell_of(page, attribute, document, answer));
      continue;
    }
    const Json::json_pointer at("/attributes/" + member(attribute, "name"));
    if (document.contains(at) && document.at(at).is_array() && !document.at(at).empty() &&
        document.at(at).front().is_object()) {
      tables.push_back(sub_table(page, attribute, document.at(at)));
    }
  }
  for (const Json &relationship : entity.at("relationships")) {
    if (on_generic_screens(relationship) && relationship.at("toMany") == false) {
      facts.push_back(cell_of(page, relationship, document, answer));
    }
  }
  model["facts"] = std::move(facts);
  model["tables"] = std::move(tables);
}

void add_record_actions(Page &page, const Json &document, Json &model) {
  Json menu = Json::array();
  Json inline_elements = Json::array();
  const std::string type = member(document, "type");
  const std::string id = member(document, "id");
  const std::string url = page.site().record_url(type, id);
  for (const Json *action : record_actions(page, document, "inline")) {
    inline_elements.push_back({{"html", page.element(member(*action, "element"), member(*action, "plugin"),
                                                     {type, id, url, member(*action, "label")})}});
  }
  for (const Json *action : record_actions(page, document, "menu")) {
    menu.push_back(
        {{"label", member(*action, "label")}, {"href", url + "/actions/" + percent_encode(member(*action, "name"))}});
  }
  model["hasMenu"] = !menu.empty();
  model["menu"] = std::move(menu);
  model["inline"] = std::move(inline_elements);
}

void add_panels(Page &page, const std::string &type, const std::string &id, Json &model) {
  Json panels = Json::array();
  const Json &by_type = page.surface().at("panels");
  if (const auto found = by_type.find(type); found != by_type.end()) {
    for (const Json &panel : *found) {
      panels.push_back({{"name", member(panel, "name")},
                        {"title", member(panel, "title")},
                        {"first", panels.empty()},
                        {"html", page.element(member(panel, "element"), member(panel, "plugin"),
                                              {type, id, page.site().record_url(type, id), member(panel, "title")})}});
    }
  }
  model["hasPanels"] = !panels.empty();
  model["panels"] = std::move(panels);
}

const Json *workflow_of(Page &page, const std::string &type) {
  for (const Json &workflow : page.surface().at("workflows")) {
    if (workflow.at("entity") == type && workflow.at("active") == true) {
      return &workflow;
    }
  }
  return nullptr;
}

// The step, and what can be done in it, where the entity draws no page of its own.
void add_workflow(Page &page, const std::string &type, const std::string &id, Json &model) {
  model["step"] = "";
  model["transitions"] = Json::array();
  const Json *workflow = workflow_of(page, type);
  if (workflow == nullptr) {
    return;
  }
  const Page::Reply reply = page.api("GET", api_path(type, id) + "/transitions");
  if (!reply.ok() || !reply.document->contains("meta")) {
    return;
  }
  const Json &meta = reply.document->at("meta");
  for (const Json &step : workflow->at("steps")) {
    if (step.at("name") == member(meta, "step")) {
      model["step"] = member(step, "label");
    }
  }
  if (workflow->at("mayPerform") != true || !meta.contains("transitions")) {
    return;
  }
  for (const Json &transition : meta.at("transitions")) {
    model["transitions"].push_back(
        {{"label", member(transition, "label")},
         {"action", page.site().record_url(type, id) + "/transitions/" + percent_encode(member(transition, "name"))}});
  }
}

// "Order ORD-1001", but "Amanda Cole" and "Fix the printer": the kind stands before numbers only.
std::string heading_of(const Json &entity, const std::string &title) {
  const bool is_number = title.find(' ') == std::string::npos && title.find('-') != std::string::npos;
  return is_number ? member(entity, "label") + " " + title : title;
}

} // namespace

Response record_page(Page &page, const std::string &type, const std::string &id) {
  const Json *entity = page.drawn_entity(type);
  if (entity == nullptr || !has(entity->at("actions"), "get")) {
    return page.not_found();
  }
  const std::string include = include_of(page, *entity, false);
  const Page::Reply reply =
      page.api("GET", api_path(type, id), include.empty() ? "" : write_fields({{"include", include}}));
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const Json &document = reply.document->at("data");
  const std::string title = title_of(*entity, document);
  const std::string heading = heading_of(*entity, title.empty() ? member(*entity, "label") + " " + id : title);
  const std::string url = page.site().record_url(type, id);
  const std::string view_element = member(*entity, "viewElement");
  const bool may_update = has(entity->at("actions"), "update") && can(document, "update");
  const bool may_delete = has(entity->at("actions"), "delete") && can(document, "delete");

  Json model = {{"title", heading},
                {"recordType", type},
                {"recordId", id},
                {"listLabel", member(*entity, "pluralLabel")},
                {"listUrl", page.site().list_url(type)},
                {"element", ""},
                {"edit", may_update ? url + "/edit" : ""},
                {"delete", may_delete ? url + "/delete" : ""},
                {"step", ""},
                {"transitions", Json::array()},
                {"facts", Json::array()},
                {"tables", Json::array()},
                {"kind", member(*entity, "label")}};
  if (view_element.empty()) {
    add_facts(page, *entity, *reply.document, model);
    add_workflow(page, type, id, model);
  } else {
    model["element"] = page.element(view_element, member(*entity, "plugin"), {type, id, url, ""});
  }
  model["hasFacts"] = !model.at("facts").empty();
  add_record_actions(page, document, model);
  add_panels(page, type, id, model);
  return page.show(heading, "record", std::move(model));
}

Response delete_page(Page &page, const std::string &type, const std::string &id) {
  const Json *entity = page.drawn_entity(type);
  if (entity == nullptr || !has(entity->at("actions"), "delete")) {
    return page.not_found();
  }
  const Page::Reply reply = page.api("GET", api_path(type, id));
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const std::string title = title_of(*entity, reply.document->at("data"));
  const std::string kind = label_in_a_sentence(page.visitor().actor.locale, member(*entity, "label"));
  const std::string question = title.empty()
                                   ? page.words("Delete {kind} {id}?", {{"kind", kind}, {"id", id}})
                                   : page.words("Delete {kind} “{title}”?", {{"kind", kind}, {"title", title}});
  return page.show(
      question, "delete",
      {{"title", question},
       {"cancel", page.back_to(page.site().record_url(type, id))},
       {"action", page.request().path + (page.request().query.empty() ? "" : "?" + page.request().query)}});
}

Response delete_record(Page &page, const std::string &type, const std::string &id) {
  const Json *entity = page.drawn_entity(type);
  if (entity == nullptr || !has(entity->at("actions"), "delete")) {
    return page.not_found();
  }
  const Page::Reply reply = page.api("DELETE", api_path(type, id));
  if (!reply.ok()) {
    return page.failure(reply);
  }
  return page.go(page.back_to(page.site().list_url(type)),
                 page.words("{record} deleted", {{"record", member(*entity, "label")}}));
}

Response perform_transition(Page &page, const std::string &type, const std::string &id, const std::string &transition) {
  const Page::Reply reply = page.api("POST", api_path(type, id) + "/transitions/" + percent_encode(transition));
  const std::string url = page.site().record_url(type, id);
  if (reply.status == 409) { // somebody was faster: the page shows how it stands now
    return page.go(url, reply.first_detail());
  }
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const Json *entity = page.entity(type);
  const std::string label = entity != nullptr ? member(*entity, "label") : page.words("Record");
  return page.go(url, page.words("{record} has been saved", {{"record", label}}));
}

} // namespace host
