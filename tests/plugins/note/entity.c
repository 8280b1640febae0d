#include "note.h"

#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_MAX 65535u

/* --- documents ------------------------------------------------------------------------------------------------- */

typedef struct field_choice {
  int all;
  const parley_str *names;
  size_t count;
} field_choice;

static int wants(const field_choice *chosen, const char *name) {
  const parley_str wanted = parley_str_of(name);
  for (size_t i = 0; !chosen->all && i < chosen->count; ++i) {
    if (parley_str_equal(&chosen->names[i], &wanted)) {
      return 1;
    }
  }
  return chosen->all;
}

static void add_member(buffer *out, const char *name, int *members) {
  buffer_text(out, (*members)++ == 0 ? "\"" : ",\"");
  buffer_text(out, name);
  buffer_text(out, "\":");
}

static void add_relationship(buffer *out, const char *name, const parley_ref *ref, int *members) {
  add_member(out, name, members);
  buffer_text(out, "{\"data\":");
  if (ref->id.size > 0) {
    buffer_ref(out, ref);
  } else {
    buffer_text(out, "null");
  }
  buffer_text(out, "}");
}

static parley_related related_of(const char *name, const parley_ref *ref) {
  const parley_related related = {sizeof related, 0, parley_str_of(name), ref, ref->id.size > 0 ? 1u : 0u};
  return related;
}

static int32_t put_document(const instance *self, const parley_call *call, const rights *allowed,
                            const field_choice *chosen, const note *subject, int with_cursor,
                            const parley_result_sink *result) {
  char id[24];
  snprintf(id, sizeof id, "%" PRIu64, subject->id);
  buffer out = {0};
  int members = 0;
  buffer_text(&out, "{\"type\":\"notes\",\"id\":\"");
  buffer_text(&out, id);
  buffer_text(&out, "\",\"attributes\":{");
  if (wants(chosen, "text")) {
    add_member(&out, "text", &members);
    buffer_string(&out, &subject->text);
  }
  if (wants(chosen, "pinned")) {
    add_member(&out, "pinned", &members);
    buffer_text(&out, subject->pinned ? "true" : "false");
  }
#ifdef NOTE_WITH_PRIORITY
  if (wants(chosen, "priority")) {
    const parley_str priority = parley_str_of(priority_name(subject->priority));
    add_member(&out, "priority", &members);
    buffer_string(&out, &priority);
  }
#endif
  if (wants(chosen, "createdAt")) {
    add_member(&out, "createdAt", &members);
    buffer_time(&out, subject->created);
  }
  buffer_text(&out, "},\"relationships\":{");
  members = 0;
  parley_related related[2];
  size_t related_count = 0;
  if (self->records.count > 0 && wants(chosen, "record")) {
    add_relationship(&out, "record", &subject->record, &members);
    related[related_count++] = related_of("record", &subject->record);
  }
  if (self->users.count > 0 && call->application == PARLEY_APPLICATION_BACKOFFICE && wants(chosen, "author")) {
    add_relationship(&out, "author", &subject->author, &members);
    related[related_count++] = related_of("author", &subject->author);
  }
  buffer_text(&out, "},\"meta\":{\"can\":{\"update\":");
  buffer_text(&out, reaches(allowed->edit, call, subject) ? "true" : "\"You may not edit this note.\"");
  buffer_text(&out, ",\"delete\":");
  buffer_text(&out, reaches(allowed->remove, call, subject) ? "true" : "\"You may not delete this note.\"");
  buffer_text(&out, "}}}");
  int32_t status = out.failed ? PARLEY_INTERNAL : PARLEY_OK;
  if (status == PARLEY_OK) {
    parley_document document;
    memset(&document, 0, sizeof document);
    document.size = sizeof document;
    document.related_size = sizeof related[0];
    document.version = subject->version;
    document.ref.type = parley_str_of("notes");
    document.ref.id = parley_str_of(id);
    document.json = buffer_view(&out);
    document.cursor = parley_str_of(with_cursor ? id : NULL);
    document.related = related;
    document.related_count = related_count;
    status = result->document(result, &document) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
  }
  buffer_free(&out);
  return status;
}

int32_t answer_stored(const note_request *asked, int32_t status, note *stored, const parley_result_sink *result) {
  if (status == PARLEY_OK) {
    const field_choice everything = {1, NULL, 0};
    status = put_document(asked->notes, asked->call, &asked->allowed, &everything, stored, 0, result);
    note_free(stored);
  }
  return status;
}

