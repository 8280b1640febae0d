/*
 * parley.access/1 (host): how far the rights of an actor reach.
 *
 * The host knows who the actor is and what roles it has; the plugin decides what a level means for its entities and puts
 * the scope into its queries. Answers are for this call: plugins do not keep them.
 *
 * A plugin may require this table. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_ACCESS_H
#define PARLEY_EXT_ACCESS_H

#include <parley/call.h>
#include <parley/ext/authority.h>
#include <parley/host.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_ACCESS_ID "parley.access/1"

#ifdef __cplusplus
extern "C" {
#endif

/* One question. */
typedef struct parley_scope_request {
  uint32_t size;
  uint32_t reserved0;
  parley_str subject;    /* entity type or workflow name: "conversations" */
  parley_str permission; /* "view" */
  /*
   * Whose rights are asked for, in that call's application, organization and website; NULL: those of the function's call.
   * Only set where parley_access::flags has PARLEY_ACCESS_LISTENERS. Borrowed like the request.
   */
  const parley_call *listener;
} parley_scope_request;

/*
 * flag: `scopes` heeds parley_scope_request::listener. A host that does not say so is asked for one listener at a time,
 * with that listener's own call: an older one would answer with the rights of the function's call, for everybody.
 */
#define PARLEY_ACCESS_LISTENERS 1u

/* One answer. Everything is borrowed for the call of parley_scope_sink::put. */
typedef struct parley_scope {
  uint32_t size;
  uint32_t level;              /* of PARLEY_LEVEL_* */
  uint64_t version;            /* changes whenever the answer might; for caches of hosts and feeds */
  parley_str organization;     /* for levels up to ORGANIZATION: the one that it is confined to; empty: hosts without */
  const parley_str *units;     /* back office, UNIT and DIVISION: ids of the business units that it reaches */
  size_t unit_count;           /* may be tens of thousands */
  const parley_str *customers; /* storefront, UNIT and DIVISION: ids of the customers that it reaches */
  size_t customer_count;       /* may be tens of thousands */
  parley_ref customer;         /* storefront, every level: the customer that the actor belongs to; none: to none. People
                                  see what is their own, or where they take part, only while it is their customer's */
} parley_scope;

/* Where scopes go; rules as for parley_sink. */
typedef struct parley_scope_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /*
   * Takes the answer to the request at `index`; called once for each request, in any order.
   * Result and threads as parley_sink::write. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *put)(const struct parley_scope_sink *self, size_t index, const parley_scope *scope);
} parley_scope_sink;

/* The table. */
typedef struct parley_access {
  uint32_t size;
  uint32_t flags; /* of PARLEY_ACCESS_* */
  /*
   * Answers how far permissions of the call's actor reach, in the call's application, organization and website; where a
   * request names a listener, those of that one. Plugins ask for many listeners in one call.
   * requests: array of `request_count` elements of `request_size` bytes each. The system actor has PARLEY_LEVEL_GLOBAL.
   * A subject or permission that the host does not know has PARLEY_LEVEL_NONE.
   * Result: PARLEY_OK; PARLEY_UNAVAILABLE; PARLEY_SINK_REFUSED.
   * [thread-safe], may block, calls the sink only. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *scopes)(const parley_host *host, const parley_call *call, const parley_scope_request *requests,
                              size_t request_count, uint32_t request_size, const parley_scope_sink *result,
                              const parley_error_sink *errors);
  /*
   * Answers for each of `ref_count` records whether the call's actor may see it: visible[i] becomes 1 or 0, array of the
   * caller. What does not exist is 0.
   * Result: PARLEY_OK; PARLEY_UNAVAILABLE. [thread-safe], may block, does not call back. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *visible)(const parley_host *host, const parley_call *call, const parley_ref *refs,
                               size_t ref_count, uint8_t *visible, const parley_error_sink *errors);
} parley_access;

#ifdef __cplusplus
}
#endif

#endif
