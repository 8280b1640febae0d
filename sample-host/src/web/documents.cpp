#include "sample-host/src/web/documents.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>
#include <unicode/numberformatter.h>

#include "sample-host/src/text.h"
#include "sample-host/src/times.h"
#include "sample-host/src/web/statuses.h"

namespace host {

using Json = nlohmann::json;

namespace {

bool is_relationship(const Json &field) {
  return field.contains("types");
}

Json empty_cell(const Json &field) {
  return {{"label", member(field, "label")},
          {"text", ""},
          {"plain", ""},
          {"href", ""},
          {"main", false},
          {"time", ""},
          {"badge", false},
          {"tone", ""},
          {"number", false},
          {"html", ""},
          {"long", false},
          {"edit", ""},
          {"empty", true}};
}

void show_attribute(Page &page, const Json &field, const Json &value, Json &cell) {
  const std::string type = member(field, "type");
  const std::string &locale = page.visitor().actor.locale;
  if (value.is_null()) {
    return;
  }
  cell["empty"] = false;
  if (type == "boolean") {
    cell["text"] = value == true ? page.words("Yes") : page.words("No");
  } else if (value.is_number()) {
    cell["text"] = cell["plain"] = value.dump();
    cell["number"] = true;
  } else if (value.is_string()) {
    const std::string text = value.get<std::string>();
    const auto time = type == "datetime" ? parse_time(text) : std::nullopt;
    cell["plain"] = text;
    cell["text"] = time                ? display_time(*time, language_of(locale))
                   : type == "decimal" ? shown_decimal(locale, text)
                                       : text;
    cell["time"] = time ? text : "";
    cell["number"] = type == "decimal" && !text.empty();
    cell["html"] = type == "html" ? text : "";
    cell["long"] = type == "text" || type == "markdown";
    if (field.at("name") == "status" && !text.empty()) {
      cell["badge"] = true;
      cell["text"] = shown_status(locale, text);
    }
    cell["tone"] = tone_of(text);
    cell["empty"] = text.empty();
  } else {
    cell["text"] = value.dump();
  }
}

// Lists of words are chosen from, records are found by what is searched.
bool can_be_found(const Json &entity) {
  const Json &attributes = entity.at("attributes");
  return has(entity.at("actions"), "list") &&
         (has(entity.at("traits"), "lookup") ||
          std::any_of(attributes.begin(), attributes.end(),
                      [](const Json &attribute) { return has(attribute.at("flags"), "search"); }));
}

bool leads_somewhere(Page &page, const Json &relationship) {
  for (const Json &type : relationship.at("types")) {
    if (page.entity(type.get_ref<const std::string &>()) != nullptr) {
      return true;
    }
  }
  return false;
}

// What the document itself calls the one that its relationship leads to; empty: nothing.
std::string own_label(const Json &document, const std::string &relationship) {
  const Json::json_pointer labels("/meta/labels");
  return document.contains(labels) ? member(document.at(labels), relationship.c_str()) : std::string();
}

// `label`: where it is gone, or the viewer may not see it.
void show_related(Page &page, const Json &ref, const Json &answer, std::string label, Json &cell) {
  const std::string type = member(ref, "type");
  const std::string id = member(ref, "id");
  const Json *entity = page.entity(type);
  const Json *document = included(answer, type, id);
  if (entity == nullptr || document == nullptr) {
    cell["empty"] = label.empty();
    cell["text"] = std::move(label);
    return;
  }
  const std::string title = title_of(*entity, *document);
  cell["text"] = title.empty() ? member(*entity, "label") + " " + id : title;
  cell["empty"] = false;
  if (has(entity->at("traits"), "lookup")) { // a word of a list, not a record to go to
    cell["badge"] = true;
    cell["tone"] = tone_of(id);
  } else if (page.draws(*entity) && has(entity->at("actions"), "get")) {
    cell["href"] = page.site().record_url(type, id);
  }
}

} // namespace

std::string shown_decimal(std::string_view locale, const std::string &number) {
  const auto point = number.find('.');
  const auto digits = point == std::string::npos ? 0 : number.size() - point - 1;
  UErrorCode status = U_ZERO_ERROR;
  std::string shown;
  icu::number::NumberFormatter::withLocale(icu::Locale(language_of(locale).c_str()))
      .precision(icu::number::Precision::fixedFraction(static_cast<std::int32_t>(digits)))
      .formatDecimal(number, status)
      .toString(status)
      .toUTF8String(shown);
  return U_SUCCESS(status) ? shown : number;
}

std::string tone_of(const std::string &status) {
  static const std::set<std::string> good = {"open", "active", "accepted", "sent", "quoted"};
  static const std::set<std::string> busy = {"processing", "shipped", "inactive"};
  static const std::set<std::string> bad = {"cancelled", "declined", "expired"};
  const std::string name = lower_ascii(status);
  return good.count(name) != 0 ? "good" : busy.count(name) != 0 ? "busy" : bad.count(name) != 0 ? "bad" : "calm";
}

void align_columns(Json &columns, const Json &rows) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i]["number"] = !rows.empty() && rows.front().at("cells").at(i).at("number") == true;
  }
}

