/*
 * parley.host-events/1 (plugin): the host tells what happened to its own records, actors, rights and settings.
 *
 * Told after the host's own commit (a host calls no plugin while it has a write transaction open). May be lost; a
 * plugin's jobs find later what it missed. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_HOST_EVENTS_H
#define PARLEY_EXT_HOST_EVENTS_H

#include <parley/call.h>
#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_HOST_EVENTS_ID "parley.host-events/1"

/* What happened. A plugin ignores one that it does not know. */
#define PARLEY_HAPPENED_RECORD_CHANGED 1u   /* renamed, or moved to another customer, owner or unit: look it up again */
#define PARLEY_HAPPENED_RECORD_DELETED 2u   /* actors (users, customer users) are records too */
#define PARLEY_HAPPENED_RIGHTS_CHANGED 3u   /* `record`: the actor, or none: anybody's */
#define PARLEY_HAPPENED_SETTINGS_CHANGED 4u /* `record`: the organization or website, or none: the system's */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_host_event {
  uint32_t size;
  uint32_t kind; /* of PARLEY_HAPPENED_* */
  parley_ref record;
} parley_host_event;

typedef struct parley_host_events {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Tells `event_count` events, in the order in which they happened. call: who did it.
   * Result: PARLEY_OK; a failure means that none was taken in, and the host may tell them again.
   * [thread-safe], may block, may call back into the host. Between start and stop. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *notify)(const parley_plugin *plugin, const parley_call *call, const parley_host_event *events,
                              size_t event_count, uint32_t event_size, const parley_error_sink *errors);
} parley_host_events;

#ifdef __cplusplus
}
#endif

#endif
