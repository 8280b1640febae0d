/*
 * parley.jobs/draft-1 (plugin): maintenance that the host runs when it likes. Plugins start no thread for it.
 * Draft since 0.1: may change with any minor version (version.h, policy 7).
 */
#ifndef PARLEY_EXT_DRAFT_JOBS_H
#define PARLEY_EXT_DRAFT_JOBS_H

#include <parley/call.h>
#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_JOBS_ID "parley.jobs/draft-1"

#ifdef __cplusplus
extern "C" {
#endif

/* One job. Borrowed for the call of parley_job_sink::put. */
typedef struct parley_job {
  uint32_t size;
  uint32_t reserved0;
  parley_str name;     /* "inactivity" */
  parley_str label;    /* JSON object, locale -> text */
  int64_t interval_us; /* how often it should run, in microseconds */
} parley_job;

/* Where jobs go; rules as for parley_sink. */
typedef struct parley_job_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes one job. Result and threads as parley_sink::write. Required. */
  int32_t(PARLEY_ABI *put)(const struct parley_job_sink *self, const parley_job *job);
} parley_job_sink;

typedef struct parley_jobs {
  uint32_t size;
  uint32_t reserved0;
  /* Lists the jobs. [thread-safe], does not block, calls the sink only. Works before start. Required. */
  int32_t(PARLEY_ABI *list)(const parley_plugin *plugin, const parley_job_sink *result);
  /*
   * Runs one in pieces until it is done or the time left of the call is used; writes 1 to `*more` where work is left.
   * call: actor {PARLEY_ACTOR_SYSTEM,""}. Running one twice at the same time is harmless.
   * Result: PARLEY_OK; PARLEY_NOT_FOUND; PARLEY_UNAVAILABLE. [thread-safe], may block, may call back. Required.
   */
  int32_t(PARLEY_ABI *run)(const parley_plugin *plugin, const parley_call *call, const parley_str *name, uint32_t *more,
                           const parley_error_sink *errors);
} parley_jobs;

#ifdef __cplusplus
}
#endif

#endif
