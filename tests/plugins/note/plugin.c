#include "note.h"

#include "json.h"

#include <stdlib.h>
#include <unistd.h>

#define MAXIMUM 100000u /* notes, where the configuration does not say */

/* --- faults and calls ------------------------------------------------------------------------------------------ */

int32_t fault(const parley_error_sink *errors, int32_t status, const char *code, const char *detail, const char *where,
              const char *meta) {
  if (errors != NULL && PARLEY_HAS_FUNCTION(errors, parley_error_sink, report)) {
    const int is_pointer = where != NULL && where[0] == '/';
    parley_error error;
    memset(&error, 0, sizeof error);
    error.size = sizeof error;
    error.status = status;
    error.code = parley_str_of(code);
    error.detail = parley_str_of(detail);
    error.pointer = parley_str_of(is_pointer ? where : NULL);
    error.parameter = parley_str_of(is_pointer ? NULL : where);
    error.meta = parley_str_of(meta);
    errors->report(errors, &error);
  }
  return status;
}

/* The process is asked for before the lock, which a forked child may have inherited locked. */
static int is_foreign_process(const instance *self) {
  const long starter = atomic_load(&self->starter);
  return starter != 0 && starter != (long)getpid();
}

static int32_t forked(const parley_error_sink *errors) {
  return fault(errors, PARLEY_FORKED, "forked", "The plugin was started by another process.", NULL, NULL);
}

int32_t call_begin(instance *self, const parley_error_sink *errors) {
  if (is_foreign_process(self)) {
    return forked(errors);
  }
  pthread_mutex_lock(&self->mutex);
  const int started = self->started;
  self->calls += started ? 1u : 0u;
  pthread_mutex_unlock(&self->mutex);
  return started ? PARLEY_OK : fault(errors, PARLEY_STOPPED, "stopped", "The plugin is not started.", NULL, NULL);
}

void call_end(instance *self) {
  pthread_mutex_lock(&self->mutex);
  if (--self->calls == 0) {
    pthread_cond_broadcast(&self->idle);
  }
  pthread_mutex_unlock(&self->mutex);
}

/* --- configuration --------------------------------------------------------------------------------------------- */

