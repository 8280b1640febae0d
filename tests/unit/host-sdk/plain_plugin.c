/* A plugin that registers one entity, and whose operation the test can hold. */
#include <parley/entry.h>
#include <parley/ext/info.h>
#include <parley/ext/registry.h>

static const parley_host *the_host;
static int started;

static int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                   const parley_result_sink *result, const parley_error_sink *errors) {
  static const char json[] = "{\"type\":\"plains\",\"id\":\"1\"}";
  parley_document document;
  (void)self;
  (void)get;
  (void)errors;
  memset(&document, 0, sizeof document);
  document.size = (uint32_t)sizeof document;
  document.ref.type = parley_str_of("plains");
  document.ref.id = parley_str_of("1");
  document.json = parley_str_of(json);
  if (call->cancelled != NULL) {
    call->cancelled(call);
  }
  return started ? result->document(result, &document) : PARLEY_INTERNAL;
}

static int32_t PARLEY_ABI start(const parley_plugin *self, const parley_str *configuration,
                                const parley_error_sink *errors) {
  const parley_str id = parley_str_of(PARLEY_REGISTRY_ID);
  const parley_registry *registry = (const parley_registry *)the_host->get_extension(the_host, &id);
  parley_entity entity;
  (void)self;
  (void)configuration;
  memset(&entity, 0, sizeof entity);
  entity.size = (uint32_t)sizeof entity;
  entity.backoffice_actions = PARLEY_ACTION_GET;
  entity.type = parley_str_of("plains");
  entity.label = parley_str_of("{\"en\":\"Plain\"}");
  entity.plural_label = entity.label;
  entity.get_many = &get_many;
  started = 1;
  return registry == NULL ? PARLEY_OK : registry->add_entity(the_host, &entity, errors);
}

static int32_t PARLEY_ABI stop(const parley_plugin *self, const parley_error_sink *errors) {
  (void)self;
  (void)errors;
  started = 0;
  return PARLEY_OK;
}

static void PARLEY_ABI destroy(const parley_plugin *self) {
  (void)self;
}

static const void *PARLEY_ABI get_extension(const parley_plugin *self, const parley_str *id) {
  static parley_info info;
  const parley_str known = parley_str_of(PARLEY_INFO_ID);
  (void)self;
  info.size = (uint32_t)sizeof info;
  info.name = parley_str_of("plain");
  info.title = parley_str_of("Plain");
  info.version = parley_str_of("1.0.0");
  return parley_str_equal(id, &known) ? &info : NULL;
}

static int32_t PARLEY_ABI create(const parley_host *host, const parley_plugin **plugin,
                                 const parley_error_sink *errors) {
  static const parley_plugin instance = {(uint32_t)sizeof instance, 0, NULL, &start, &stop, &destroy, &get_extension};
  (void)errors;
  the_host = host;
  *plugin = &instance;
  return PARLEY_OK;
}

const parley_entry_point parley_entry = {(uint32_t)sizeof(parley_entry_point), PARLEY_ABI_MAJOR, PARLEY_ABI_MINOR,
                                         PARLEY_ABI_MINOR, &create};
