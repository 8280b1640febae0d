#include "sample-host/src/web/grid_filters.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "sample-host/src/catalogue/entities.h"
#include "sample-host/src/text.h"
#include "sample-host/src/times.h"
#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/statuses.h"
#include "sample-host/src/zones.h"

namespace host {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_found = 100; // records whose names fit; a page of the API

enum class Kind { text, number, day, yes_or_no, choice, record, none };

bool is_relationship(const Json &field) {
  return field.contains("types");
}

std::string parameter(const Json &field, const char *operation = "") {
  const std::string name = "filter[" + member(field, "name") + "]";
  return *operation == '\0' ? name : name + "[" + operation + "]";
}

bool is_lookup(const std::vector<const Json *> &types) {
  return types.size() == 1 && has(types.front()->at("traits"), "lookup");
}

Kind kind_of(Page &page, const Json &field) {
  if (!has(field.at("flags"), "filter") || has(field.at("flags"), "apiOnly")) {
    return Kind::none;
  }
  if (is_relationship(field)) {
    const auto types = found_types(page, field);
    return types.empty() ? Kind::none : is_lookup(types) ? Kind::choice : Kind::record;
  }
  const std::string type = member(field, "type");
  return type == "integer" || type == "decimal" ? Kind::number
         : type == "datetime"                   ? Kind::day
         : type == "boolean"                    ? Kind::yes_or_no
         : type == "object"                     ? Kind::none
                                                : Kind::text;
}

// Every field of the grid first, as its columns stand, then the others. Not those that the grid filters by itself.
std::vector<const Json *> filtered_fields(Page &page, const Json &entity, const GridState &state) {
  std::vector<const Json *> fields = grid_fields(entity);
  for (const char *group : {"attributes", "relationships"}) {
    for (const Json &field : entity.at(group)) {
      if (std::find(fields.begin(), fields.end(), &field) == fields.end()) {
        fields.push_back(&field);
      }
    }
  }
  fields.erase(std::remove_if(fields.begin(), fields.end(),
                              [&](const Json *field) {
                                return kind_of(page, *field) == Kind::none || state.is_settled(member(*field, "name"));
                              }),
               fields.end());
  return fields;
}

Json option(const std::string &value, const std::string &label, const std::string &chosen) {
  return {{"value", value}, {"label", label}, {"chosen", value == chosen}};
}

Json words_of_list(Page &page, const Json &type, const std::string &chosen) {
  Json options = Json::array();
  const Page::Reply reply =
      page.api("GET", "/" + percent_encode(member(type, "type")), write_fields({{"page[size]", "100"}}));
  if (reply.ok()) {
    for (const Json &document : reply.document->at("data")) {
      options.push_back(option(member(document, "id"), title_of(type, document), chosen));
    }
  }
  return options;
}

// Words of a list by what they are called: "active,closed" -> "Active, Closed".
std::string called(const Json &options, const std::string &value) {
  std::string text;
  for (const std::string &one : split(value, ',')) {
    const auto named =
        std::find_if(options.begin(), options.end(), [&](const Json &each) { return each.at("value") == one; });
    text += (text.empty() ? "" : ", ") + (named == options.end() ? one : member(*named, "label"));
  }
  return text;
}

// What is filtered for, as people read it on the screen; anything that cannot be as it stands.
std::string value_words(Page &page, const Json &field, const std::string &value) {
  const std::string &locale = page.visitor().actor.locale;
  const std::string type = member(field, "type");
  if (type == "boolean" && (value == "true" || value == "false")) {
    return value == "true" ? page.words("Yes") : page.words("No");
  }
  if (type == "datetime") {
    const auto day = begin_of_day(value, "UTC");
    const auto time = parse_time(value);
    return day ? display_day(*day, language_of(locale)) : time ? display_time(*time, language_of(locale)) : value;
  }
  return kind_of(page, field) == Kind::choice
             ? called(words_of_list(page, *found_types(page, field).front(), {}), value)
             : value;
}

std::string find_parameter(const Json &field) {
  return "find[" + member(field, "name") + "]";
}

// Which kind of record is looked for, where a relationship leads to several.
std::string type_parameter(const Json &field) {
  return find_parameter(field) + "[type]";
}

// All of them where none is chosen.
std::vector<const Json *> chosen_types(const Json &field, std::vector<const Json *> types, const GridState &state) {
  const std::string chosen = state.value(type_parameter(field));
  const auto found =
      std::find_if(types.begin(), types.end(), [&](const Json *type) { return member(*type, "type") == chosen; });
  return found == types.end() ? types : std::vector<const Json *>{*found};
}

Json control_of(Page &page, const Json &field, const GridState &state) {
  const Kind kind = kind_of(page, field);
  const std::string id = "filter-" + member(field, "name");
  Json control = {{"id", id}, {"label", member(field, "label")}, {"inputs", Json::array()}};
  const auto input = [&](const std::string &name, const char *type, const std::string &label) {
    const bool first = control["inputs"].empty();
    control["inputs"].push_back({{"id", first ? id : id + "-" + std::to_string(control["inputs"].size())},
                                 {"name", name},
                                 {"type", type},
                                 {"label", label},
                                 {"value", state.value(name)},
                                 {"shown", state.value(name)},
                                 {"select", false},
                                 {"kind", false},
                                 {"options", Json::array()}});
  };
  const auto select = [&](const std::string &name, Json options) {
    input(name, "", "");
    Json &added = control["inputs"].back();
    added["select"] = true;
    added["shown"] = called(options, state.value(name));
    added["options"] = std::move(options);
  };
  switch (kind) {
  case Kind::text:
    input(parameter(field, "contains"), "search", "");
    break;
  case Kind::number:
    input(parameter(field, "greaterOrEqual"), "number", page.words("from"));
    input(parameter(field, "lessOrEqual"), "number", page.words("to"));
    break;
  case Kind::day:
    input(parameter(field, "greaterOrEqual"), "date", page.words("from"));
    input(parameter(field, "lessOrEqual"), "date", page.words("to"));
    for (Json &day : control["inputs"]) {
      day["shown"] = value_words(page, field, member(day, "value"));
    }
    break;
  case Kind::yes_or_no: {
    const std::string chosen = state.value(parameter(field));
    select(parameter(field), {option("true", page.words("Yes"), chosen), option("false", page.words("No"), chosen)});
    break;
  }
  case Kind::choice:
    select(parameter(field), words_of_list(page, *found_types(page, field).front(), state.value(parameter(field))));
    break;
  case Kind::record: {
    const auto types = found_types(page, field);
    if (types.size() > 1) {
      const std::string chosen = state.value(type_parameter(field));
      Json kinds = Json::array();
      for (const Json *type : types) {
        kinds.push_back(option(member(*type, "type"), member(*type, "label"), chosen));
      }
      select(type_parameter(field), std::move(kinds));
      control["inputs"].back()["kind"] = true; // of what the next input finds
    }
    input(find_parameter(field), "search", "");
    break;
  }
  case Kind::none:
    break;
  }
  control["several"] = control["inputs"].size() > 1;
  return control;
}

// Ids of the records that are meant, with commas; empty: none is.
std::string ids_found(Page &page, const Json &type, const std::string &words) {
  std::string ids;
  const Page::Reply reply =
      page.api("GET", "/" + percent_encode(member(type, "type")),
               write_fields({{"filter[search]", words}, {"page[size]", std::to_string(most_found)}}));
  if (reply.ok()) {
    for (const Json &document : reply.document->at("data")) {
      ids += (ids.empty() ? "" : ",") + member(document, "id");
    }
  }
  return ids;
}

// A day as the API's time; anything else as it is: the API says what is wrong with it.
std::string moment_of(const std::string &name, const std::string &value, const std::string &zone) {
  const bool last = name.find("[lessOrEqual]") != std::string::npos;
  const auto time = last ? end_of_day(value, zone) : begin_of_day(value, zone);
  return time ? format_time(last ? *time - 1 : *time) : value;
}

// Statuses are looked for by what they are called on the screen.
void read_statuses(Page &page, const Json &field, Fields &query) {
  for (auto &[name, value] : query) {
    if (name == parameter(field, "contains")) {
      if (const std::string meant = meant_statuses(page.visitor().actor.locale, value); !meant.empty()) {
        name = parameter(field);
        value = meant;
      }
    }
  }
}

// What stands in the brackets behind the field: an operator, or a kind of record.
std::string qualifier_words(Page &page, const Json *field, const std::string &word, const std::string &value) {
  const bool of_time = field != nullptr && member(*field, "type") == "datetime";
  if (word == "exists") {
    return value == "false" ? page.words("not given") : page.words("given");
  }
  if (word == "contains") { // as the text fields of filters
    return {};
  }
  const Json *type = page.entity(word);
  return type != nullptr            ? member(*type, "label")
         : word == "not"            ? page.words("not")
         : word == "greater"        ? (of_time ? page.words("after") : page.words("more than"))
         : word == "greaterOrEqual" ? page.words("from")
         : word == "less"           ? (of_time ? page.words("before") : page.words("less than"))
         : word == "lessOrEqual"    ? page.words("to")
                                    : word;
}

} // namespace

