/*
 * parley.feed/1 (plugin): committed events after a position, filtered by what each listener may see.
 *
 * Positions are given to committed events without gaps. A reader that resumes from a position misses nothing and gets
 * nothing twice. What a listener may see is asked at the time of reading: an event of what still exists is judged by
 * what that is now, one of what was deleted by the facts that the event carries. An event says what happened to what;
 * it never holds the text of a message.
 *
 * Positions count everything that happens, what a listener may not see included: the gaps between those that one gets
 * tell how much of that there is. So positions are for the host. What a host hands to its clients (as the id of a
 * server-sent event, say) is parley_feed_event::cursor, which is made of nothing but what the event tells anyway in the
 * storefront, and is the position in the back office. A host of storefront clients keeps the position of a connection
 * on its own side, sends no id without an event, and turns the cursor that a client comes back with into a position
 * with parley_feed::locate.
 *
 * A host with threads: read until PARLEY_FEED_MORE is not set, then wait, for all listeners together. A host without
 * reads when a client asks. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_FEED_H
#define PARLEY_EXT_FEED_H

#include <parley/call.h>
#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_FEED_ID "parley.feed/1"

/* In place of a position: behind everything that happened until now. */
#define PARLEY_FEED_LATEST UINT64_MAX

#ifdef __cplusplus
extern "C" {
#endif

/* One event for some of the listeners. Everything is borrowed for the call of parley_feed_sink::put. */
typedef struct parley_feed_event {
  uint32_t size;
  uint32_t reserved0;
  uint64_t position;         /* for the host alone, see above */
  parley_str kind;           /* "message-added"; a client ignores one that it does not know */
  parley_str cursor;         /* what these listeners resume behind: printable ASCII without spaces, at most 255 bytes */
  parley_str json;           /* JSON object without line breaks; it holds what all of `listeners` may see */
  const uint32_t *listeners; /* indices into the array of listeners, ascending */
  size_t listener_count;     /* at least 1 */
} parley_feed_event;

/* Where events go; rules as for parley_sink. */
typedef struct parley_feed_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /*
   * Takes one event. Ascending by position; the same position comes again for listeners that are told of it in another
   * way (storefront and back office, another language), but never twice for one listener.
   * Result and threads as parley_sink::write. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *put)(const struct parley_feed_sink *self, const parley_feed_event *event);
} parley_feed_sink;

/*
 * flag: events behind the position were purged, or the position was never given (another database, one that was
 * restored). Nothing was put. Listeners drop what they know, load it anew, and go on from parley_feed_state::position.
 */
#define PARLEY_FEED_RELOAD 1u
/* flag: there is more to read at once. */
#define PARLEY_FEED_MORE 2u

/* Filled by parley_feed::read; the caller sets `size` first. */
typedef struct parley_feed_state {
  uint32_t size;
  uint32_t flags;    /* of PARLEY_FEED_* */
  uint64_t position; /* read behind this next time; it moves on over what nobody may see, too */
} parley_feed_state;

/* The table. */
typedef struct parley_feed {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Reads at most `limit` events behind `position` (0: from the first one; PARLEY_FEED_LATEST: none, only the state),
   * whoever may see them, for `listener_count` calls at once (array of pointers, valid for the call). A limit of 0, or
   * one that is too large, means as many as the plugin likes. Where conversations are switched off for a listener's
   * organization and website it is told nothing, and the position moves on.
   *
   * Statements and host calls do not grow with the number of listeners, but for what parley_access::flags says.
   * call: for which the host asks, {PARLEY_ACTOR_SYSTEM,""} as a rule; it gives time left and cancellation, and is in
   * the host calls made for this one. Its own rights do not matter.
   * Result: PARLEY_OK; PARLEY_INVALID (a listener that is NULL, too small or of an unknown application);
   * PARLEY_INCOMPATIBLE (state too small); PARLEY_BUSY; PARLEY_UNAVAILABLE; PARLEY_SINK_REFUSED. After a failure read
   * the same position again.
   * [thread-safe], may block on the database, calls back for settings, rights and titles. Between start and stop.
   * Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *read)(const parley_plugin *plugin, const parley_call *call, const parley_call *const *listeners,
                            size_t listener_count, uint64_t position, uint32_t limit, const parley_feed_sink *result,
                            parley_feed_state *state, const parley_error_sink *errors);
  /*
   * Waits until reading behind `position` has something to say, at most `timeout_us` microseconds and no longer than
   * the call has time left; for hosts with threads. What this process commits is noticed at once, what another process
   * commits within a moment. Any number of threads may wait; together they ask the database as one.
   * call: as in read; a wait ends soon after it is cancelled.
   * Result: PARLEY_OK whether or not there is something; PARLEY_STOPPED at once when stop begins; PARLEY_CANCELLED;
   * PARLEY_BUSY; PARLEY_UNAVAILABLE.
   * [thread-safe], blocks without holding a connection, does not call back but for `cancelled`. Between start and stop.
   * Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *wait)(const parley_plugin *plugin, const parley_call *call, uint64_t position, int64_t timeout_us,
                            const parley_error_sink *errors);
  /*
   * Writes the position of the event whose cursor this is, for a client that comes back. call: the client's.
   * Result: PARLEY_OK; PARLEY_NOT_FOUND: there is no such event any more, the client reloads and the host goes on from
   * PARLEY_FEED_LATEST; PARLEY_MALFORMED: no cursor of that application; PARLEY_BUSY; PARLEY_UNAVAILABLE.
   * [thread-safe], may block on the database, does not call back. Between start and stop. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *locate)(const parley_plugin *plugin, const parley_call *call, const parley_str *cursor,
                              uint64_t *position, const parley_error_sink *errors);
} parley_feed;

#ifdef __cplusplus
}
#endif

#endif
