/* Nothing is wrong: it was built with later headers, in which every struct has more members. */
#include <parley/entry.h>
#include <parley/ext/info.h>
#include <parley/ext/registry.h>

#define STR(literal) \
  { literal, sizeof(literal) - 1 }
/* A later struct: the one of today, and what came after. */
#define LATER(type)    \
  struct {             \
    type now;          \
    uint64_t later[3]; \
  }
#define NOISE \
  { UINT64_MAX, 1, UINT64_MAX }

static const parley_host *host_of_instance;

static int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query *asked,
                                const parley_result_sink *result, const parley_error_sink *errors) {
  static const char json[] = "{\"type\":\"things\",\"id\":\"1\",\"attributes\":{\"name\":\"One\"},"
                             "\"relationships\":{\"order\":{\"data\":{\"type\":\"orders\",\"id\":\"1\"}},"
                             "\"customer\":{\"data\":null}}}";
  static const parley_ref order = {STR("orders"), STR("1")};
  const LATER(parley_related) related[] = {{{sizeof related[0], 0, STR("order"), &order, 1}, NOISE},
                                           {{sizeof related[0], 0, STR("customer"), NULL, 0}, NOISE}};
  LATER(parley_document) document = {.later = NOISE};
  document.now.size = sizeof document;
  document.now.related_size = sizeof related[0];
  document.now.ref.type = parley_str_of("things");
  document.now.ref.id = parley_str_of("1");
  document.now.json = parley_str_of(json);
  document.now.related = &related[0].now;
  document.now.related_count = 2;
  const LATER(parley_page_info) page = {{sizeof page, PARLEY_PAGE_HAS_TOTAL, 1}, NOISE};
  (void)self, (void)call, (void)asked, (void)errors;
  if (result->document(result, &document.now) != PARLEY_OK || result->page(result, &page.now) != PARLEY_OK) {
    return PARLEY_SINK_REFUSED;
  }
  return PARLEY_OK;
}

static int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                   const parley_result_sink *result, const parley_error_sink *errors) {
  (void)self, (void)call, (void)get, (void)result, (void)errors;
  return PARLEY_OK;
}

static int32_t PARLEY_ABI start(const parley_plugin *plugin, const parley_str *configuration,
                                const parley_error_sink *errors) {
  static const parley_str orders = STR("orders");
  static const parley_str customers = STR("customers");
  const uint32_t both = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;
  const LATER(parley_gate) gate = {{sizeof gate, 0, STR("things.enabled"), STR(""), STR(""), STR("")}, NOISE};
  const LATER(parley_attribute) attributes[] = {
      {{sizeof attributes[0], PARLEY_TYPE_STRING, PARLEY_FIELD_TITLE, both, STR("name"), STR("{\"en\":\"Name\"}"), 0,
        0},
       NOISE},
      {{sizeof attributes[0], PARLEY_TYPE_INTEGER, 0, both, STR("weight"), STR("{\"en\":\"Weight\"}"), 0, 0}, NOISE}};
  const LATER(parley_relationship) relationships[] = {
      {{sizeof relationships[0], 0, both, 0, STR("order"), STR("{\"en\":\"Order\"}"), &orders, 1, STR("")}, NOISE},
      {{sizeof relationships[0], 0, both, 0, STR("customer"), STR("{\"en\":\"Customer\"}"), &customers, 1, STR("")},
       NOISE}};
  const LATER(parley_setting) setting = {{.size = sizeof setting,
                                          .scopes = PARLEY_SCOPE_SYSTEM,
                                          .name = STR("things.enabled"),
                                          .label = STR("{\"en\":\"Things\"}"),
                                          .path = STR("[{\"en\":\"Things\"}]"),
                                          .schema = STR("{\"type\":\"boolean\"}"),
                                          .default_value = STR("true")},
                                         NOISE};
  const LATER(parley_entity) entity = {{.size = sizeof entity,
                                        .backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET,
                                        .attribute_size = sizeof attributes[0],
                                        .relationship_size = sizeof relationships[0],
                                        .operation_size = sizeof(parley_operation),
                                        .type = STR("things"),
                                        .label = STR("{\"en\":\"Thing\"}"),
                                        .plural_label = STR("{\"en\":\"Things\"}"),
                                        .attributes = &attributes[0].now,
                                        .attribute_count = 2,
                                        .relationships = &relationships[0].now,
                                        .relationship_count = 2,
                                        .gate = &gate.now,
                                        .query = query,
                                        .get_many = get_many},
                                       NOISE};
  const parley_str id = STR(PARLEY_REGISTRY_ID);
  const parley_registry *registry = (const parley_registry *)host_of_instance->get_extension(host_of_instance, &id);
  (void)plugin, (void)configuration;
  const int32_t status = registry->add_setting(host_of_instance, &setting.now, errors);
  return status == PARLEY_OK ? registry->add_entity(host_of_instance, &entity.now, errors) : status;
}

static int32_t PARLEY_ABI stop(const parley_plugin *plugin, const parley_error_sink *errors) {
  (void)plugin, (void)errors;
  return PARLEY_OK;
}

static void PARLEY_ABI destroy(const parley_plugin *plugin) {
  (void)plugin;
}

static const void *PARLEY_ABI get_extension(const parley_plugin *plugin, const parley_str *id) {
  static const LATER(parley_info) info = {{.size = sizeof info,
                                           .name = STR("things"),
                                           .title = STR("Things"),
                                           .version = STR("0.1.0"),
                                           .vendor = STR("Parley")},
                                          NOISE};
  const parley_str info_id = STR(PARLEY_INFO_ID);
  (void)plugin;
  return parley_str_equal(id, &info_id) ? &info.now : NULL;
}

static const LATER(parley_plugin) later_plugin = {{sizeof later_plugin, 0, NULL, start, stop, destroy, get_extension},
                                                  NOISE};

static int32_t PARLEY_ABI create(const parley_host *host, const parley_plugin **plugin,
                                 const parley_error_sink *errors) {
  (void)errors;
  host_of_instance = host;
  *plugin = &later_plugin.now;
  return PARLEY_OK;
}

PARLEY_EXPORT const parley_entry_point parley_entry = {sizeof parley_entry + 64, PARLEY_ABI_MAJOR, PARLEY_ABI_MINOR,
                                                       PARLEY_ABI_MINOR, create};
