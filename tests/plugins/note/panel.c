#include "note.h"

/* Notes of one record: of those that the actor sees at all. */
static int32_t notes_of(instance *self, const parley_call *call, const rights *allowed, const parley_ref *record,
                        note_list *found, const parley_error_sink *errors) {
  const int32_t status = visible_notes(self, call, allowed, NULL, 0, found, errors);
  for (size_t i = found->count; i > 0; --i) {
    if (!ref_equal(&found->items[i - 1].record, record)) {
      notes_drop(found, i - 1);
    }
  }
  return status;
}

int32_t panel_page(void *self, const parley_call *call, const parley_ref *record, const parley_query *query,
                   const parley_result_sink *result, const parley_error_sink *errors) {
  note_request asked;
  int visible = 0;
  int32_t status = request_begin(&asked, self, call, errors);
  if (status == PARLEY_OK) {
    status = record_visible(asked.notes, call, record, &visible, errors);
  }
  if (status == PARLEY_OK && !visible) {
    status = fault(errors, PARLEY_NOT_FOUND, "not-found", "There is no such record.", NULL, NULL);
  }
  if (status == PARLEY_OK) {
    status = notes_of(asked.notes, call, &asked.allowed, record, &asked.found, errors);
  }
  if (status == PARLEY_OK) {
    parley_query newest_first;
    memset(&newest_first, 0, sizeof newest_first);
    memcpy(&newest_first, query, query->size < sizeof newest_first ? query->size : sizeof newest_first);
    newest_first.sort_count = 0;
    status = answer_page(asked.notes, call, &asked.allowed, &newest_first, &asked.found, result, errors);
  }
  return request_end(&asked, status);
}

int32_t panel_count(void *self, const parley_call *call, const parley_ref *records, size_t record_count,
                    uint64_t *counts, const parley_error_sink *errors) {
  note_request asked;
  const int32_t status = request_begin_with(&asked, self, call, NULL, 0, errors);
  for (size_t i = 0; i < record_count && status == PARLEY_OK; ++i) {
    counts[i] = 0;
    for (size_t k = 0; k < asked.found.count; ++k) {
      counts[i] += ref_equal(&asked.found.items[k].record, &records[i]);
    }
  }
  return request_end(&asked, status);
}
