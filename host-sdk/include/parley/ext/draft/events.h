/*
 * parley.events/draft-1 (host): a hint that there is something new to read from the feed. May be lost.
 * Draft since 0.1: may change with any minor version (version.h, policy 7).
 */
#ifndef PARLEY_EXT_DRAFT_EVENTS_H
#define PARLEY_EXT_DRAFT_EVENTS_H

#include <parley/host.h>
#include <parley/types.h>

#define PARLEY_EVENTS_ID "parley.events/draft-1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_events {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Hints that something was committed. The host takes note and returns; it reads the feed later, on a thread of its own.
   * [thread-safe], does not block, must not call back, cannot fail. Required.
   */
  void(PARLEY_ABI *hint)(const parley_host *host);
} parley_events;

#ifdef __cplusplus
}
#endif

#endif
