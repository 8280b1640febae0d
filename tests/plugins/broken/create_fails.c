/* Says in `create` why it cannot be. */
#include <parley/entry.h>

static int32_t PARLEY_ABI failing_create(const parley_host *host, const parley_plugin **plugin,
                                         const parley_error_sink *errors);
#define ENTRY_CREATE failing_create
#include "plugin.h"

static int32_t PARLEY_ABI failing_create(const parley_host *host, const parley_plugin **plugin,
                                         const parley_error_sink *errors) {
  (void)host, (void)plugin;
  return report(errors, PARLEY_UNAVAILABLE, "weather", "It rains.");
}
