// Registers the host's own entities, in the way that plugins register theirs.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_ENTITY_OPERATIONS_H
#define PARLEY_SAMPLE_HOST_CONTRACT_ENTITY_OPERATIONS_H

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <parley/ext/registry.h>

#include "sample-host/src/contract/services.h"

namespace host {

struct EntityDescription;

// Called after a record was deleted and the deletion committed.
using RecordDeleted = std::function<void(const parley_call *call, const std::string &type, const std::string &id)>;

// `self` of the operations of one entity.
struct EntityBinding {
  const EntityDescription &entity;
  const Services &services;
  const RecordDeleted &deleted;
};

// [thread-safe] once made. Must outlive the runtime that it is registered with.
class OwnEntities {
public:
  OwnEntities(const Services &services, RecordDeleted deleted);
  // Adds all to the registry; PARLEY_OK or the first failure.
  std::int32_t add_to(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors);

private:
  RecordDeleted deleted_;
  std::vector<std::unique_ptr<EntityBinding>> bindings_;
};

} // namespace host

#endif
