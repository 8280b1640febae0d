/* Registers a setting and an entity, and then fails. */
#define START(host, registry, errors) start_half(host, registry, errors)
#include <parley/ext/registry.h>

static int32_t start_half(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors);
#include "plugin.h"

static int32_t start_half(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors) {
  const parley_entity entity = plain_entity("things");
  const int32_t status = add_plain_setting(host, registry, errors);
  if (status != PARLEY_OK || registry->add_entity(host, &entity, errors) != PARLEY_OK) {
    return PARLEY_INTERNAL;
  }
  return report(errors, PARLEY_UNAVAILABLE, "weather", "It rains.");
}
