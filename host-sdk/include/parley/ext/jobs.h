/*
 * parley.jobs/1 (plugin): maintenance that the host runs when it likes. Plugins start no thread for it.
 *
 * A host with threads runs each job in its interval; one without does it from cron or between requests. A job that is
 * never run loses nothing: it is done later. parley/runtime.h has the same for all plugins at once
 * (parley_runtime_jobs, parley_runtime_run_job). Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_JOBS_H
#define PARLEY_EXT_JOBS_H

#include <parley/call.h>
#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_JOBS_ID "parley.jobs/1"

#ifdef __cplusplus
extern "C" {
#endif

/* One job. Borrowed for the call of parley_job_sink::put. */
typedef struct parley_job {
  uint32_t size;
  uint32_t reserved0;
  parley_str name;     /* unique in the plugin, [a-z0-9-], at most 64 bytes: "inactivity" */
  parley_str label;    /* JSON object, locale -> text */
  int64_t interval_us; /* how often it should run, in microseconds; > 0. Earlier and later do no harm */
} parley_job;

/* Where jobs go; rules as for parley_sink. Since 0.1. */
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
  /*
   * Lists the jobs; they stay the same as long as the plugin is loaded. Result: PARLEY_OK; PARLEY_SINK_REFUSED.
   * [thread-safe], does not block, calls the sink only. Works before start. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *list)(const parley_plugin *plugin, const parley_job_sink *result);
  /*
   * Runs one, in pieces, until it is done, the time left of the call is used, or the call is cancelled. Neither of the
   * last two is a failure: what was done stays done, and `*more` says that there is work left.
   * call: actor {PARLEY_ACTOR_SYSTEM, ""}, PARLEY_APPLICATION_BACKOFFICE. Its organization and website mean nothing: a job
   * judges the settings of each thing that it touches where that thing is. Give it a time left: a few seconds are enough
   * for many pieces. A call that has no time left to begin with, or is cancelled, answers as every request does.
   * more: receives 1 where work is left, so that it should run again soon, 0 where it is done. Untouched on failure.
   * Running one several times at once, in this process or in others on the same data, is harmless.
   * Result: PARLEY_OK; PARLEY_NOT_FOUND (no such job); PARLEY_BUSY, PARLEY_UNAVAILABLE, PARLEY_TIMED_OUT and the like, of
   * the database or of the host's tables: the pieces before stay done; run it again later.
   * [thread-safe], may block, may call back into the host. Between start and stop. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *run)(const parley_plugin *plugin, const parley_call *call, const parley_str *name, uint32_t *more,
                           const parley_error_sink *errors);
} parley_jobs;

#ifdef __cplusplus
}
#endif

#endif
