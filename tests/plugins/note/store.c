#include "note.h"

#include <stdlib.h>

#define PERMISSIONS 5

int str_copy(parley_str *target, const parley_str *source) {
  char *data = malloc(source->size + 1);
  if (data == NULL) {
    return 0;
  }
  if (source->size > 0) {
    memcpy(data, source->data, source->size);
  }
  data[source->size] = '\0';
  target->data = data;
  target->size = source->size;
  return 1;
}

static void str_free(parley_str *text) {
  free((void *)(uintptr_t)text->data);
  memset(text, 0, sizeof *text);
}

int ref_copy(parley_ref *target, const parley_ref *source) {
  if (!str_copy(&target->type, &source->type)) {
    return 0;
  }
  if (!str_copy(&target->id, &source->id)) {
    str_free(&target->type);
    return 0;
  }
  return 1;
}

static void ref_free(parley_ref *ref) {
  str_free(&ref->type);
  str_free(&ref->id);
}

uint32_t ref_equal(const parley_ref *left, const parley_ref *right) {
  return parley_str_equal(&left->type, &right->type) & parley_str_equal(&left->id, &right->id);
}

int parse_id(const parley_str *text, uint64_t *id) {
  uint64_t number = 0;
  if (text->size == 0 || text->size > 18 || text->data[0] == '0') {
    return 0;
  }
  for (size_t i = 0; i < text->size; ++i) {
    if (text->data[i] < '0' || text->data[i] > '9') {
      return 0;
    }
    number = number * 10 + (uint64_t)(text->data[i] - '0');
  }
  *id = number;
  return 1;
}

void note_free(note *self) {
  str_free(&self->text);
  ref_free(&self->record);
  ref_free(&self->author);
}

int note_copy(note *target, const note *source) {
  note copy = *source;
  memset(&copy.text, 0, sizeof copy.text);
  memset(&copy.record, 0, sizeof copy.record);
  memset(&copy.author, 0, sizeof copy.author);
  if (!str_copy(&copy.text, &source->text) || !ref_copy(&copy.record, &source->record) ||
      !ref_copy(&copy.author, &source->author)) {
    note_free(&copy);
    return 0;
  }
  *target = copy;
  return 1;
}

int notes_append(note_list *list, const note *source) {
  if (list->count == list->capacity) {
    const size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
    note *items = capacity > SIZE_MAX / sizeof(note) ? NULL : realloc(list->items, capacity * sizeof(note));
    if (items == NULL) {
      return 0;
    }
    list->items = items;
    list->capacity = capacity;
  }
  if (!note_copy(&list->items[list->count], source)) {
    return 0;
  }
  ++list->count;
  return 1;
}

void notes_drop(note_list *list, size_t index) {
  note_free(&list->items[index]);
  --list->count;
  memmove(&list->items[index], &list->items[index + 1], (list->count - index) * sizeof(note));
}

void notes_free(note_list *list) {
  for (size_t i = 0; i < list->count; ++i) {
    note_free(&list->items[i]);
  }
  free(list->items);
  memset(list, 0, sizeof *list);
}

