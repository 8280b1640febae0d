#include "note.h"

int32_t request_begin(note_request *self, void *notes, const parley_call *call, const parley_error_sink *errors) {
  memset(self, 0, sizeof *self);
  self->notes = notes;
  self->call = call;
  self->errors = errors;
  const int32_t status = call_begin(self->notes, errors);
  self->begun = status == PARLEY_OK;
  return self->begun ? ask_rights(self->notes, call, &self->allowed, errors) : status;
}

int32_t request_begin_with(note_request *self, void *notes, const parley_call *call, const parley_str *ids,
                           size_t id_count, const parley_error_sink *errors) {
  const int32_t status = request_begin(self, notes, call, errors);
  return status == PARLEY_OK ? visible_notes(self->notes, call, &self->allowed, ids, id_count, &self->found, errors)
                             : status;
}

int32_t request_end(note_request *self, int32_t status) {
  notes_free(&self->found);
  if (self->begun) {
    call_end(self->notes);
  }
  return status;
}
