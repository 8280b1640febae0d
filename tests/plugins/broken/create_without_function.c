/* Its entity declares "create" without a function for it. IGNORES_REFUSAL: and start takes that for no failure. */
#define START(host, registry, errors) start_incomplete(host, registry, errors)
#include <parley/ext/registry.h>

static int32_t start_incomplete(const parley_host *host, const parley_registry *registry,
                                const parley_error_sink *errors);
#include "plugin.h"

static int32_t start_incomplete(const parley_host *host, const parley_registry *registry,
                                const parley_error_sink *errors) {
  parley_entity entity = plain_entity("things");
  entity.backoffice_actions |= PARLEY_ACTION_CREATE;
  const int32_t status = registry->add_entity(host, &entity, errors);
#ifdef IGNORES_REFUSAL
  const parley_entity other = plain_entity("otherthings");
  return status == PARLEY_INCOMPATIBLE ? registry->add_entity(host, &other, errors) : PARLEY_INTERNAL;
#else
  return status;
#endif
}