static int32_t PARLEY_ABI configuration_schema(const parley_plugin *plugin, const parley_sink *result) {
  static const char schema[] = "{\"$schema\":\"https://json-schema.org/draft/2020-12/"
                               "schema\",\"type\":\"object\",\"additionalProperties\":false,"
                               "\"properties\":{\"maximum\":{\"type\":\"integer\",\"minimum\":1,\"default\":100000,"
                               "\"description\":\"How many notes are kept at most\"}}}";
  (void)plugin;
  return result->write(result, schema, sizeof schema - 1) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

static int32_t read_configuration(const parley_str *configuration, uint64_t *maximum, const parley_error_sink *errors) {
  parley_str key;
  parley_str value;
  size_t at = 0;
  int32_t status = PARLEY_OK;
  *maximum = MAXIMUM;
  if (configuration->size == 0) {
    return PARLEY_OK;
  }
  if (!json_valid(configuration)) {
    return fault(errors, PARLEY_MALFORMED, "json", "The configuration is not valid JSON.", NULL, NULL);
  }
  while (json_next(configuration, &at, &key, &value)) {
    const parley_str known = parley_str_of("maximum");
    if (!parley_str_equal(&key, &known)) {
      buffer pointer = {0};
      buffer_text(&pointer, "/");
      buffer_bytes(&pointer, key.data, key.size);
      buffer_bytes(&pointer, "", 1);
      status = fault(errors, PARLEY_INVALID, "unknown-member", "The configuration has no such member.",
                     pointer.failed ? "/" : pointer.data, NULL);
      buffer_free(&pointer);
    } else if (!parse_id(&value, maximum)) {
      status = fault(errors, PARLEY_INVALID, "range", "This value should be 1 or more.", "/maximum", NULL);
    }
  }
  return status;
}

static int32_t PARLEY_ABI configuration_validate(const parley_plugin *plugin, const parley_str *configuration,
                                                 const parley_error_sink *errors) {
  uint64_t maximum = 0;
  (void)plugin;
  return read_configuration(configuration, &maximum, errors);
}

/* --- host events ----------------------------------------------------------------------------------------------- */

/* Notes on a deleted record go with it. */
static int32_t PARLEY_ABI host_events_notify(const parley_plugin *plugin, const parley_call *call,
                                             const parley_host_event *events, size_t event_count, uint32_t event_size,
                                             const parley_error_sink *errors) {
  instance *self = (instance *)(uintptr_t)plugin;
  (void)call;
  const int32_t status = call_begin(self, errors);
  if (status != PARLEY_OK) {
    return status;
  }
  pthread_mutex_lock(&self->mutex);
  for (size_t i = 0; i < event_count; ++i) {
    const parley_host_event *event = PARLEY_AT(parley_host_event, events, event_size, i);
    for (size_t k = self->notes.count; event->kind == PARLEY_HAPPENED_RECORD_DELETED && k > 0; --k) {
      if (ref_equal(&self->notes.items[k - 1].record, &event->record)) {
        notes_drop(&self->notes, k - 1);
      }
    }
  }
  pthread_mutex_unlock(&self->mutex);
  call_end(self);
  return PARLEY_OK;
}

/* --- start and stop -------------------------------------------------------------------------------------------- */

static int32_t PARLEY_ABI put_type(const parley_str_sink *sink, const parley_str *value) {
  type_list *list = sink->context;
  parley_str *items = realloc((void *)list->items, (list->count + 1) * sizeof *items);
  if (items == NULL) {
    return PARLEY_INTERNAL;
  }
  list->items = items;
  if (!str_copy(&items[list->count], value)) {
    return PARLEY_INTERNAL;
  }
  ++list->count;
  return PARLEY_OK;
}

static void free_types(type_list *list) {
  for (size_t i = 0; i < list->count; ++i) {
    free((void *)(uintptr_t)list->items[i].data);
  }
  free((void *)list->items);
  memset(list, 0, sizeof *list);
}

static int32_t ask_types(const instance *self, uint32_t traits, type_list *list) {
  const parley_str_sink sink = {sizeof sink, 0, list, put_type};
  return self->registry->types(self->host, traits, &sink);
}

static int32_t begin_work(instance *self, const parley_error_sink *errors) {
  int32_t status = ask_types(self, PARLEY_TRAIT_RECORD, &self->records);
  if (status == PARLEY_OK) {
    status = ask_types(self, PARLEY_TRAIT_USER, &self->users);
  }
  if (status == PARLEY_OK) {
    status = register_all(self, errors);
  }
  if (status != PARLEY_OK) {
    free_types(&self->records);
    free_types(&self->users);
  }
  return status;
}

static int32_t PARLEY_ABI plugin_start(const parley_plugin *plugin, const parley_str *configuration,
                                       const parley_error_sink *errors) {
  instance *self = (instance *)(uintptr_t)plugin;
  uint64_t maximum = 0;
  if (is_foreign_process(self)) {
    return forked(errors);
  }
  if (atomic_load(&self->starter) != 0) {
    return fault(errors, PARLEY_WRONG_STATE, "started", "The plugin is started already.", NULL, NULL);
  }
  int32_t status = read_configuration(configuration, &maximum, errors);
  if (status == PARLEY_MALFORMED) {
    status = PARLEY_INVALID;
  }
  if (status == PARLEY_OK) {
    status = begin_work(self, errors);
  }
  if (status == PARLEY_OK) {
    atomic_store(&self->starter, (long)getpid());
    pthread_mutex_lock(&self->mutex);
    self->maximum = maximum;
    self->started = 1;
    pthread_mutex_unlock(&self->mutex);
  }
  return status;
}

static int32_t PARLEY_ABI plugin_stop(const parley_plugin *plugin, const parley_error_sink *errors) {
  instance *self = (instance *)(uintptr_t)plugin;
  if (is_foreign_process(self)) {
    return forked(errors);
  }
  pthread_mutex_lock(&self->mutex);
  self->started = 0;
  while (self->calls > 0) {
    pthread_cond_wait(&self->idle, &self->mutex);
  }
  pthread_mutex_unlock(&self->mutex);
  atomic_store(&self->starter, 0);
  free_types(&self->records);
  free_types(&self->users);
  return PARLEY_OK;
}

static void PARLEY_ABI plugin_destroy(const parley_plugin *plugin) {
  instance *self = (instance *)(uintptr_t)plugin;
  if (atomic_load(&self->starter) != 0) {
    return; /* still started: better to leak than to crash */
  }
  notes_free(&self->notes);
  pthread_cond_destroy(&self->idle);
  pthread_mutex_destroy(&self->mutex);
  free(self);
}

/* --- tables and entry ------------------------------------------------------------------------------------------ */

#define STR(literal) \
  { literal, sizeof(literal) - 1 }

static const parley_str needs[] = {STR(PARLEY_REGISTRY_ID), STR(PARLEY_ACCESS_ID), STR(PARLEY_CLOCK_ID)};

static const parley_info info = {
    .size = sizeof info,
    .name = STR("parley-note"),
    .title = STR("Notes"),
    .version = STR("0.1.0"),
    .vendor = STR("Parley"),
    .build = STR(""),
    .needs = needs,
    .need_count = sizeof needs / sizeof needs[0],
};

static const parley_configure configure = {sizeof configure, 0, configuration_schema, configuration_validate};
static const parley_host_events host_events = {sizeof host_events, 0, host_events_notify};

static const void *PARLEY_ABI plugin_get_extension(const parley_plugin *plugin, const parley_str *id) {
  const struct {
    const char *id;
    const void *table;
  } tables[] = {
      {PARLEY_INFO_ID, &info},          {PARLEY_CONFIGURE_ID, &configure},
      {PARLEY_ASSETS_ID, &note_assets}, {PARLEY_HOST_EVENTS_ID, &host_events},
      {PARLEY_JOBS_ID, &note_jobs},
  };
  (void)plugin;
  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; ++i) {
    const parley_str known = parley_str_of(tables[i].id);
    if (parley_str_equal(id, &known)) {
      return tables[i].table;
    }
  }
  return NULL;
}

