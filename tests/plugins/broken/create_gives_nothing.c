/* `create` succeeds without an instance. */
#include <parley/entry.h>

static int32_t PARLEY_ABI empty_create(const parley_host *host, const parley_plugin **plugin,
                                       const parley_error_sink *errors) {
  (void)host, (void)plugin, (void)errors;
  return PARLEY_OK;
}
#define ENTRY_CREATE empty_create
#include "plugin.h"
