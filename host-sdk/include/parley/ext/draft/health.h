/*
 * parley.health/draft-1 (plugin): is it alive, can it work.
 * Draft since 0.1: may change with any minor version (version.h, policy 7).
 */
#ifndef PARLEY_EXT_DRAFT_HEALTH_H
#define PARLEY_EXT_DRAFT_HEALTH_H

#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_HEALTH_ID "parley.health/draft-1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_health {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Checks whether requests can be served now, and writes a JSON object with the single checks.
   * Result: PARLEY_OK ready; PARLEY_STOPPED; PARLEY_UNAVAILABLE with errors that say why.
   * [thread-safe], may block at most a second, calls the sinks only. Required.
   */
  int32_t(PARLEY_ABI *ready)(const parley_plugin *plugin, const parley_sink *result, const parley_error_sink *errors);
} parley_health;

#ifdef __cplusplus
}
#endif

#endif