int32_t answer_page(const instance *self, const parley_call *call, const rights *allowed, const parley_query *query,
                    note_list *found, const parley_result_sink *result, const parley_error_sink *errors) {
  size_t first = 0;
  size_t end = 0;
  int32_t status = select_page(query, found, &first, &end, errors);
  const field_choice chosen = {(query->flags & PARLEY_QUERY_ALL_FIELDS) != 0, query->fields, query->field_count};
  for (size_t i = first; i < end && status == PARLEY_OK; ++i) {
    status = put_document(self, call, allowed, &chosen, &found->items[i], 1, result);
  }
  if (status != PARLEY_OK) {
    return status;
  }
  parley_page_info page = {sizeof page, 0, 0};
  page.flags |= first > 0 ? PARLEY_PAGE_HAS_PREVIOUS : 0u;
  page.flags |= end < found->count ? PARLEY_PAGE_HAS_NEXT : 0u;
  if ((query->flags & PARLEY_QUERY_WANT_TOTAL) != 0) {
    page.flags |= PARLEY_PAGE_HAS_TOTAL;
    page.total = found->count;
  }
  return result->page(result, &page) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

/* --- reading --------------------------------------------------------------------------------------------------- */

int32_t entity_query(void *self, const parley_call *call, const parley_query *query, const parley_result_sink *result,
                     const parley_error_sink *errors) {
  note_request asked;
  int32_t status = request_begin_with(&asked, self, call, NULL, 0, errors);
  if (status == PARLEY_OK) {
    status = answer_page(asked.notes, call, &asked.allowed, query, &asked.found, result, errors);
  }
  return request_end(&asked, status);
}

int32_t entity_count(void *self, const parley_call *call, const parley_query *query, uint64_t *count,
                     const parley_error_sink *errors) {
  note_request asked;
  size_t first = 0;
  size_t end = 0;
  int32_t status = request_begin_with(&asked, self, call, NULL, 0, errors);
  if (status == PARLEY_OK) {
    status = select_page(query, &asked.found, &first, &end, errors);
  }
  if (status == PARLEY_OK) {
    *count = asked.found.count;
  }
  return request_end(&asked, status);
}

int32_t entity_get_many(void *self, const parley_call *call, const parley_get *get, const parley_result_sink *result,
                        const parley_error_sink *errors) {
  note_request asked;
  int32_t status = request_begin_with(&asked, self, call, get->ids, get->id_count, errors);
  const field_choice chosen = {(get->flags & PARLEY_QUERY_ALL_FIELDS) != 0, get->fields, get->field_count};
  for (size_t i = 0; i < get->id_count && status == PARLEY_OK; ++i) {
    const note *one = note_with_id(&asked.found, &get->ids[i]);
    if (one != NULL) {
      status = put_document(asked.notes, call, &asked.allowed, &chosen, one, 0, result);
    }
  }
  return request_end(&asked, status);
}

/* --- writing --------------------------------------------------------------------------------------------------- */

/* What a request document says; `has` tells which members were there. */
typedef struct input {
  int has_text;
  int has_pinned;
  int pinned;
#ifdef NOTE_WITH_PRIORITY
  int has_priority;
  int priority;
#endif
  buffer text;
  buffer record_type;
  buffer record_id;
} input;

static void input_free(input *self) {
  buffer_free(&self->text);
  buffer_free(&self->record_type);
  buffer_free(&self->record_id);
}

static int is_blank(const parley_str *text) {
  for (size_t i = 0; i < text->size; ++i) {
    if (strchr(" \t\r\n\v\f", text->data[i]) == NULL || text->data[i] == '\0') {
      return 0;
    }
  }
  return 1;
}

static int32_t read_text(const parley_str *json, int creating, input *in, const parley_error_sink *errors) {
  static const char *const path[] = {"data", "attributes", "text", NULL};
  static const char where[] = "/data/attributes/text";
  parley_str value;
  in->has_text = json_path(json, path, &value);
  if (!in->has_text && !creating) {
    return PARLEY_OK;
  }
  if (in->has_text && !json_is(&value, "null") && !json_text(&value, &in->text)) {
    return fault(errors, PARLEY_INVALID, "not-a-string", "This value should be of type string.", where, NULL);
  }
  const parley_str text = buffer_view(&in->text);
  if (is_blank(&text)) {
    return fault(errors, PARLEY_INVALID, "not-blank", "This value should not be blank.", where, NULL);
  }
  if (text.size > TEXT_MAX) {
    return fault(errors, PARLEY_INVALID, "too-long", "This value is too long.", where, NULL);
  }
  return PARLEY_OK;
}

static int32_t read_pinned(const parley_str *json, input *in, const parley_error_sink *errors) {
  static const char *const path[] = {"data", "attributes", "pinned", NULL};
  parley_str value;
  in->has_pinned = json_path(json, path, &value);
  in->pinned = in->has_pinned && json_is(&value, "true");
  if (in->has_pinned && !in->pinned && !json_is(&value, "false")) {
    return fault(errors, PARLEY_INVALID, "not-a-boolean", "This value should be of type boolean.",
                 "/data/attributes/pinned", NULL);
  }
  return PARLEY_OK;
}

#ifdef NOTE_WITH_PRIORITY
static int32_t read_priority(const parley_str *json, input *in, const parley_error_sink *errors) {
  static const char *const path[] = {"data", "attributes", "priority", NULL};
  parley_str value;
  buffer text = {0};
  in->priority = PRIORITY_NORMAL;
  in->has_priority = json_path(json, path, &value);
  const int is_text = in->has_priority && json_text(&value, &text);
  const parley_str name = buffer_view(&text);
  const int is_known = is_text && priority_parse(&name, &in->priority);
  const int failed = text.failed;
  buffer_free(&text);
  if (failed) {
    return PARLEY_INTERNAL;
  }
  if (in->has_priority && !is_known) {
    return fault(errors, PARLEY_INVALID, "not-a-choice", "This value should be one of low, normal, high.",
                 "/data/attributes/priority", NULL);
  }
  return PARLEY_OK;
}
#endif

static parley_ref input_record(const input *in) {
  const parley_ref record = {buffer_view(&in->record_type), buffer_view(&in->record_id)};
  return record;
}

static int is_record_type(const instance *self, const parley_str *type) {
  for (size_t i = 0; i < self->records.count; ++i) {
    if (parley_str_equal(&self->records.items[i], type)) {
      return 1;
    }
  }
  return 0;
}

static int32_t read_record(const instance *self, const parley_call *call, const parley_str *json, input *in,
                           const parley_error_sink *errors) {
  static const char *const path[] = {"data", "relationships", "record", "data", NULL};
  static const char where[] = "/data/relationships/record";
  parley_str linkage;
  parley_str value;
  if (!json_path(json, path, &linkage) || json_is(&linkage, "null")) {
    return PARLEY_OK;
  }
  const int understood = json_member(&linkage, "type", &value) && json_text(&value, &in->record_type) &&
                         json_member(&linkage, "id", &value) && json_text(&value, &in->record_id);
  const parley_ref record = input_record(in);
  if (!understood || record.id.size == 0 || !is_record_type(self, &record.type)) {
    return fault(errors, PARLEY_INVALID, "reference", "This is no record that a note can stand on.", where, NULL);
  }
  int visible = 0;
  const int32_t status = record_visible(self, call, &record, &visible, errors);
  if (status == PARLEY_OK && !visible) {
    return fault(errors, PARLEY_INVALID, "reference", "This record does not exist.", where, NULL);
  }
  return status;
}

/* Every fault is reported; a failure of the host counts more than a fault of the client. */
static int32_t read_input(const instance *self, const parley_call *call, const parley_str *json, int creating,
                          input *in, const parley_error_sink *errors) {
  if (!json_valid(json)) {
    return fault(errors, PARLEY_MALFORMED, "json", "The document is not valid JSON.", NULL, NULL);
  }
  const int32_t text = read_text(json, creating, in, errors);
  const int32_t pinned = read_pinned(json, in, errors);
#ifdef NOTE_WITH_PRIORITY
  const int32_t priority = read_priority(json, in, errors);
#else
  const int32_t priority = PARLEY_OK;
#endif
  const int32_t record = creating ? read_record(self, call, json, in, errors) : PARLEY_OK;
  if (in->text.failed || in->record_type.failed || in->record_id.failed) {
    return PARLEY_INTERNAL;
  }
  const int32_t members = text != PARLEY_OK ? text : (pinned != PARLEY_OK ? pinned : priority);
  return record != PARLEY_OK ? record : members;
}

static int32_t store_new(instance *self, const parley_call *call, const input *in, note *stored,
                         const parley_error_sink *errors) {
  note fresh;
  memset(&fresh, 0, sizeof fresh);
  fresh.version = 1;
  fresh.created = self->clock->now_us(self->host);
  fresh.pinned = in->pinned;
#ifdef NOTE_WITH_PRIORITY
  fresh.priority = in->priority;
#endif
  fresh.text = buffer_view(&in->text);
  fresh.record = input_record(in);
  fresh.author = call->actor;
  int full = 0;
  int32_t status = PARLEY_OK;
  pthread_mutex_lock(&self->mutex);
  fresh.id = self->last_id + 1;
  full = self->notes.count >= self->maximum;
  if (!full) {
    if (!note_copy(stored, &fresh)) {
      status = PARLEY_INTERNAL;
    } else if (!notes_append(&self->notes, &fresh)) {
      note_free(stored);
      status = PARLEY_INTERNAL;
    } else {
      self->last_id = fresh.id;
    }
  }
  pthread_mutex_unlock(&self->mutex);
  return full ? fault(errors, PARLEY_CONFLICT, "full", "There are too many notes already.", NULL, NULL) : status;
}

int32_t entity_create(void *self, const parley_call *call, const parley_write *write, const parley_result_sink *result,
                      const parley_error_sink *errors) {
  note_request asked;
  input in = {0};
  note stored;
  int32_t status = request_begin(&asked, self, call, errors);
  if (status == PARLEY_OK && asked.allowed.create == PARLEY_LEVEL_NONE) {
    status = fault(errors, PARLEY_FORBIDDEN, "forbidden", "You may not create notes.", NULL, NULL);
  }
  if (status == PARLEY_OK) {
    status = read_input(asked.notes, call, &write->json, 1, &in, errors);
  }
  if (status == PARLEY_OK && (write->flags & PARLEY_WRITE_CHECK_ONLY) == 0) {
    status = answer_stored(&asked, store_new(asked.notes, call, &in, &stored, errors), &stored, result);
  }
  input_free(&in);
  return request_end(&asked, status);
}

/* Reports that the version is not the expected one. */
static int32_t stale(uint64_t version, const parley_error_sink *errors) {
  char meta[48];
  snprintf(meta, sizeof meta, "{\"version\":%" PRIu64 "}", version);
  return fault(errors, PARLEY_STALE, "stale", "The note was changed by somebody else.", NULL, meta);
}

static int32_t not_there(const parley_error_sink *errors) {
  return fault(errors, PARLEY_NOT_FOUND, "not-found", "There is no such note.", NULL, NULL);
}

/* Says what became of a note that was there when the call began: PARLEY_NOT_FOUND, PARLEY_STALE; others as they are. */
static int32_t report_missed(int32_t status, uint64_t version, const parley_error_sink *errors) {
  if (status == PARLEY_STALE) {
    return stale(version, errors);
  }
  return status == PARLEY_NOT_FOUND ? not_there(errors) : status;
}

/* The one note that was asked for: demands that it is seen, and that a level reaches it. */
static int32_t the_one(const note_request *asked, uint32_t level) {
  if (asked->found.count == 0) {
    return not_there(asked->errors);
  }
  if (!reaches(level, asked->call, &asked->found.items[0])) {
    return fault(asked->errors, PARLEY_FORBIDDEN, "forbidden", "You may not change this note.", NULL, NULL);
  }
  return PARLEY_OK;
}

/* Applies a change to the stored note; answers a copy. `in` may be NULL: pins it. */
static int32_t store_change(instance *self, uint64_t id, uint64_t expected_version, const input *in, note *stored,
                            const parley_error_sink *errors) {
  int32_t status = PARLEY_OK;
  uint64_t version = 0;
  pthread_mutex_lock(&self->mutex);
  const size_t index = note_index(&self->notes, id);
  if (index == self->notes.count) {
    status = PARLEY_NOT_FOUND;
  } else {
    note *target = &self->notes.items[index];
    version = target->version;
    note changed = *target;
    changed.pinned = in == NULL ? 1 : (in->has_pinned ? in->pinned : target->pinned);
    if (in != NULL && in->has_text) {
      changed.text = buffer_view(&in->text);
    }
#ifdef NOTE_WITH_PRIORITY
    if (in != NULL && in->has_priority) {
      changed.priority = in->priority;
    }
#endif
    ++changed.version;
    note kept;
    if (expected_version != 0 && expected_version != version) {
      status = PARLEY_STALE;
    } else if (!note_copy(&kept, &changed)) {
      status = PARLEY_INTERNAL;
    } else if (!note_copy(stored, &kept)) {
      note_free(&kept);
      status = PARLEY_INTERNAL;
    } else {
      note_free(target);
      *target = kept;
    }
  }
  pthread_mutex_unlock(&self->mutex);
  return report_missed(status, version, errors);
}

int32_t entity_update(void *self, const parley_call *call, const parley_write *write, const parley_result_sink *result,
                      const parley_error_sink *errors) {
  note_request asked;
  input in = {0};
  note stored;
  int32_t status = request_begin_with(&asked, self, call, &write->id, 1, errors);
  if (status == PARLEY_OK) {
    status = the_one(&asked, asked.allowed.edit);
  }
  if (status == PARLEY_OK) {
    status = read_input(asked.notes, call, &write->json, 0, &in, errors);
  }
  if (status == PARLEY_OK && (write->flags & PARLEY_WRITE_CHECK_ONLY) == 0) {
    status = answer_stored(
        &asked, store_change(asked.notes, asked.found.items[0].id, write->expected_version, &in, &stored, errors),
        &stored, result);
  }
  input_free(&in);
  return request_end(&asked, status);
}

/* Drops the stored note. */
static int32_t drop_stored(instance *self, uint64_t id, uint64_t expected_version, const parley_error_sink *errors) {
  int32_t status = PARLEY_OK;
  uint64_t version = 0;
  pthread_mutex_lock(&self->mutex);
  const size_t index = note_index(&self->notes, id);
  if (index == self->notes.count) {
    status = PARLEY_NOT_FOUND;
  } else {
    version = self->notes.items[index].version;
    if (expected_version != 0 && expected_version != version) {
      status = PARLEY_STALE;
    } else {
      notes_drop(&self->notes, index);
    }
  }
  pthread_mutex_unlock(&self->mutex);
  return report_missed(status, version, errors);
}

int32_t entity_remove(void *self, const parley_call *call, const parley_removal *removal,
                      const parley_error_sink *errors) {
  note_request asked;
  int32_t status = request_begin_with(&asked, self, call, &removal->id, 1, errors);
  if (status == PARLEY_OK) {
    status = the_one(&asked, asked.allowed.remove);
  }
  if (status == PARLEY_OK) {
    status = drop_stored(asked.notes, asked.found.items[0].id, removal->expected_version, errors);
  }
  return request_end(&asked, status);
}

/* --- named operations ------------------------------------------------------------------------------------------ */

static int32_t invoke_pin(note_request *asked, const parley_operation_call *operation,
                          const parley_result_sink *result) {
  note stored;
  const int32_t status = the_one(asked, asked->allowed.edit);
  if (status != PARLEY_OK) {
    return status;
  }
  return answer_stored(
      asked,
      store_change(asked->notes, asked->found.items[0].id, operation->expected_version, NULL, &stored, asked->errors),
      &stored, result);
}

static int32_t invoke_pinned(const note_request *asked, const parley_result_sink *result) {
  uint64_t pinned = 0;
  for (size_t i = 0; i < asked->found.count; ++i) {
    pinned += asked->found.items[i].pinned ? 1u : 0u;
  }
  char text[48];
  snprintf(text, sizeof text, "{\"count\":%" PRIu64 "}", pinned);
  const parley_str meta = parley_str_of(text);
  return result->meta(result, &meta) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

int32_t entity_invoke(void *self, const parley_call *call, const parley_operation_call *operation,
                      const parley_result_sink *result, const parley_error_sink *errors) {
  const parley_str pin = parley_str_of("pin");
  const parley_str pinned = parley_str_of("pinned");
  note_request asked;
  const uint32_t on_one = parley_str_equal(&operation->name, &pin);
  int32_t status = request_begin_with(&asked, self, call, on_one ? &operation->id : NULL, on_one, errors);
  if (status == PARLEY_OK && on_one == 1) {
    status = invoke_pin(&asked, operation, result);
  } else if (status == PARLEY_OK && parley_str_equal(&operation->name, &pinned)) {
    status = invoke_pinned(&asked, result);
  } else if (status == PARLEY_OK) {
    status = fault(errors, PARLEY_UNSUPPORTED, "operation", "Notes have no such operation.", NULL, NULL);
  }
  return request_end(&asked, status);
}
