/*
 * parley.configure/1 (plugin): what its configuration looks like. Works before start. A plugin without it takes "{}".
 *
 * Members that several plugins have bear the same names, so that a host can fill them in: `database`, the connection string
 * of the database. A host offers such a member only to a plugin whose schema lists it, since a plugin refuses others.
 *
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_CONFIGURE_H
#define PARLEY_EXT_CONFIGURE_H

#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_CONFIGURE_ID "parley.configure/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_configure {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Writes the JSON Schema (draft 2020-12) of the configuration, with descriptions and defaults.
   * Result: PARLEY_OK, PARLEY_SINK_REFUSED. [thread-safe], does not block, calls the sink only. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *schema)(const parley_plugin *plugin, const parley_sink *result);
  /*
   * Checks a configuration without opening anything.
   * Result: PARLEY_OK; PARLEY_MALFORMED where it is no JSON; PARLEY_INVALID with an error for each wrong or unknown member,
   * its `pointer` into the configuration. [thread-safe], does not block, calls the sink only. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *validate)(const parley_plugin *plugin, const parley_str *configuration,
                                const parley_error_sink *errors);
} parley_configure;

#ifdef __cplusplus
}
#endif

#endif