std::string filter_words(Page &page, const Json &entity, std::string_view parameter, const std::string &value) {
  const std::vector<std::string> parts = split(parameter, '[');
  const std::string name = parts.size() < 2 ? std::string(parameter) : parts[1].substr(0, parts[1].find(']'));
  std::string text = name.empty() ? std::string(parameter) : name;
  const Json *field = nullptr;
  for (const char *group : {"attributes", "relationships"}) {
    for (const Json &one : entity.at(group)) {
      if (member(one, "name") == name) {
        field = &one;
        text = member(one, "label");
      }
    }
  }
  text += ":";
  bool says_all = false;
  for (std::size_t at = 2; at < parts.size(); ++at) {
    const std::string word = parts[at].substr(0, parts[at].find(']'));
    const std::string shown = qualifier_words(page, field, word, value);
    text += (shown.empty() ? "" : " ") + shown;
    says_all = says_all || word == "exists";
  }
  if (says_all || value.empty()) {
    return text;
  }
  return text + " " + (field == nullptr ? value : value_words(page, *field, value));
}

Json filter_controls(Page &page, const Json &entity, const GridState &state) {
  Json controls = Json::array();
  for (const Json *field : filtered_fields(page, entity, state)) {
    controls.push_back(control_of(page, *field, state));
  }
  return controls;
}

