#include "note.h"

/* "tidy" drops notes that say "obsolete": one a run, so that hosts see what it is like when work is left. */

static int32_t PARLEY_ABI jobs_list(const parley_plugin *plugin, const parley_job_sink *result) {
  parley_job job;
  memset(&job, 0, sizeof job);
  job.size = sizeof job;
  job.name = parley_str_of("tidy");
  job.label = parley_str_of("{\"en\":\"Drop obsolete notes\",\"de\":\"Veraltete Notizen löschen\"}");
  job.interval_us = 200000;
  (void)plugin;
  return result->put(result, &job) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

static int is_obsolete(const note *subject) {
  const parley_str obsolete = parley_str_of("obsolete");
  return parley_str_equal(&subject->text, &obsolete) == 1;
}

static int32_t PARLEY_ABI jobs_run(const parley_plugin *plugin, const parley_call *call, const parley_str *name,
                                   uint32_t *more, const parley_error_sink *errors) {
  instance *self = (instance *)(uintptr_t)plugin;
  const parley_str tidy = parley_str_of("tidy");
  const int32_t status = call_begin(self, errors);
  (void)call;
  if (status != PARLEY_OK) {
    return status;
  }
  if (!parley_str_equal(name, &tidy)) {
    call_end(self);
    return fault(errors, PARLEY_NOT_FOUND, "not-found", "There is no such job.", NULL, NULL);
  }
  uint32_t found = 0;
  pthread_mutex_lock(&self->mutex);
  for (size_t i = self->notes.count; i > 0; --i) {
    if (is_obsolete(&self->notes.items[i - 1]) && found++ == 0) {
      notes_drop(&self->notes, i - 1);
    }
  }
  pthread_mutex_unlock(&self->mutex);
  call_end(self);
  *more = found > 1 ? 1u : 0u;
  return PARLEY_OK;
}

const parley_jobs note_jobs = {sizeof note_jobs, 0, jobs_list, jobs_run};