size_t note_index(const note_list *list, uint64_t id) {
  size_t low = 0;
  size_t high = list->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (list->items[middle].id < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < list->count && list->items[low].id == id ? low : list->count;
}

const note *note_with_id(const note_list *list, const parley_str *id) {
  uint64_t number = 0;
  const size_t index = parse_id(id, &number) ? note_index(list, number) : list->count;
  return index < list->count ? &list->items[index] : NULL;
}

static int32_t PARLEY_ABI put_level(const parley_scope_sink *sink, size_t index, const parley_scope *scope) {
  uint32_t *levels = sink->context;
  if (index < PERMISSIONS) {
    levels[index] = scope->level <= PARLEY_LEVEL_GLOBAL ? scope->level : PARLEY_LEVEL_NONE;
  }
  return PARLEY_OK;
}

static int32_t PARLEY_ABI put_setting(const parley_str_sink *sink, const parley_str *value) {
  const parley_str off = parley_str_of("false");
  *(int *)sink->context = !parley_str_equal(value, &off);
  return PARLEY_OK;
}

static int32_t is_enabled(const instance *self, const parley_call *call, int *enabled,
                          const parley_error_sink *errors) {
  *enabled = 1;
  if (self->settings == NULL) {
    return PARLEY_OK;
  }
  const parley_setting_request request = {sizeof request, 0, parley_str_of("notes.enabled"), call->organization,
                                          call->website};
  const parley_str_sink sink = {sizeof sink, 0, enabled, put_setting};
  return self->settings->values(self->host, call, &request, 1, sizeof request, &sink, errors);
}

int32_t ask_rights(const instance *self, const parley_call *call, rights *answer, const parley_error_sink *errors) {
  static const char *const names[PERMISSIONS][2] = {
      {"notes", "view"}, {"notes", "create"}, {"notes", "edit"}, {"notes", "delete"}, {"note_flow", "perform"}};
  int enabled = 0;
  int32_t status = is_enabled(self, call, &enabled, errors);
  if (status != PARLEY_OK) {
    return status;
  }
  if (!enabled) {
    return fault(errors, PARLEY_NOT_FOUND, "disabled", "Notes are switched off.", NULL, NULL);
  }
  parley_scope_request requests[PERMISSIONS];
  uint32_t levels[PERMISSIONS] = {0};
  for (size_t i = 0; i < PERMISSIONS; ++i) {
    requests[i].size = sizeof requests[i];
    requests[i].reserved0 = 0;
    requests[i].subject = parley_str_of(names[i][0]);
    requests[i].permission = parley_str_of(names[i][1]);
    requests[i].listener = NULL;
  }
  const parley_scope_sink sink = {sizeof sink, 0, levels, put_level};
  status = self->access->scopes(self->host, call, requests, PERMISSIONS, sizeof requests[0], &sink, errors);
  if (status == PARLEY_OK) {
    answer->view = levels[0];
    answer->create = levels[1];
    answer->edit = levels[2];
    answer->remove = levels[3];
    answer->perform = levels[4];
  }
  return status;
}

int reaches(uint32_t level, const parley_call *call, const note *subject) {
  if (level == PARLEY_LEVEL_NONE) {
    return 0;
  }
  if (call->application == PARLEY_APPLICATION_STOREFRONT) {
    return subject->record.id.size > 0;
  }
  return level > PARLEY_LEVEL_USER || ref_equal(&subject->author, &call->actor) == 1;
}

int32_t record_visible(const instance *self, const parley_call *call, const parley_ref *record, int *visible,
                       const parley_error_sink *errors) {
  uint8_t answer = 1;
  int32_t status = PARLEY_OK;
  if (record->id.size > 0) {
    status = self->access->visible(self->host, call, record, 1, &answer, errors);
  }
  if (status == PARLEY_OK) {
    *visible = answer == 1;
  }
  return status;
}

static int is_wanted(const note *subject, const parley_str *ids, size_t id_count) {
  if (ids == NULL) {
    return 1;
  }
  for (size_t i = 0; i < id_count; ++i) {
    uint64_t id = 0;
    if (parse_id(&ids[i], &id) && id == subject->id) {
      return 1;
    }
  }
  return 0;
}

/* Drops the notes whose record the actor may not see; asks for all records at once. */
static int32_t keep_visible(const instance *self, const parley_call *call, note_list *found,
                            const parley_error_sink *errors) {
  parley_ref *refs = calloc(found->count + 1, sizeof *refs);
  uint8_t *answers = calloc(found->count + 1, 1);
  size_t ref_count = 0;
  int32_t status = refs != NULL && answers != NULL ? PARLEY_OK : PARLEY_INTERNAL;
  if (status == PARLEY_OK) {
    for (size_t i = 0; i < found->count; ++i) {
      if (found->items[i].record.id.size > 0) {
        refs[ref_count++] = found->items[i].record;
      }
    }
    if (ref_count > 0) {
      status = self->access->visible(self->host, call, refs, ref_count, answers, errors);
    }
  }
  if (status == PARLEY_OK) {
    for (size_t i = found->count, asked = ref_count; i > 0; --i) {
      if (found->items[i - 1].record.id.size > 0 && answers[--asked] != 1) {
        notes_drop(found, i - 1);
      }
    }
  }
  free(refs);
  free(answers);
  return status;
}

int32_t visible_notes(instance *self, const parley_call *call, const rights *allowed, const parley_str *ids,
                      size_t id_count, note_list *found, const parley_error_sink *errors) {
  int32_t status = PARLEY_OK;
  pthread_mutex_lock(&self->mutex);
  for (size_t i = 0; i < self->notes.count && status == PARLEY_OK; ++i) {
    const note *subject = &self->notes.items[i];
    if (is_wanted(subject, ids, id_count) && reaches(allowed->view, call, subject) && !notes_append(found, subject)) {
      status = PARLEY_INTERNAL;
    }
  }
  pthread_mutex_unlock(&self->mutex);
  return status == PARLEY_OK ? keep_visible(self, call, found, errors) : status;
}