std::string include_of(Page &page, const Json &entity, bool grid_only) {
  std::string include;
  for (const Json &relationship : entity.at("relationships")) {
    const Json &flags = relationship.at("flags");
    if (relationship.at("toMany") == false && !has(flags, "apiOnly") && !has(flags, "writeOnly") &&
        (!grid_only || has(flags, "grid")) && leads_somewhere(page, relationship)) {
      include += (include.empty() ? "" : ",") + member(relationship, "name");
    }
  }
  return include;
}

std::string title_field(const Json &entity) {
  for (const Json &attribute : entity.at("attributes")) {
    if (has(attribute.at("flags"), "title")) {
      return member(attribute, "name");
    }
  }
  return {};
}

std::string title_of(const Json &entity, const Json &document) {
  const std::string title = title_field(entity);
  if (title.empty()) {
    return member(entity, "label") + " " + member(document, "id");
  }
  const auto attributes = document.find("attributes");
  return attributes == document.end() ? std::string() : member(*attributes, title.c_str());
}

std::vector<const Json *> grid_fields(const Json &entity) {
  std::vector<const Json *> titles;
  std::vector<const Json *> others;
  for (const Json &attribute : entity.at("attributes")) {
    const Json &flags = attribute.at("flags");
    if (has(flags, "grid") && attribute.at("type") != "object") {
      (has(flags, "title") ? titles : others).push_back(&attribute);
    }
  }
  for (const Json &relationship : entity.at("relationships")) {
    if (has(relationship.at("flags"), "grid") && relationship.at("toMany") == false) {
      titles.push_back(&relationship);
    }
  }
  titles.insert(titles.end(), others.begin(), others.end());
  const auto columns = split(member(entity, "columns"), ',');
  const auto place = [&](const Json *grid_field) { // what the descriptor leaves out stands behind
    return std::find(columns.begin(), columns.end(), member(*grid_field, "name"));
  };
  std::stable_sort(titles.begin(), titles.end(),
                   [&](const Json *left, const Json *right) { return place(left) < place(right); });
  return titles;
}

std::vector<const Json *> found_types(Page &page, const Json &relationship) {
  std::vector<const Json *> types;
  for (const Json &type : relationship.at("types")) {
    const Json *entity = page.entity(type.get_ref<const std::string &>());
    if (entity != nullptr && can_be_found(*entity)) {
      types.push_back(entity);
    }
  }
  return types;
}

Json cell_of(Page &page, const Json &field, const Json &document, const Json &answer) {
  Json cell = empty_cell(field);
  const char *group = is_relationship(field) ? "relationships" : "attributes";
  const auto members = document.find(group);
  const auto value = members == document.end() ? Json::const_iterator() : members->find(member(field, "name"));
  if (members == document.end() || value == members->end()) {
    return cell;
  }
  if (!is_relationship(field)) {
    show_attribute(page, field, *value, cell);
  } else if (const auto data = value->find("data"); data != value->end() && data->is_object()) {
    show_related(page, *data, answer, own_label(document, member(field, "name")), cell);
  }
  return cell;
}

const Json *included(const Json &answer, const std::string &type, const std::string &id) {
  if (const auto list = answer.find("included"); list != answer.end()) {
    for (const Json &document : *list) {
      if (document.at("type") == type && document.at("id") == id) {
        return &document;
      }
    }
  }
  return nullptr;
}

std::string linked(const Json &answer, const std::string &link, std::string_view parameter) {
  const Json::json_pointer pointer(Json::json_pointer("/links") / link);
  const std::string address =
      answer.contains(pointer) && answer.at(pointer).is_string() ? answer.at(pointer).get<std::string>() : "";
  const auto question = address.find('?');
  return question == std::string::npos
             ? std::string()
             : field(parse_fields(std::string_view(address).substr(question + 1)).value_or(Fields()), parameter);
}

bool can(const Json &document, const std::string &action) {
  const Json::json_pointer pointer(Json::json_pointer("/meta/can") / action);
  return document.contains(pointer) && document.at(pointer) == true;
}

std::vector<const Json *> record_actions(Page &page, const Json &document, std::string_view placement) {
  std::vector<const Json *> offered;
  const Json &by_type = page.surface().at("recordActions");
  if (const auto actions = by_type.find(member(document, "type")); actions != by_type.end()) {
    for (const Json &action : *actions) {
      const std::string needed = member(action, "can");
      if (action.at("placement") == placement && (needed.empty() || can(document, needed))) {
        offered.push_back(&action);
      }
    }
  }
  return offered;
}

} // namespace host
