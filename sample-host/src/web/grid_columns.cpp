#include "sample-host/src/web/grid_columns.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/pages.h"

namespace host {
namespace {

using Json = nlohmann::json;

std::string preference_of(const Json &entity) {
  return "hidden-columns." + member(entity, "type");
}

std::vector<std::string> hidden_columns(Page &page, const Json &entity) {
  return split(page.preference(preference_of(entity)), ',');
}

bool may_hide(const Json &field) {
  return !has(field.at("flags"), "title");
}

bool is_hidden(const std::vector<std::string> &hidden, const Json &field) {
  return may_hide(field) && std::find(hidden.begin(), hidden.end(), member(field, "name")) != hidden.end();
}

} // namespace

std::vector<const Json *> shown_columns(Page &page, const Json &entity) {
  const auto hidden = hidden_columns(page, entity);
  std::vector<const Json *> fields = grid_fields(entity);
  fields.erase(
      std::remove_if(fields.begin(), fields.end(), [&](const Json *field) { return is_hidden(hidden, *field); }),
      fields.end());
  return fields;
}

Json column_choices(Page &page, const Json &entity) {
  const auto hidden = hidden_columns(page, entity);
  Json choices = Json::array();
  for (const Json *field : grid_fields(entity)) {
    if (may_hide(*field)) {
      choices.push_back({{"name", member(*field, "name")},
                         {"label", member(*field, "label")},
                         {"shown", !is_hidden(hidden, *field)}});
    }
  }
  return choices;
}

Response choose_columns(Page &page, const std::string &type, const Fields &form) {
  const Json *entity = page.drawn_entity(type);
  if (entity == nullptr) {
    return page.not_found();
  }
  std::string hidden;
  for (const Json *column : grid_fields(*entity)) {
    const std::string name = member(*column, "name");
    const bool wanted = std::any_of(form.begin(), form.end(),
                                    [&](const auto &one) { return one.first == "column" && one.second == name; });
    if (may_hide(*column) && !wanted) {
      hidden += (hidden.empty() ? "" : ",") + name;
    }
  }
  page.prefer(preference_of(*entity), hidden);
  return page.go(page.site().own_address(field(form, "back")), page.words("Columns have been chosen"));
}

} // namespace host
