/*
 * What a function answers: a status, and each fault that it found to a sink of its caller.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_STATUS_H
#define PARLEY_STATUS_H

#include <parley/types.h>

/*
 * Statuses. PARLEY_OK is success; everything else is a failure, after which nothing has changed and every out-parameter is
 * as it was. Two are different: after PARLEY_TIMED_OUT and PARLEY_SINK_REFUSED what was asked may or may not have happened.
 * A reader takes a status that it does not know for PARLEY_INTERNAL.
 * The number in brackets is the HTTP status that a router makes of it.
 */
#define PARLEY_OK 0
/* The request itself is not understood: unreadable JSON, an unknown query member, a cursor of somebody else. [400] */
#define PARLEY_MALFORMED 1
/* Understood, and wrong: missing, blank, too long, of the wrong type. Each fault is reported with its pointer. [422] */
#define PARLEY_INVALID 2
/* There is no such thing, or this actor may not see it: the two look alike. [404] */
#define PARLEY_NOT_FOUND 3
/* The actor sees it but may not do this. [403] */
#define PARLEY_FORBIDDEN 4
/* The present state does not allow it: a transition that lost a race, a client id used for something else. [409] */
#define PARLEY_CONFLICT 5
/*
 * The expected version is not the present one. The error's meta carries the newer version. [412; 409 where the request
 * named no version]
 */
#define PARLEY_STALE 6
/* The descriptor, table or application does not offer this. [405] */
#define PARLEY_UNSUPPORTED 7
/* More bytes than allowed. [413] */
#define PARLEY_TOO_LARGE 8
/* Every connection or worker is taken and the time for waiting is over; try again. [503] */
#define PARLEY_BUSY 9
/* The database or another thing that is needed cannot be reached; try again. [503] */
#define PARLEY_UNAVAILABLE 10
/* The time left of the call ran out. What was asked may or may not have happened. [504] */
#define PARLEY_TIMED_OUT 11
/* The caller cancelled the call. [499] */
#define PARLEY_CANCELLED 12
/* The plugin is not started, or was stopped. [503] */
#define PARLEY_STOPPED 13
/* The calling process was forked after the plugin was started; only the process that started it may use it. [503] */
#define PARLEY_FORKED 14
/* A sink answered with a failure, maybe when the work was done: it may or may not have happened. [500] */
#define PARLEY_SINK_REFUSED 15
/* Versions do not fit, a required table is missing or incomplete, a struct is too small. [500] */
#define PARLEY_INCOMPATIBLE 16
/* It is not the moment: a registration outside `start`, an unload of a started plugin. [500] */
#define PARLEY_WRONG_STATE 17
/* The stored schema is older than the plugin (migrate it) or newer (use a newer plugin). [503] */
#define PARLEY_SCHEMA 18
/* A defect. Details are in the log under the call's request id, never in the message. [500] */
#define PARLEY_INTERNAL 19

#ifdef __cplusplus
extern "C" {
#endif

/* One fault. All strings are borrowed for the call that reports it. */
typedef struct parley_error {
  uint32_t size;
  int32_t status;       /* the status of this fault; the function returns the gravest */
  parley_str code;      /* stable, for programs: "not-blank", "unknown-member"; never empty */
  parley_str detail;    /* for people, in the locale of the call, else English; never empty; no bound values, no SQL */
  parley_str pointer;   /* RFC 6901 JSON pointer into the document that was sent ("/data/attributes/name"), or empty */
  parley_str parameter; /* name of the query parameter or configuration argument, or empty */
  parley_str meta;      /* JSON object with facts for programs ("{\"version\":7}"), or empty */
} parley_error;

/* Where faults go. Supplied and owned by the caller, valid for that call. A NULL sink means: not interested. */
typedef struct parley_error_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /*
   * Takes one fault; called once for each that was found, in the order of the document where there is one.
   * The error and its strings are borrowed for the call. [any thread, one at a time], must not block on the reporter
   * nor call it back. Required. Since 0.1.
   */
  void(PARLEY_ABI *report)(const struct parley_error_sink *self, const parley_error *error);
} parley_error_sink;

#ifdef __cplusplus
}
#endif

#endif
