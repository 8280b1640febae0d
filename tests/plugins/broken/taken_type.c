/* Registers an entity type that the host has already. */
#define START(host, registry, errors) start_thief(host, registry, errors)
#include <parley/ext/registry.h>

static int32_t start_thief(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors);
#include "plugin.h"

static int32_t start_thief(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors) {
  const parley_entity entity = plain_entity("orders");
  return registry->add_entity(host, &entity, errors);
}
