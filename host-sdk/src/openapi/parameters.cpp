#include "host-sdk/src/openapi/parameters.hpp"

#include "host-sdk/src/openapi/schemas.hpp"
#include "host-sdk/src/registry/filter_rules.hpp"

#include <algorithm>
#include <set>

namespace parley::host::openapi {
namespace {

constexpr int most_page = 1000000000;

// Several values in one, separated by commas.
Json list_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

Json parameter_object(const std::string &name, const char *in, const std::string &description, Json schema) {
  Json parameter{{"name", name}, {"in", in}, {"description", description}};
  if (schema.value("type", Json()) == "array") {
    parameter["style"] = "form";
    parameter["explode"] = false;
  }
  parameter["schema"] = std::move(schema);
  return parameter;
}

} // namespace

const Entity *Parameters::readable(std::string_view type) const {
  const auto found =
      std::find_if(readable_.begin(), readable_.end(), [&](const Entity *entity) { return entity->type == type; });
  return found == readable_.end() ? nullptr : *found;
}

Json Parameters::path(const std::string &name, const std::string &description) {
  return {{"name", name},
          {"in", "path"},
          {"required", true},
          {"description", description},
          {"schema", {{"type", "string"}}}};
}

Json Parameters::path_choice(const std::string &name, const std::string &description,
                             const std::vector<std::string> &choices) {
  Json parameter = path(name, description);
  parameter["schema"]["enum"] = choices;
  return parameter;
}

void Parameters::add(const std::string &component, const std::string &name, const std::string &description, Json schema,
                     Json &to, const char *in) {
  Json reference =
      components_.parameter(component, [&] { return parameter_object(name, in, description, std::move(schema)); });
  if (std::find(to.begin(), to.end(), reference) == to.end()) {
    to.push_back(std::move(reference));
  }
}

void Parameters::filter(const Entity &entity, const std::vector<std::string> &path, const std::string &description,
                        Json schema, Json &to) {
  std::string component = entity.type + ".filter";
  std::string name = "filter";
  for (const auto &step : path) {
    component += "." + step;
    name += "[" + step + "]";
  }
  add(component, name, description, std::move(schema), to);
}

void Parameters::attribute_filters(const Entity &entity, const Attribute &attribute, Json &to) {
  const std::string label = attribute.label.in("en");
  const bool one = (attribute.filter_operators & PARLEY_FILTER_ONE_VALUE) != 0;
  const Json value = Schemas::value(attribute);
  for (const auto &rule : all_filter_operators) {
    if (!rule.among(attribute.filter_operators)) {
      continue;
    }
    std::vector<std::string> path{attribute.name};
    if (!rule.word.empty()) {
      path.emplace_back(rule.word);
    }
    const Json schema = rule.operation == PARLEY_FILTER_EXISTS ? Json{{"type", "boolean"}}
                        : rule.several && !one                 ? list_of(value)
                                                               : value;
    filter(entity, path, label + " " + std::string(rule.phrase) + ".", schema, to);
  }
}

void Parameters::relationship_filters(const Entity &entity, const Relationship &relationship, Json &to) {
  const std::string label = relationship.label.in("en");
  const bool one = (relationship.filter_operators & PARLEY_FILTER_ONE_VALUE) != 0;
  const Json ids = one ? Schemas::text() : list_of(Schemas::text());
  const auto of_type = [&](const std::string &type) {
    for (const auto &rule : all_filter_operators) {
      if (!rule.several || !rule.among(relationship.filter_operators)) {
        continue;
      }
      std::vector<std::string> path{relationship.name};
      for (const auto &step : {type, std::string(rule.word)}) {
        if (!step.empty()) {
          path.push_back(step);
        }
      }
      std::string description = label + " ";
      description += rule.phrase;
      description += type.empty() ? " (ids)." : " (ids of " + type + ").";
      filter(entity, path, description, ids, to);
    }
  };
  if (relationship.polymorphic()) {
    for (const auto &type : relationship.types) {
      of_type(type);
    }
  } else {
    of_type({});
  }
  if ((relationship.filter_operators & PARLEY_FILTER_BIT(PARLEY_FILTER_EXISTS)) != 0) {
    filter(entity, {relationship.name, "exists"}, label + " is there, or is not.", {{"type", "boolean"}}, to);
  }
}

void Parameters::filters(const Entity &entity, Json &to) {
  const auto searched = [&](const Attribute &attribute) {
    return exists(attribute.applications) && (attribute.flags & PARLEY_FIELD_SEARCH) != 0;
  };
  if (std::any_of(entity.attributes.begin(), entity.attributes.end(), searched)) {
    filter(entity, {"search"}, "Words to look for; without a sort the best match comes first.", Schemas::text(), to);
  }
  for (const auto &attribute : entity.attributes) {
    if (exists(attribute.applications) && (attribute.flags & PARLEY_FIELD_FILTER) != 0) {
      attribute_filters(entity, attribute, to);
    }
  }
  for (const auto &relationship : entity.relationships) {
    if (exists(relationship.applications) && (relationship.flags & PARLEY_FIELD_FILTER) != 0) {
      relationship_filters(entity, relationship, to);
    }
  }
}

void Parameters::sort(const Entity &entity, Json &to) {
  Json names = Json::array();
  const auto collect = [&](const auto &fields) {
    for (const auto &field : fields) {
      if (exists(field.applications) && (field.flags & PARLEY_FIELD_SORT) != 0) {
        names.push_back(field.name);
        names.push_back("-" + field.name);
      }
    }
  };
  collect(entity.attributes);
  collect(entity.relationships);
  if (!names.empty()) {
    const std::string usual = entity.default_sort.empty() ? "" : " Without it: " + entity.default_sort + ".";
    add(entity.type + ".sort", "sort", "Order of the list; \"-\" means descending." + usual,
        list_of({{"type", "string"}, {"enum", std::move(names)}}), to);
  }
}

void Parameters::pages(Json &to) {
  add("page.size", "page[size]", "Rows of a page.",
      {{"type", "integer"}, {"minimum", 1}, {"maximum", PARLEY_PAGE_SIZE_MAX}}, to);
  add("page.after", "page[after]", "A cursor, as `links.next` holds it: the rows behind it.", Schemas::text(), to);
  add("page.before", "page[before]", "A cursor, as `links.prev` holds it: the rows before it.", Schemas::text(), to);
  add("page.number", "page[number]", "Number of the page, in place of a cursor; the answer has the total then.",
      {{"type", "integer"}, {"minimum", 1}, {"maximum", most_page}}, to);
  add("page.total", "page[total]", "Whether to count all rows, in `meta.page.total`.", {{"type", "boolean"}}, to);
}

std::vector<const Relationship *> Parameters::included_by(const Entity &entity) const {
  std::vector<const Relationship *> found;
  for (const auto &relationship : entity.relationships) {
    const auto is_readable = [&](const std::string &type) { return readable(type) != nullptr; };
    if (exists(relationship.applications) && !relationship.paged() &&
        (relationship.flags & PARLEY_FIELD_WRITE_ONLY) == 0 &&
        std::any_of(relationship.types.begin(), relationship.types.end(), is_readable)) {
      found.push_back(&relationship);
    }
  }
  return found;
}

void Parameters::fields(const Entity &entity, Json &to) {
  Json names = Json::array();
  const auto collect = [&](const auto &all) {
    for (const auto &field : all) {
      if (exists(field.applications) && (field.flags & PARLEY_FIELD_WRITE_ONLY) == 0) {
        names.push_back(field.name);
      }
    }
  };
  collect(entity.attributes);
  collect(entity.relationships);
  if (!names.empty()) {
    add("fields." + entity.type, "fields[" + entity.type + "]",
        "The fields of " + entity.type + " that are wanted; empty: none.",
        list_of({{"type", "string"}, {"enum", std::move(names)}}), to);
  }
}

void Parameters::representation(const std::vector<const Entity *> &entities, Json &to) {
  std::string types;
  std::set<std::string> names;
  std::vector<const Relationship *> included;
  for (const auto *entity : entities) {
    types += (types.empty() ? "" : "-") + entity->type;
    for (const auto *relationship : included_by(*entity)) {
      names.insert(relationship->name);
      included.push_back(relationship);
    }
  }
  if (!names.empty()) {
    std::string all;
    for (const auto &name : names) {
      all += (all.empty() ? "" : ", ") + name;
    }
    add(types + ".include", "include",
        "Relationships whose documents come along: " + all + "; from there on with a dot: \"owner.organization\".",
        list_of(Schemas::text()), to);
  }
  for (const auto *entity : entities) {
    fields(*entity, to);
  }
  for (const auto *relationship : included) {
    for (const auto &type : relationship->types) {
      if (const Entity *target = readable(type)) {
        fields(*target, to);
      }
    }
  }
}

void Parameters::panel(const std::vector<std::string> &names, Json &to) {
  add("filter.panel", "filter[panel]", "Which panel, where the record has several.",
      {{"type", "string"}, {"enum", names}}, to);
}

void Parameters::if_match(Json &to) {
  add("If-Match", "If-Match", "The version that this is about, as ETag gave it; 412 where there is another by now.",
      Schemas::text(), to, "header");
}

void Parameters::if_none_match(Json &to) {
  add("If-None-Match", "If-None-Match", "An answer that is known, as ETag named it; 304 where it would be the same.",
      Schemas::text(), to, "header");
}

void Parameters::idempotency_key(Json &to) {
  add("Idempotency-Key", "Idempotency-Key",
      "Of your choice, one for each thing to be done: sent again, the request is not carried out again.",
      {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}}, to, "header");
}

} // namespace parley::host::openapi
