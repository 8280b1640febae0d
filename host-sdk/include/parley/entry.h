/*
 * The one symbol that a plugin exports.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_ENTRY_H
#define PARLEY_ENTRY_H

#include <parley/host.h>
#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>
#include <parley/version.h>

/* Name of the exported symbol, for dlsym. */
#define PARLEY_ENTRY_SYMBOL "parley_entry"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Plain data, so that a tool can read the versions without running any code of the plugin. Valid as long as the library
 * is mapped. A host checks `size` and the versions before it calls anything.
 */
typedef struct parley_entry_point {
  uint32_t size;
  uint32_t abi_major;   /* PARLEY_ABI_MAJOR that the plugin was built with */
  uint32_t abi_minor;   /* PARLEY_ABI_MINOR that the plugin was built with; for people */
  uint32_t needs_minor; /* the least minor that the plugin works with; see parley_versions_fit */
  /*
   * Makes an instance. Light: opens nothing, starts no thread, needs no configuration.
   * host: stays valid until `destroy` has returned. plugin: receives the instance.
   * Result: PARLEY_OK; PARLEY_INCOMPATIBLE, with an error for each host table that the plugin cannot do without.
   * [thread-safe], does not block, may ask the host for tables. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *create)(const parley_host *host, const parley_plugin **plugin, const parley_error_sink *errors);
} parley_entry_point;

/* Defined by the plugin. Hosts look it up by PARLEY_ENTRY_SYMBOL and never link to it. */
PARLEY_EXPORT extern const parley_entry_point parley_entry;

#ifdef __cplusplus
}
#endif

#endif
