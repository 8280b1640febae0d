// parley.records/1: what is known of the host's records.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <parley/ext/entity.h>

#include "sample-host/src/catalogue/entities.h"
#include "sample-host/src/catalogue/entity_reader.h"
#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/faults.h"
#include "sample-host/src/contract/host_tables.h"
#include "sample-host/src/contract/strings.h"

namespace host {
namespace {

parley_ref ref_or_none(std::string_view type, std::string_view id) {
  return id.empty() ? parley_ref{} : borrow_ref(type, id);
}

bool has_page(const EntityDescription &entity, std::uint32_t application) {
  constexpr std::uint32_t needed = PARLEY_ACTION_LIST | PARLEY_ACTION_GET;
  const std::uint32_t actions =
      application == PARLEY_APPLICATION_STOREFRONT ? entity.storefront_actions : entity.backoffice_actions;
  return (actions & needed) == needed;
}

// Puts what exists.
std::int32_t put(const parley_record_sink *result, const parley_call *call, const EntityDescription &entity,
                 const RecordFacts &facts) {
  const std::string full_title =
      entity.full_title_has_label ? label_for(entity.label, view(call->locale)) + " " + facts.title : facts.title;
  const std::string sort_key = lower_ascii(facts.title);
  parley_record record{};
  record.size = sizeof record;
  record.flags = PARLEY_RECORD_EXISTS | (has_page(entity, call->application) ? PARLEY_RECORD_HAS_PAGE : 0u);
  record.ref = borrow_ref(entity.type, facts.id);
  record.title = borrow(facts.title);
  record.full_title = borrow(full_title);
  record.sort_key = borrow(sort_key);
  record.owner = ref_or_none("users", facts.user);
  record.unit = ref_or_none("businessunits", facts.unit);
  record.customer = ref_or_none("customers", facts.customer);
  record.customer_user = ref_or_none("customerusers", facts.customer_user);
  record.organization = ref_or_none("organizations", facts.organization);
  record.website = ref_or_none("websites", facts.website);
  return result->put(result, &record);
}

std::int32_t put_missing(const parley_record_sink *result, const parley_ref &ref) {
  parley_record record{};
  record.size = sizeof record;
  record.ref = ref;
  return result->put(result, &record);
}

std::int32_t PARLEY_ABI resolve(const parley_host *host, const parley_call *call, const parley_ref *refs,
                                size_t ref_count, const parley_record_sink *result,
                                const parley_error_sink *errors) noexcept {
  const auto &services = *static_cast<const Services *>(host->data);
  return guarded(services, call, errors, [&] {
    std::map<std::string, std::vector<std::string>> ids_by_type;
    for (size_t i = 0; i < ref_count; ++i) {
      ids_by_type[copy(refs[i].type)].push_back(copy(refs[i].id));
    }
    std::map<std::pair<std::string, std::string>, RecordFacts> known;
    for (const auto &[type, ids] : ids_by_type) {
      if (const EntityDescription *entity = find_entity(type)) {
        for (RecordFacts &facts : services.records.facts(*entity, ids)) {
          std::string id = facts.id;
          known.emplace(std::pair(type, std::move(id)), std::move(facts));
        }
      }
    }
    for (size_t i = 0; i < ref_count; ++i) {
      const auto facts = known.find({copy(refs[i].type), copy(refs[i].id)});
      const std::int32_t status = facts == known.end()
                                      ? put_missing(result, refs[i])
                                      : put(result, call, *find_entity(facts->first.first), facts->second);
      if (status != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI search(const parley_host *host, const parley_call *call, const parley_record_search *search,
                               const parley_record_sink *result, const parley_error_sink *errors) noexcept {
  const auto &services = *static_cast<const Services *>(host->data);
  return guarded(services, call, errors, [&] {
    const Actor actor = actor_of(services, call);
    std::vector<std::pair<const EntityDescription *, RecordFacts>> found;
    for (size_t i = 0; i < search->type_count; ++i) {
      if (const EntityDescription *entity = find_entity(view(search->types[i]))) {
        for (RecordFacts &facts : services.records.search(*entity, actor, copy(search->text), search->limit)) {
          found.emplace_back(entity, std::move(facts));
        }
      }
    }
    for (size_t i = 0; i < found.size() && i < search->limit; ++i) {
      if (put(result, call, *found[i].first, found[i].second) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  });
}

} // namespace

const parley_records *records_table() {
  static const parley_records table = {sizeof(parley_records), 0, resolve, search};
  return &table;
}

} // namespace host
