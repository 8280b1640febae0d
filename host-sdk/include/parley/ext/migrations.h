/*
 * parley.migrations/1 (plugin): the schema of the plugin's own data. Works before start and beside it.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_MIGRATIONS_H
#define PARLEY_EXT_MIGRATIONS_H

#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_MIGRATIONS_ID "parley.migrations/1"

/* How a schema stands to the plugin. A reader takes one that it does not know for "cannot be used". */
#define PARLEY_SCHEMA_CURRENT 1u /* usable */
#define PARLEY_SCHEMA_EMPTY 2u   /* nothing is there yet; apply makes it */
#define PARLEY_SCHEMA_BEHIND 3u  /* older: apply brings it up */
#define PARLEY_SCHEMA_AHEAD 4u   /* newer than the plugin: use a newer plugin */

#ifdef __cplusplus
extern "C" {
#endif

/* Filled by parley_migrations::status; the caller sets `size` first. */
typedef struct parley_schema_status {
  uint32_t size;
  uint32_t state;   /* of PARLEY_SCHEMA_* */
  uint32_t current; /* number of the last migration that the database has; 0: none */
  uint32_t target;  /* number of the last migration that the plugin has */
} parley_schema_status;

/*
 * configuration: as for start, borrowed. All are [thread-safe], block on the database, and call the sinks only. Each
 * answers PARLEY_OK; PARLEY_INVALID (configuration); PARLEY_UNAVAILABLE; PARLEY_SINK_REFUSED; and what it says. Required,
 * all. Since 0.1.
 */
typedef struct parley_migrations {
  uint32_t size;
  uint32_t reserved0;
  /* Compares database and plugin; changes nothing. */
  int32_t(PARLEY_ABI *status)(const parley_plugin *plugin, const parley_str *configuration,
                              parley_schema_status *result, const parley_error_sink *errors);
  /* Writes the SQL that apply would run, as UTF-8 text; nothing where there is nothing to do. Changes nothing. */
  int32_t(PARLEY_ABI *plan)(const parley_plugin *plugin, const parley_str *configuration, const parley_sink *result,
                            const parley_error_sink *errors);
  /* Brings the schema up, once, however many hosts call at the same time. PARLEY_SCHEMA where it is ahead. */
  int32_t(PARLEY_ABI *apply)(const parley_plugin *plugin, const parley_str *configuration,
                             const parley_error_sink *errors);
  /* Compares the real schema with the expected one. PARLEY_SCHEMA, with an error for each difference. */
  int32_t(PARLEY_ABI *verify)(const parley_plugin *plugin, const parley_str *configuration,
                              const parley_error_sink *errors);
} parley_migrations;

#ifdef __cplusplus
}
#endif

#endif
