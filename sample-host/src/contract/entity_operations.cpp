#include "sample-host/src/contract/entity_operations.h"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "sample-host/src/catalogue/entities.h"
#include "sample-host/src/catalogue/entity_reader.h"
#include "sample-host/src/catalogue/rights.h"
#include "sample-host/src/catalogue/settings.h"
#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/faults.h"
#include "sample-host/src/contract/strings.h"
#include "sample-host/src/fault.h"
#include "sample-host/src/times.h"
#include "sample-host/src/words.h"

namespace host {
namespace {

using Json = nlohmann::ordered_json;

// Which members of a document are wanted.
struct Wanted {
  bool all;
  std::vector<std::string> names;
  bool has(const std::string &name) const { return all || std::find(names.begin(), names.end(), name) != names.end(); }
};

Wanted wanted(std::uint32_t flags, const parley_str *fields, size_t field_count) {
  Wanted result{(flags & PARLEY_QUERY_ALL_FIELDS) != 0, {}};
  for (size_t i = 0; i < field_count; ++i) {
    result.names.push_back(copy(fields[i]));
  }
  return result;
}

Json value_of(const AttributeDescription &attribute, const Cell &cell) {
  if (!cell) {
    return nullptr;
  }
  switch (attribute.storage) {
  case Storage::text:
    return *cell;
  case Storage::integer:
    return number(cell);
  case Storage::time:
    return format_time(number(cell));
  case Storage::cents: {
    const std::int64_t cents = number(cell);
    const std::string fraction = std::to_string(cents % 100);
    return std::to_string(cents / 100) + (fraction.size() == 1 ? ".0" : ".") + fraction;
  }
  case Storage::json:
    return Json::parse(*cell);
  }
  return nullptr;
}

// What the viewer may do with each record of an answer.
struct Can {
  bool offers_delete;
  bool may_delete;
};

Can can_of(const EntityBinding &binding, const Actor &actor) {
  const std::uint32_t actions =
      actor.side == Side::backoffice ? binding.entity.backoffice_actions : binding.entity.storefront_actions;
  const bool offers = (actions & PARLEY_ACTION_DELETE) != 0;
  return {offers, offers && binding.services.records.may(binding.entity, actor, "delete")};
}

std::int32_t put(const parley_result_sink *result, const EntityDescription &entity, const Actor &actor,
                 const Record &record, const Wanted &fields, const Can &can) {
  const std::uint32_t application =
      actor.side == Side::backoffice ? PARLEY_APPLICATION_BACKOFFICE : PARLEY_APPLICATION_STOREFRONT;
  Json document = {{"type", entity.type}, {"id", record.id}};
  Json attributes = Json::object();
  for (std::size_t i = 0; i < entity.attributes.size(); ++i) {
    const AttributeDescription &attribute = entity.attributes[i];
    if ((attribute.applications & application) != 0 && fields.has(attribute.name)) {
      attributes[attribute.name] = value_of(attribute, record.attributes[i]);
    }
    if ((attribute.applications & application) != 0 && (attribute.flags & PARLEY_FIELD_TITLE) != 0 &&
        entity.full_title_has_label && record.attributes[i]) {
      document["meta"]["title"] = label_for(entity.label, actor.locale) + " " + *record.attributes[i];
    }
  }
  Json relationships = Json::object();
  std::vector<parley_ref> refs;
  std::vector<parley_related> related;
  refs.reserve(entity.relationships.size());
  for (std::size_t i = 0; i < entity.relationships.size(); ++i) {
    const RelationshipDescription &relationship = entity.relationships[i];
    if ((relationship.applications & application) == 0 || !fields.has(relationship.name)) {
      continue;
    }
    const Cell &id = record.relationships[i];
    relationships[relationship.name]["data"] = id ? Json({{"type", relationship.target}, {"id", *id}}) : Json(nullptr);
    parley_related one{};
    one.size = sizeof one;
    one.name = borrow(relationship.name);
    if (id) {
      refs.push_back(borrow_ref(relationship.target, *id));
      one.refs = &refs.back();
      one.ref_count = 1;
    }
    related.push_back(one);
  }
  if (!attributes.empty()) {
    document["attributes"] = std::move(attributes);
  }
  if (!relationships.empty()) {
    document["relationships"] = std::move(relationships);
  }
  Json allowed = Json::object();
  if (can.offers_delete) {
    const bool own_account = actor.type == entity.type && actor.id == record.id;
    allowed["delete"] = !can.may_delete ? Json(words(actor.locale, "You may not delete this record."))
                        : own_account   ? Json(words(actor.locale, "You cannot delete your own account."))
                                        : Json(true);
  }
  document["meta"]["can"] = std::move(allowed);

  const std::string json = document.dump();
  parley_document out{};
  out.size = sizeof out;
  out.related_size = sizeof(parley_related);
  out.ref = borrow_ref(entity.type, record.id);
  out.json = borrow(json);
  out.cursor = borrow(record.cursor);
  out.related = related.data();
  out.related_count = related.size();
  return result->document(result, &out);
}

std::vector<Filter> filters_of(const parley_query *query) {
  std::vector<Filter> filters;
  for (size_t i = 0; i < query->filter_count; ++i) {
    const auto *filter = PARLEY_AT(parley_filter, query->filters, query->filter_size, i);
    Filter copied{filter->operation, copy(filter->field), {}};
    for (size_t j = 0; j < filter->value_count; ++j) {
      copied.values.push_back(copy(filter->values[j]));
    }
    filters.push_back(std::move(copied));
  }
  return filters;
}

std::int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query *query,
                              const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  const auto &binding = *static_cast<const EntityBinding *>(self);
  return guarded(binding.services, call, errors, [&] {
    const Actor actor = actor_of(binding.services, call);
    ListQuery list;
    list.filters = filters_of(query);
    for (size_t i = 0; i < query->sort_count; ++i) {
      const auto *sort = PARLEY_AT(parley_sort, query->sorts, query->sort_size, i);
      list.sorts.push_back({copy(sort->field), sort->descending != 0});
    }
    list.after = copy(query->after);
    list.before = copy(query->before);
    list.page_size = std::clamp(query->page_size, 1u, PARLEY_PAGE_SIZE_MAX);
    list.page_number = query->page_number;
    list.want_total = (query->flags & PARLEY_QUERY_WANT_TOTAL) != 0;

    const RecordPage page = binding.services.records.list(binding.entity, actor, list);
    const Wanted fields = wanted(query->flags, query->fields, query->field_count);
    const Can can = can_of(binding, actor);
    for (const Record &record : page.records) {
      if (put(result, binding.entity, actor, record, fields, can) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    parley_page_info info{};
    info.size = sizeof info;
    info.flags = (page.has_previous ? PARLEY_PAGE_HAS_PREVIOUS : 0u) | (page.has_next ? PARLEY_PAGE_HAS_NEXT : 0u) |
                 (list.want_total ? PARLEY_PAGE_HAS_TOTAL : 0u);
    info.total = page.total;
    return result->page(result, &info) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
  });
}

std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                 const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  const auto &binding = *static_cast<const EntityBinding *>(self);
  return guarded(binding.services, call, errors, [&] {
    const Actor actor = actor_of(binding.services, call);
    std::vector<std::string> ids;
    for (size_t i = 0; i < get->id_count; ++i) {
      ids.push_back(copy(get->ids[i]));
    }
    const Wanted fields = wanted(get->flags, get->fields, get->field_count);
    const Can can = can_of(binding, actor);
    for (const Record &record : binding.services.records.get(binding.entity, actor, ids)) {
      if (put(result, binding.entity, actor, record, fields, can) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI count(void *self, const parley_call *call, const parley_query *query, std::uint64_t *count,
                              const parley_error_sink *errors) noexcept {
  const auto &binding = *static_cast<const EntityBinding *>(self);
  return guarded(binding.services, call, errors, [&] {
    *count = binding.services.records.count(binding.entity, actor_of(binding.services, call), filters_of(query));
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI remove(void *self, const parley_call *call, const parley_removal *removal,
                               const parley_error_sink *errors) noexcept {
  const auto &binding = *static_cast<const EntityBinding *>(self);
  return guarded(binding.services, call, errors, [&] {
    const std::string id = copy(removal->id);
    binding.services.records.remove(binding.entity, actor_of(binding.services, call), id);
    binding.deleted(call, binding.entity.type, id);
    return PARLEY_OK;
  });
}

// A JSON object from locale to text.
std::string label_json(const Labels &labels) {
  return Json(labels).dump();
}

// A descriptor with everything that it borrows, for the time of its registration.
class Descriptor {
public:
  explicit Descriptor(EntityBinding &binding) {
    const EntityDescription &entity = binding.entity;
    for (const AttributeDescription &attribute : entity.attributes) {
      parley_attribute one{};
      one.size = sizeof one;
      one.type = attribute.type;
      one.flags = attribute.flags;
      one.applications = attribute.applications;
      one.name = borrow(attribute.name);
      one.label = keep(label_json(attribute.label));
      attributes_.push_back(one);
    }
    for (const RelationshipDescription &relationship : entity.relationships) {
      targets_.push_back(std::make_unique<parley_str>(borrow(relationship.target)));
      parley_relationship one{};
      one.size = sizeof one;
      one.flags = relationship.flags;
      one.applications = relationship.applications;
      one.name = borrow(relationship.name);
      one.label = keep(label_json(relationship.label));
      one.types = targets_.back().get();
      one.type_count = 1;
      relationships_.push_back(one);
    }
    if ((entity.backoffice_actions & PARLEY_ACTION_DELETE) != 0) {
      delete_.size = sizeof delete_;
      delete_.action = PARLEY_ACTION_DELETE;
      delete_.permission = borrow("delete");
      entity_.permissions = &delete_;
      entity_.permission_count = 1;
    }
    gate_.size = sizeof gate_;
    gate_.permission_subject = borrow(entity.type);
    gate_.permission = borrow("view");

    entity_.size = sizeof entity_;
    entity_.traits = entity.traits;
    entity_.backoffice_actions = entity.backoffice_actions;
    entity_.storefront_actions = entity.storefront_actions;
    entity_.attribute_size = sizeof(parley_attribute);
    entity_.relationship_size = sizeof(parley_relationship);
    entity_.operation_size = sizeof(parley_operation);
    entity_.permission_size = sizeof(parley_action_permission);
    entity_.type = borrow(entity.type);
    entity_.label = keep(label_json(entity.label));
    entity_.plural_label = keep(label_json(entity.plural_label));
    entity_.icon = borrow(entity.icon);
    entity_.attributes = attributes_.data();
    entity_.attribute_count = attributes_.size();
    entity_.relationships = relationships_.data();
    entity_.relationship_count = relationships_.size();
    entity_.gate = &gate_;
    entity_.default_sort = borrow(entity.default_sort);
    entity_.context = &binding;
    entity_.query = query;
    entity_.get_many = get_many;
    entity_.count = count;
    entity_.remove = remove;
  }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  const parley_entity *get() const { return &entity_; }

private:
  parley_str keep(std::string text) {
    kept_.push_back(std::make_unique<std::string>(std::move(text)));
    return borrow(*kept_.back());
  }

  std::vector<std::unique_ptr<std::string>> kept_;
  std::vector<std::unique_ptr<parley_str>> targets_;
  std::vector<parley_attribute> attributes_;
  std::vector<parley_relationship> relationships_;
  parley_action_permission delete_{};
  parley_gate gate_{};
  parley_entity entity_{};
};

std::int32_t add_permission(const parley_host *host, const parley_registry *registry, const EntityDescription &entity,
                            const char *name, const Labels &label, const parley_error_sink *errors) {
  const std::string subject_label = label_json(entity.plural_label);
  const std::string label_text = label_json(label);
  constexpr std::uint32_t shared = PARLEY_LEVEL_BIT(PARLEY_LEVEL_NONE) | PARLEY_LEVEL_BIT(PARLEY_LEVEL_USER) |
                                   PARLEY_LEVEL_BIT(PARLEY_LEVEL_UNIT) | PARLEY_LEVEL_BIT(PARLEY_LEVEL_DIVISION) |
                                   PARLEY_LEVEL_BIT(PARLEY_LEVEL_GLOBAL);
  const bool deletes = std::string_view(name) == "delete";
  parley_permission permission{};
  permission.size = sizeof permission;
  permission.backoffice_levels = shared | PARLEY_LEVEL_BIT(PARLEY_LEVEL_ORGANIZATION);
  permission.storefront_levels = deletes || entity.storefront_actions == 0 ? 0 : shared;
  permission.subject = borrow(entity.type);
  permission.name = borrow(name);
  permission.subject_label = borrow(subject_label);
  permission.label = borrow(label_text);
  return registry->add_permission(host, &permission, errors);
}

// What is managed or not: it belongs to nobody.
std::int32_t add_management(const parley_host *host, const parley_registry *registry, const char *subject,
                            const Labels &subject_label, const parley_error_sink *errors) {
  const std::string subject_label_text = label_json(subject_label);
  const std::string label_text = label_json({{"en", "Manage"}, {"de", "Verwalten"}});
  parley_permission permission{};
  permission.size = sizeof permission;
  permission.backoffice_levels = PARLEY_LEVEL_BIT(PARLEY_LEVEL_NONE) | PARLEY_LEVEL_BIT(PARLEY_LEVEL_GLOBAL);
  permission.subject = borrow(subject);
  permission.name = borrow(managed::manage);
  permission.subject_label = borrow(subject_label_text);
  permission.label = borrow(label_text);
  return registry->add_permission(host, &permission, errors);
}

std::int32_t add_rows_per_page(const parley_host *host, const parley_registry *registry,
                               const parley_error_sink *errors) {
  const std::string label = label_json({{"en", "Rows per Page"}, {"de", "Zeilen je Seite"}});
  const std::string help = label_json({{"en", "Of lists in which nobody chose another number."},
                                       {"de", "In Listen, für die niemand eine andere Zahl gewählt hat."}});
  parley_setting setting{};
  setting.size = sizeof setting;
  setting.scopes = PARLEY_SCOPE_SYSTEM | PARLEY_SCOPE_ORGANIZATION | PARLEY_SCOPE_WEBSITE;
  setting.name = borrow(rows_per_page);
  setting.label = borrow(label);
  setting.help = borrow(help);
  setting.path = borrow(R"([{"en":"General","de":"Allgemein"},{"en":"Display","de":"Anzeige"}])");
  setting.schema = borrow(R"({"enum":[10,25,50,100]})");
  setting.default_value = borrow("25");
  return registry->add_setting(host, &setting, errors);
}

// Pages for what is no record, so that it can be looked up in the back office all the same: customers, business units.
std::int32_t add_page(const parley_host *host, const parley_registry *registry, const EntityDescription &entity,
                      const parley_error_sink *errors) {
  const std::string title = label_json(entity.plural_label);
  parley_page page{};
  page.size = sizeof page;
  page.application = PARLEY_APPLICATION_BACKOFFICE;
  page.action_size = sizeof(parley_header_action);
  page.name = borrow(entity.type);
  page.title = borrow(title);
  page.entity = borrow(entity.type);
  return registry->add_page(host, &page, errors);
}

} // namespace

OwnEntities::OwnEntities(const Services &services, RecordDeleted deleted) : deleted_(std::move(deleted)) {
  for (const EntityDescription &entity : entity_descriptions()) {
    bindings_.push_back(std::make_unique<EntityBinding>(EntityBinding{entity, services, deleted_}));
  }
}

std::int32_t OwnEntities::add_to(const parley_host *host, const parley_registry *registry,
                                 const parley_error_sink *errors) {
  for (const auto &binding : bindings_) {
    const Descriptor descriptor(*binding);
    std::int32_t status = registry->add_entity(host, descriptor.get(), errors);
    if (status == PARLEY_OK) {
      status = add_permission(host, registry, binding->entity, "view", {{"en", "View"}, {"de", "Ansehen"}}, errors);
    }
    if (status == PARLEY_OK && (binding->entity.backoffice_actions & PARLEY_ACTION_DELETE) != 0) {
      status = add_permission(host, registry, binding->entity, "delete", {{"en", "Delete"}, {"de", "Löschen"}}, errors);
    }
    if (status == PARLEY_OK && (binding->entity.traits & PARLEY_TRAIT_RECORD) == 0) {
      status = add_page(host, registry, binding->entity, errors);
    }
    if (status != PARLEY_OK) {
      return status;
    }
  }
  const std::pair<const char *, Labels> own[] = {
      {managed::api_tokens, {{"en", "API Tokens"}, {"de", "API-Tokens"}}},
      {managed::settings, {{"en", "Configuration"}, {"de", "Konfiguration"}}},
      {managed::roles, {{"en", "Roles"}, {"de", "Rollen"}}}};
  for (const auto &[subject, label] : own) {
    if (const std::int32_t status = add_management(host, registry, subject, label, errors); status != PARLEY_OK) {
      return status;
    }
  }
  return add_rows_per_page(host, registry, errors);
}

} // namespace host
