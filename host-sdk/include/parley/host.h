/*
 * The host as a plugin sees it.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_HOST_H
#define PARLEY_HOST_H

#include <parley/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One for each instance of a plugin; owned by the host, valid from parley_entry_point::create until
 * parley_plugin::destroy has returned. Functions of host tables take it as `host`.
 */
typedef struct parley_host {
  uint32_t size;
  uint32_t reserved0;
  uint32_t abi_major; /* the version of the contract that the host was built with */
  uint32_t abi_minor;
  parley_str name;    /* product name of the host, "Parley sample host"; valid as long as this struct */
  parley_str version; /* product version; for people and logs, never for decisions */
  void *data;         /* the host's own; plugins do not touch it */
  /*
   * Asks for a table by id ("parley.records/1"). Called at any time from `create` on.
   * Result: the table, owned by the host and valid as long as this struct, or NULL: the host does not have it, and the
   * plugin carries on without it. [thread-safe], does not block, does not call back. Required. Since 0.1.
   */
  const void *(PARLEY_ABI *get_extension)(const struct parley_host *self, const parley_str *id);
} parley_host;

#ifdef __cplusplus
}
#endif

#endif
