/*
 * For whom, where and how long: the context that goes with every request.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_CALL_H
#define PARLEY_CALL_H

#include <parley/types.h>

/*
 * The two applications of a host. The values are bits, so that a descriptor can name both. A call names exactly one.
 * An application that a plugin does not know has no rights in it.
 */
#define PARLEY_APPLICATION_BACKOFFICE 1u
#define PARLEY_APPLICATION_STOREFRONT 2u

/* parley_call::time_left_us of a call that may take as long as it likes. */
#define PARLEY_NO_DEADLINE INT64_MAX

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Made by the host for one request, borrowed by the plugin for that call, and handed back, the same pointer or an equal
 * copy with the same host_context, in every host call that is made for it. The host has authenticated the actor; the
 * plugin never does.
 */
typedef struct parley_call {
  uint32_t size;
  uint32_t application;    /* one of PARLEY_APPLICATION_* */
  int64_t time_left_us;    /* microseconds from the moment of the call; <= 0: none left; or PARLEY_NO_DEADLINE */
  parley_ref actor;        /* who asks: {"users","1"}, {"customerusers","7"} or {PARLEY_ACTOR_SYSTEM,""} */
  parley_str organization; /* id of the organization it happens in; empty where the host has none */
  parley_str website;      /* id of the website; empty in the back office, unless one was chosen */
  parley_str locale;       /* BCP 47 language tag, "en", "de-AT"; empty: "en" */
  parley_str time_zone;    /* IANA name, "Europe/Vienna"; empty: "UTC" */
  parley_str request_id;   /* goes into every log record; at most 128 bytes; may be empty */
  parley_str trace_parent; /* W3C Trace Context `traceparent`; may be empty */
  parley_str
      idempotency_key; /* of the client, 1 to 255 characters of printable ASCII; empty: none. Of calls that are not
                                 retries by their nature: create, add to a relationship, invoke, perform, set_active;
                                 within the actor and the application. Others do not look at it */
  void *host_context;  /* the host's own; the plugin passes it on untouched */
  /*
   * Asks whether the caller still wants the answer. `self` is this call. Result: 1 cancelled, 0 not.
   * [thread-safe], must not block, must not call back. May be NULL: never cancelled. Since 0.1.
   */
  uint32_t(PARLEY_ABI *cancelled)(const struct parley_call *self);
} parley_call;

#ifdef __cplusplus
}
#endif

#endif
