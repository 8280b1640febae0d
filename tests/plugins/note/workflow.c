#include "note.h"

/* The one transition: from the step "open", by "finish", to "done". */
static const char *step_of(const note *subject) {
  return subject->done ? "done" : "open";
}

static int is_active(instance *self) {
  pthread_mutex_lock(&self->mutex);
  const int active = self->workflow_active;
  pthread_mutex_unlock(&self->mutex);
  return active;
}

static int32_t put_availability(const parley_call *call, const rights *allowed, int active, const note *subject,
                                const parley_str *id, const parley_availability_sink *result) {
  const parley_str finish = parley_str_of("finish");
  const int may = active && !subject->done && reaches(allowed->perform, call, subject);
  const parley_availability answer = {sizeof answer, 0, *id, parley_str_of(step_of(subject)), &finish, may ? 1u : 0u};
  return result->put(result, &answer) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

int32_t workflow_available(void *self, const parley_call *call, const parley_str *ids, size_t id_count,
                           const parley_availability_sink *result, const parley_error_sink *errors) {
  note_request asked;
  int32_t status = request_begin_with(&asked, self, call, ids, id_count, errors);
  const int active = status == PARLEY_OK && is_active(asked.notes);
  for (size_t i = 0; i < id_count && status == PARLEY_OK; ++i) {
    const note *one = note_with_id(&asked.found, &ids[i]);
    if (one != NULL) {
      status = put_availability(call, &asked.allowed, active, one, &ids[i], result);
    }
  }
  return request_end(&asked, status);
}

/* Moves the stored note on; answers a copy. */
static int32_t finish_note(instance *self, uint64_t id, uint64_t expected_version, note *stored) {
  int32_t status = PARLEY_OK;
  pthread_mutex_lock(&self->mutex);
  const size_t index = note_index(&self->notes, id);
  note *target = index < self->notes.count ? &self->notes.items[index] : NULL;
  if (target == NULL) {
    status = PARLEY_NOT_FOUND;
  } else if (expected_version != 0 && expected_version != target->version) {
    status = PARLEY_STALE;
  } else if (target->done) {
    status = PARLEY_CONFLICT;
  } else {
    target->done = 1;
    ++target->version;
    status = note_copy(stored, target) ? PARLEY_OK : PARLEY_INTERNAL;
  }
  pthread_mutex_unlock(&self->mutex);
  return status;
}

static int32_t report(int32_t status, const parley_error_sink *errors) {
  switch (status) {
  case PARLEY_NOT_FOUND:
    return fault(errors, status, "not-found", "There is no such note.", NULL, NULL);
  case PARLEY_STALE:
    return fault(errors, status, "stale", "The note was changed by somebody else.", NULL, NULL);
  case PARLEY_CONFLICT:
    return fault(errors, status, "step", "The note is done already.", NULL, "{\"step\":\"done\"}");
  default:
    return status;
  }
}

int32_t workflow_perform(void *self, const parley_call *call, const parley_transition_call *transition,
                         const parley_result_sink *result, const parley_error_sink *errors) {
  const parley_str finish = parley_str_of("finish");
  note_request asked;
  note stored;
  int32_t status = request_begin_with(&asked, self, call, &transition->id, 1, errors);
  if (status == PARLEY_OK && (asked.found.count == 0 || !parley_str_equal(&transition->transition, &finish))) {
    status = report(PARLEY_NOT_FOUND, errors);
  }
  if (status == PARLEY_OK && !reaches(asked.allowed.perform, call, &asked.found.items[0])) {
    status = fault(errors, PARLEY_FORBIDDEN, "forbidden", "You may not finish this note.", NULL, NULL);
  }
  if (status == PARLEY_OK && !is_active(asked.notes)) {
    status = fault(errors, PARLEY_CONFLICT, "inactive", "The workflow is not active.", NULL, NULL);
  }
  if (status == PARLEY_OK) {
    const uint64_t id = asked.found.items[0].id;
    status = report(finish_note(asked.notes, id, transition->expected_version, &stored), errors);
    status = answer_stored(&asked, status, &stored, result);
  }
  return request_end(&asked, status);
}

int32_t workflow_is_active(void *self, const parley_call *call, uint32_t *active, const parley_error_sink *errors) {
  (void)call;
  const int32_t status = call_begin(self, errors);
  if (status == PARLEY_OK) {
    *active = is_active(self) ? 1u : 0u;
    call_end(self);
  }
  return status;
}

int32_t workflow_set_active(void *self, const parley_call *call, uint32_t active, const parley_error_sink *errors) {
  (void)call;
  instance *notes = self;
  const int32_t status = call_begin(notes, errors);
  if (status == PARLEY_OK) {
    pthread_mutex_lock(&notes->mutex);
    notes->workflow_active = active != 0;
    pthread_mutex_unlock(&notes->mutex);
    call_end(notes);
  }
  return status;
}
