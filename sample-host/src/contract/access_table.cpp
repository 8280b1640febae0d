// parley.access/1: the roles of this host, in the contract's words.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sample-host/src/catalogue/entities.h"
#include "sample-host/src/catalogue/entity_reader.h"
#include "sample-host/src/catalogue/rights.h"
#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/faults.h"
#include "sample-host/src/contract/host_tables.h"
#include "sample-host/src/contract/strings.h"

namespace host {
namespace {

// Ids that a level reaches, and what shows them to a plugin.
struct Reach {
  std::vector<std::string> ids;
  std::vector<parley_str> borrowed;

  void take(std::vector<std::string> from) {
    ids = std::move(from);
    for (const std::string &id : ids) {
      borrowed.push_back(borrow(id));
    }
  }
};

Reach reach_of(Rights &rights, const Actor &actor, std::uint32_t level) {
  Reach reach;
  const bool backoffice = actor.side == Side::backoffice;
  const std::string &own = backoffice ? actor.unit : actor.customer;
  if (own.empty()) {
    return reach;
  }
  if (level == PARLEY_LEVEL_UNIT) {
    reach.take({own});
  } else if (level == PARLEY_LEVEL_DIVISION) {
    reach.take(backoffice ? rights.units_from(own) : rights.customers_from(own));
  }
  return reach;
}

// Whose rights are asked for: the call's own, or those of somebody who listens.
struct Asker {
  Asker(const Services &services, Actor who) : actor(std::move(who)), grants(services.rights.grants(actor)) {}

  const Reach &reach(Rights &rights, std::uint32_t level) {
    auto found = reaches.find(level);
    if (found == reaches.end()) {
      found = reaches.emplace(level, reach_of(rights, actor, level)).first;
    }
    return found->second;
  }

  Actor actor;
  Grants grants;
  std::map<std::uint32_t, Reach> reaches;
};

const parley_call *listener_of(const parley_scope_request &request, const parley_call *call) {
  // NOLINTNEXTLINE(bugprone-sizeof-expression): the pointer's own size is meant
  const bool named = PARLEY_HAS(&request, parley_scope_request, listener) && request.listener != nullptr;
  return named ? request.listener : call;
}

std::int32_t PARLEY_ABI scopes(const parley_host *host, const parley_call *call, const parley_scope_request *requests,
                               size_t request_count, std::uint32_t request_size, const parley_scope_sink *result,
                               const parley_error_sink *errors) noexcept {
  const auto &services = *static_cast<const Services *>(host->data);
  return guarded(services, call, errors, [&] {
    const std::uint64_t version = services.rights.version();
    std::map<const parley_call *, Asker> askers;
    for (size_t i = 0; i < request_count; ++i) {
      const auto *request = PARLEY_AT(parley_scope_request, requests, request_size, i);
      const parley_call *who = listener_of(*request, call);
      auto asker = askers.find(who);
      if (asker == askers.end()) {
        asker = askers.emplace(who, Asker{services, actor_of(services, who)}).first;
      }
      const Actor &actor = asker->second.actor;
      const std::uint32_t level = asker->second.grants.level(view(request->subject), view(request->permission));
      const Reach &reach = asker->second.reach(services.rights, level);
      parley_scope scope{};
      scope.size = sizeof scope;
      scope.level = level;
      scope.version = version;
      if (level <= PARLEY_LEVEL_ORGANIZATION) {
        scope.organization = borrow(actor.organization);
      }
      if (actor.side == Side::backoffice) {
        scope.units = reach.borrowed.data();
        scope.unit_count = reach.borrowed.size();
      } else {
        scope.customers = reach.borrowed.data();
        scope.customer_count = reach.borrowed.size();
        if (!actor.customer.empty()) {
          scope.customer = borrow_ref("customers", actor.customer);
        }
      }
      if (result->put(result, i, &scope) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI visible(const parley_host *host, const parley_call *call, const parley_ref *refs,
                                size_t ref_count, std::uint8_t *visible_refs,
                                const parley_error_sink *errors) noexcept {
  const auto &services = *static_cast<const Services *>(host->data);
  return guarded(services, call, errors, [&] {
    const Actor actor = actor_of(services, call);
    std::map<std::string, std::vector<std::string>> ids_by_type;
    for (size_t i = 0; i < ref_count; ++i) {
      ids_by_type[copy(refs[i].type)].push_back(copy(refs[i].id));
    }
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto &[type, ids] : ids_by_type) {
      if (const EntityDescription *entity = find_entity(type)) {
        for (const std::string &id : services.records.visible(*entity, actor, ids)) {
          seen.emplace(type, id);
        }
      }
    }
    for (size_t i = 0; i < ref_count; ++i) {
      visible_refs[i] = seen.count({copy(refs[i].type), copy(refs[i].id)}) != 0 ? 1 : 0;
    }
    return PARLEY_OK;
  });
}

} // namespace

const parley_access *access_table() {
  static const parley_access table = {sizeof(parley_access), PARLEY_ACCESS_LISTENERS, scopes, visible};
  return &table;
}

} // namespace host
