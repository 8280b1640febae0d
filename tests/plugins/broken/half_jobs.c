/* Its parley.jobs table is so small that `run` does not fit. */
#include <parley/ext/jobs.h>

static int32_t PARLEY_ABI no_jobs(const parley_plugin *plugin, const parley_job_sink *result) {
  (void)plugin, (void)result;
  return PARLEY_OK;
}

static const parley_jobs half_jobs = {offsetof(parley_jobs, run), 0, no_jobs, NULL};
#define EXTRA_TABLE(id) (str_is(id, PARLEY_JOBS_ID) ? (const void *)&half_jobs : NULL)
#include "plugin.h"
