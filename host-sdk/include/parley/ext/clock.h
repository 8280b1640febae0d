/*
 * parley.clock/1 (host): the time, so that tests own it.
 *
 * A plugin may require this table. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_CLOCK_H
#define PARLEY_EXT_CLOCK_H

#include <parley/host.h>

#define PARLEY_CLOCK_ID "parley.clock/1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_clock {
  uint32_t size;
  uint32_t reserved0;
  /*
   * The time: microseconds since 1970-01-01T00:00:00Z, without leap seconds. It may jump back when a clock is set.
   * [thread-safe], does not block, does not call back, cannot fail. Required. Since 0.1.
   */
  int64_t(PARLEY_ABI *now_us)(const parley_host *host);
} parley_clock;

#ifdef __cplusplus
}
#endif

#endif
