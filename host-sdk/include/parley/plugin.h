/*
 * The plugin as a host sees it.
 * Policy of change: see version.h.
 *
 * Life of an instance:
 *
 *   create -> [get_extension, parley.info, parley.configure, parley.migrations] -> start -> requests ... -> stop
 *                                                  ^                                                          |
 *                                                  +----------------------------------------------------------+
 *   stop -> destroy
 *
 * create, start, stop and destroy of one instance are called by one thread at a time ([main-thread]); several
 * instances in one process do not know of each other.
 *
 * In a child that was forked after start, the instance is of no use: start, stop and every request answer PARLEY_FORKED,
 * destroy does nothing, get_extension works as before. A child that needs the plugin creates an instance of its own.
 */
#ifndef PARLEY_PLUGIN_H
#define PARLEY_PLUGIN_H

#include <parley/status.h>
#include <parley/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Owned by the plugin, valid from parley_entry_point::create until `destroy` has returned. */
typedef struct parley_plugin {
  uint32_t size;
  uint32_t reserved0;
  void *data; /* the plugin's own; hosts do not touch it */
  /*
   * Begins work: reads the configuration, opens what is needed, registers everything with parley.registry. What is
   * registered becomes visible when start returns PARLEY_OK, all of it; after a failure none of it, and the instance
   * is as if start had not been called.
   * configuration: JSON object as parley.configure describes it, borrowed for the call; empty means "{}".
   * Result: PARLEY_OK; PARLEY_INVALID with each fault of the configuration; PARLEY_INCOMPATIBLE with the host table
   * that is missing; PARLEY_SCHEMA; PARLEY_UNAVAILABLE; PARLEY_WRONG_STATE when started already; PARLEY_FORKED in a child
   * that was forked after start.
   * [main-thread], may block, calls back into the host. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *start)(const struct parley_plugin *self, const parley_str *configuration,
                             const parley_error_sink *errors);
  /*
   * Ends work: refuses new calls (PARLEY_STOPPED), waits for those that run, ends threads, closes connections. The host
   * has withdrawn what was registered before. May be followed by start. Stopping what is not started is PARLEY_OK; in a
   * child that was forked after start nothing is stopped: PARLEY_FORKED.
   * [main-thread], blocks until calls have ended, must not be called from within a call. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *stop)(const struct parley_plugin *self, const parley_error_sink *errors);
  /*
   * Frees the instance. Only after stop, or where start was never called or failed; else it does nothing and the
   * instance leaks, which is better than a crash; so, too, in a forked child of what was started. [main-thread], does not call back. Required. Since 0.1.
   */
  void(PARLEY_ABI *destroy)(const struct parley_plugin *self);
  /*
   * Asks for a table by id ("parley.assets/1"). Called at any time from create on; the functions of the table say
   * themselves whether they work before start.
   * Result: the table, owned by the plugin and valid as long as the instance, or NULL: the plugin does not have it.
   * [thread-safe], does not block, does not call back. Required. Since 0.1.
   */
  const void *(PARLEY_ABI *get_extension)(const struct parley_plugin *self, const parley_str *id);
} parley_plugin;

#ifdef __cplusplus
}
#endif

#endif
