/*
 * parley.records/1 (host): what is known of the host's records and actors.
 *
 * A plugin may require this table. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_RECORDS_H
#define PARLEY_EXT_RECORDS_H

#include <parley/call.h>
#include <parley/host.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_RECORDS_ID "parley.records/1"

#ifdef __cplusplus
extern "C" {
#endif

#define PARLEY_RECORD_EXISTS 1u   /* flag: it is there; without it the other members are empty */
#define PARLEY_RECORD_HAS_PAGE 2u /* flag: the call's application has a page for it */

/* Facts of a record. Everything is borrowed for the call of parley_record_sink::put. */
typedef struct parley_record {
  uint32_t size;
  uint32_t flags; /* of PARLEY_RECORD_* */
  parley_ref ref;
  parley_str title;         /* as in a list of its kind: "ORD-1001", "Amanda Cole" */
  parley_str full_title;    /* where the kind is not clear: "Order ORD-1001"; in the call's locale */
  parley_str sort_key;      /* lists are sorted by it, byte by byte; empty: by the title */
  parley_ref owner;         /* the user who is responsible, or none */
  parley_ref unit;          /* its business unit, or none; of a user: the unit that the user belongs to */
  parley_ref customer;      /* the customer it belongs to, or none; of a customer user: its customer */
  parley_ref customer_user; /* the customer user it belongs to, or none; of a customer user: itself */
  parley_ref organization;  /* or none */
  parley_ref website;       /* or none */
} parley_record;

/* Where records go; rules as for parley_sink. */
typedef struct parley_record_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes one record. Result and threads as parley_sink::write. Required. Since 0.1. */
  int32_t(PARLEY_ABI *put)(const struct parley_record_sink *self, const parley_record *record);
} parley_record_sink;

/* A question for autocompletion. */
typedef struct parley_record_search {
  uint32_t size;
  uint32_t limit;          /* records at most, 1 .. 100 */
  const parley_str *types; /* which types */
  size_t type_count;
  parley_str text; /* what was typed; empty: any */
} parley_record_search;

/* The table. */
typedef struct parley_records {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Resolves references: exactly one parley_record for each, in the order of `refs`, whether it exists or not. The facts
   * do not depend on the rights of the actor; parley_access::visible says what it may see. A failed look-up is a
   * failure, never "does not exist".
   * Result: PARLEY_OK; PARLEY_UNAVAILABLE; PARLEY_SINK_REFUSED.
   * [thread-safe], may block, calls the sink only. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *resolve)(const parley_host *host, const parley_call *call, const parley_ref *refs,
                               size_t ref_count, const parley_record_sink *result, const parley_error_sink *errors);
  /*
   * Finds records that the call's actor may see whose title holds the text, best first.
   * Result, threads: as resolve. May be NULL: then people find records of one type at a time, by the queries of the
   * registered entities. Since 0.1.
   */
  int32_t(PARLEY_ABI *search)(const parley_host *host, const parley_call *call, const parley_record_search *search,
                              const parley_record_sink *result, const parley_error_sink *errors);
} parley_records;

#ifdef __cplusplus
}
#endif

#endif