Json filter_chips(Page &page, const Json &entity, const Json &controls, const GridState &state) {
  Json chips = Json::array();
  std::set<std::string> drawn = {"filter[search]"};
  if (const std::string wanted = state.value("filter[search]"); !wanted.empty()) {
    chips.push_back(
        {{"text", page.words("Search: {words}", {{"words", wanted}})}, {"href", state.url_with("filter[search]", "")}});
  }
  for (const Json &control : controls) {
    std::string prefix = member(control, "label") + ": ";
    for (const Json &input : control.at("inputs")) {
      drawn.insert(member(input, "name"));
      const std::string shown = member(input, "shown");
      if (input.at("kind") == true) {
        prefix += shown + (shown.empty() ? "" : " ");
      } else if (!shown.empty()) {
        std::string text = prefix + member(input, "label");
        text += text.back() == ' ' ? "" : " ";
        text += shown;
        chips.push_back({{"text", text}, {"href", state.url_with(member(input, "name"), "")}});
      }
    }
  }
  for (const auto &[name, value] : state.fields()) {
    if (is_filter(name) && drawn.count(name) == 0) {
      chips.push_back({{"text", filter_words(page, entity, name, value)}, {"href", state.url_with(name, "")}});
    }
  }
  return chips;
}

std::optional<Fields> api_query(Page &page, const Json &entity, const GridState &state) {
  Fields query = state.always();
  for (const auto &[name, value] : state.fields()) {
    if (!is_find(name)) {
      query.emplace_back(name, value);
    }
  }
  const bool own = find_entity(member(entity, "type")) != nullptr; // the host's
  for (const Json *field : filtered_fields(page, entity, state)) {
    if (kind_of(page, *field) == Kind::day) {
      for (auto &[name, value] : query) {
        if (starts_with(name, parameter(*field) + "[")) {
          value = moment_of(name, value, page.visitor().actor.time_zone);
        }
      }
    }
    if (own && member(*field, "name") == "status") {
      read_statuses(page, *field, query);
    }
    if (kind_of(page, *field) != Kind::record) {
      continue;
    }
    const std::string words = state.value(find_parameter(*field));
    if (words.empty()) {
      continue;
    }
    const bool polymorphic = field->at("types").size() > 1;
    bool known = false;
    for (const Json *type : chosen_types(*field, found_types(page, *field), state)) {
      if (std::string ids = ids_found(page, *type, words); !ids.empty()) {
        query.emplace_back(polymorphic ? parameter(*field, member(*type, "type").c_str()) : parameter(*field),
                           std::move(ids));
        known = true;
      }
    }
    if (!known) {
      return std::nullopt;
    }
  }
  return query;
}

} // namespace host
