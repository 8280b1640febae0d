/*
 * parley.log/1 (host): structured, levelled log records. Without it a plugin is silent.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_LOG_H
#define PARLEY_EXT_LOG_H

#include <parley/call.h>
#include <parley/host.h>
#include <parley/types.h>

#define PARLEY_LOG_ID "parley.log/1"

/* Levels, ascending. A host takes one that it does not know for PARLEY_LOG_ERROR. */
#define PARLEY_LOG_DEBUG 1u
#define PARLEY_LOG_INFO 2u
#define PARLEY_LOG_WARNING 3u
#define PARLEY_LOG_ERROR 4u

#ifdef __cplusplus
extern "C" {
#endif

/* One record. All strings are borrowed for the call. Never holds message texts, passwords or bound values. */
typedef struct parley_log_record {
  uint32_t size;
  uint32_t level;     /* of PARLEY_LOG_* */
  parley_str event;   /* stable name for programs: "store.unavailable" */
  parley_str message; /* for people, English, one line */
  parley_str fields;  /* JSON object, or empty */
} parley_log_record;

typedef struct parley_log {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Writes a record. call: for whose request (its request id is logged), or NULL.
   * [thread-safe], should not block for long, does not call back, cannot fail. Required. Since 0.1.
   */
  void(PARLEY_ABI *write)(const parley_host *host, const parley_call *call, const parley_log_record *record);
  /*
   * The least level that is kept, so that a plugin need not make others.
   * [thread-safe], does not block, does not call back, cannot fail. Required. Since 0.1.
   */
  uint32_t(PARLEY_ABI *level)(const parley_host *host);
} parley_log;

#ifdef __cplusplus
}
#endif

#endif
