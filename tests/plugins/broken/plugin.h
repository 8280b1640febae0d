/*
 * A plugin with nothing wrong, in pieces. Each source of this folder takes what it needs and makes one thing wrong; a
 * source says what by the macros that it defines before it includes this header:
 *
 *   ENTRY_SIZE, ENTRY_MAJOR, ENTRY_NEEDS_MINOR   members of parley_entry
 *   ENTRY_CREATE                                 its `create`
 *   PLUGIN_STOP                                  parley_plugin::stop
 *   START(host, registry, errors)                what start registers: a status
 *   EXTRA_TABLE(id)                              a table beside parley.info/1, or NULL
 *   INFO                                         parley.info/1, or NULL
 */
#ifndef BROKEN_PLUGIN_H
#define BROKEN_PLUGIN_H

#include <parley/entry.h>
#include <parley/ext/info.h>
#include <parley/ext/registry.h>

#ifndef ENTRY_SIZE
#define ENTRY_SIZE sizeof(parley_entry_point)
#endif
#ifndef ENTRY_MAJOR
#define ENTRY_MAJOR PARLEY_ABI_MAJOR
#endif
#ifndef ENTRY_NEEDS_MINOR
#define ENTRY_NEEDS_MINOR PARLEY_ABI_MINOR
#endif
#ifndef ENTRY_CREATE
#define ENTRY_CREATE plain_create
#endif
#ifndef PLUGIN_STOP
#define PLUGIN_STOP plain_stop
#endif
#ifndef START
#define START(host, registry, errors) PARLEY_OK
#endif
#ifndef EXTRA_TABLE
#define EXTRA_TABLE(id) NULL
#endif
#ifndef INFO
#define INFO &plain_info
#endif

/* A parley_str of a literal, for initializers. */
#define STR(literal) \
  { literal, sizeof(literal) - 1 }

static inline uint32_t str_is(const parley_str *text, const char *expected) {
  const parley_str other = parley_str_of(expected);
  return parley_str_equal(text, &other);
}

static inline int32_t report(const parley_error_sink *errors, int32_t status, const char *code, const char *detail) {
  if (errors != NULL) {
    parley_error error;
    memset(&error, 0, sizeof error);
    error.size = sizeof error;
    error.status = status;
    error.code = parley_str_of(code);
    error.detail = parley_str_of(detail);
    errors->report(errors, &error);
  }
  return status;
}

/* --- what sources may register --------------------------------------------------------------------------------- */

static inline int32_t add_plain_setting(const parley_host *host, const parley_registry *registry,
                                        const parley_error_sink *errors) {
  const parley_setting setting = {
      .size = sizeof setting,
      .scopes = PARLEY_SCOPE_SYSTEM,
      .name = STR("things.enabled"),
      .label = STR("{\"en\":\"Things\"}"),
      .path = STR("[{\"en\":\"Things\"}]"),
      .schema = STR("{\"type\":\"boolean\"}"),
      .default_value = STR("true"),
  };
  return registry->add_setting(host, &setting, errors);
}

static inline int32_t PARLEY_ABI plain_query(void *self, const parley_call *call, const parley_query *query,
                                             const parley_result_sink *result, const parley_error_sink *errors) {
  const parley_page_info page = {sizeof page, 0, 0};
  (void)self, (void)call, (void)query, (void)errors;
  return result->page(result, &page) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

static inline int32_t PARLEY_ABI plain_get_many(void *self, const parley_call *call, const parley_get *get,
                                                const parley_result_sink *result, const parley_error_sink *errors) {
  (void)self, (void)call, (void)get, (void)result, (void)errors;
  return PARLEY_OK;
}

/* An entity that can be listed and read, and is always empty. */
static inline parley_entity plain_entity(const char *type) {
  static const parley_attribute name = {sizeof name,
                                        PARLEY_TYPE_STRING,
                                        PARLEY_FIELD_TITLE,
                                        PARLEY_APPLICATION_BACKOFFICE,
                                        STR("name"),
                                        STR("{\"en\":\"Name\"}"),
                                        0,
                                        0};
  const parley_entity entity = {
      .size = sizeof entity,
      .backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET,
      .attribute_size = sizeof name,
      .relationship_size = sizeof(parley_relationship),
      .operation_size = sizeof(parley_operation),
      .type = parley_str_of(type),
      .label = STR("{\"en\":\"Thing\"}"),
      .plural_label = STR("{\"en\":\"Things\"}"),
      .attributes = &name,
      .attribute_count = 1,
      .query = plain_query,
      .get_many = plain_get_many,
  };
  return entity;
}

/* --- the plugin ------------------------------------------------------------------------------------------------ */

static const parley_info plain_info = {.size = sizeof plain_info,
                                       .name = STR("things"),
                                       .title = STR("Things"),
                                       .version = STR("0.1.0"),
                                       .vendor = STR("Parley")};

typedef struct plain_instance {
  parley_plugin plugin;
  const parley_host *host;
} plain_instance;

static inline const parley_registry *registry_of(const parley_host *host) {
  const parley_str id = STR(PARLEY_REGISTRY_ID);
  return (const parley_registry *)host->get_extension(host, &id);
}

static inline int32_t PARLEY_ABI plain_start(const parley_plugin *plugin, const parley_str *configuration,
                                             const parley_error_sink *errors) {
  const parley_host *host = ((const plain_instance *)plugin->data)->host;
  const parley_registry *registry = registry_of(host);
  (void)configuration, (void)errors, (void)registry;
  return START(host, registry, errors);
}

static inline int32_t PARLEY_ABI plain_stop(const parley_plugin *plugin, const parley_error_sink *errors) {
  (void)plugin, (void)errors;
  return PARLEY_OK;
}

static inline void PARLEY_ABI plain_destroy(const parley_plugin *plugin) {
  (void)plugin;
}

static inline const void *PARLEY_ABI plain_get_extension(const parley_plugin *plugin, const parley_str *id) {
  (void)plugin;
  return str_is(id, PARLEY_INFO_ID) ? INFO : EXTRA_TABLE(id);
}

/* One instance a process is enough here. */
static plain_instance only_instance = {
    {sizeof(parley_plugin), 0, &only_instance, plain_start, PLUGIN_STOP, plain_destroy, plain_get_extension}, NULL};

static inline int32_t PARLEY_ABI plain_create(const parley_host *host, const parley_plugin **plugin,
                                              const parley_error_sink *errors) {
  (void)errors;
  only_instance.host = host;
  *plugin = &only_instance.plugin;
  return PARLEY_OK;
}

#ifndef WITHOUT_ENTRY
PARLEY_EXPORT const parley_entry_point parley_entry = {ENTRY_SIZE, ENTRY_MAJOR, PARLEY_ABI_MINOR, ENTRY_NEEDS_MINOR,
                                                       ENTRY_CREATE};
#endif

#endif
