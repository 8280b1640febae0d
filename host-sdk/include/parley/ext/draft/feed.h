/*
 * parley.feed/draft-1 (plugin): committed events after a position, filtered by what each listener may see.
 *
 * Positions are given to committed events without gaps; a reader that resumes from a position misses nothing and gets
 * nothing twice. Draft since 0.1: may change with any minor version (version.h, policy 7).
 */
#ifndef PARLEY_EXT_DRAFT_FEED_H
#define PARLEY_EXT_DRAFT_FEED_H

#include <parley/call.h>
#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_FEED_ID "parley.feed/draft-1"

#ifdef __cplusplus
extern "C" {
#endif

/* One event for some of the listeners. Borrowed for the call of parley_feed_sink::put. */
typedef struct parley_feed_event {
  uint32_t size;
  uint32_t reserved0;
  uint64_t position;
  parley_str kind;           /* "message.added" */
  parley_str json;           /* JSON object; it holds what all of `listeners` may see */
  const uint32_t *listeners; /* indices into the array of calls, ascending */
  size_t listener_count;
} parley_feed_event;

/* Where events go; rules as for parley_sink. */
typedef struct parley_feed_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes one event, ascending by position. Result and threads as parley_sink::write. Required. */
  int32_t(PARLEY_ABI *put)(const struct parley_feed_sink *self, const parley_feed_event *event);
} parley_feed_sink;

/* Filled by parley_feed::read; the caller sets `size` first. */
typedef struct parley_feed_state {
  uint32_t size;
  uint32_t reload;   /* 1: events behind the position are purged; drop what is known and start from `position` */
  uint64_t position; /* read from here next time */
} parley_feed_state;

typedef struct parley_feed {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Reads at most `limit` events behind `position`, for `listener_count` calls at once (array of pointers). Each event is
   * read and decoded once, however many listen.
   * Result: PARLEY_OK; PARLEY_UNAVAILABLE; PARLEY_SINK_REFUSED.
   * [thread-safe], may block on the database, calls back for the rights of listeners. Between start and stop. Required.
   */
  int32_t(PARLEY_ABI *read)(const parley_plugin *plugin, const parley_call *const *listeners, size_t listener_count,
                            uint64_t position, uint32_t limit, const parley_feed_sink *result, parley_feed_state *state,
                            const parley_error_sink *errors);
  /*
   * Waits until there is something behind `position`, at most `timeout_us` microseconds; for hosts with threads. Returns
   * at once with PARLEY_STOPPED when stop begins. Result: PARLEY_OK whether or not there is.
   * [thread-safe], blocks, does not call back. Between start and stop. Required.
   */
  int32_t(PARLEY_ABI *wait)(const parley_plugin *plugin, uint64_t position, int64_t timeout_us);
} parley_feed;

#ifdef __cplusplus
}
#endif

#endif