static const void *require(const parley_host *host, const char *id, const parley_error_sink *errors) {
  const parley_str wanted = parley_str_of(id);
  const void *table = host->get_extension(host, &wanted);
  if (table == NULL) {
    char detail[128] = "The host does not have the table ";
    strncat(detail, id, sizeof detail - strlen(detail) - 1);
    fault(errors, PARLEY_INCOMPATIBLE, "missing-table", detail, NULL, NULL);
  }
  return table;
}

static int32_t PARLEY_ABI create(const parley_host *host, const parley_plugin **plugin,
                                 const parley_error_sink *errors) {
  const parley_str settings = parley_str_of(PARLEY_SETTINGS_ID);
  instance *self = calloc(1, sizeof *self);
  if (self == NULL) {
    return PARLEY_INTERNAL;
  }
  self->host = host;
  self->registry = require(host, PARLEY_REGISTRY_ID, errors);
  self->access = require(host, PARLEY_ACCESS_ID, errors);
  self->clock = require(host, PARLEY_CLOCK_ID, errors);
  self->settings = host->get_extension(host, &settings);
  if (self->registry == NULL || self->access == NULL || self->clock == NULL) {
    free(self);
    return PARLEY_INCOMPATIBLE;
  }
  pthread_mutex_init(&self->mutex, NULL);
  pthread_cond_init(&self->idle, NULL);
  self->workflow_active = 1;
  self->plugin.size = sizeof self->plugin;
  self->plugin.data = self;
  self->plugin.start = plugin_start;
  self->plugin.stop = plugin_stop;
  self->plugin.destroy = plugin_destroy;
  self->plugin.get_extension = plugin_get_extension;
  *plugin = &self->plugin;
  return PARLEY_OK;
}

PARLEY_EXPORT const parley_entry_point parley_entry = {
    .size = sizeof parley_entry,
    .abi_major = PARLEY_ABI_MAJOR,
    .abi_minor = PARLEY_ABI_MINOR,
    .needs_minor = PARLEY_ABI_MINOR,
    .create = create,
};
