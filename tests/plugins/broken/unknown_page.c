/* Its menu item opens a page that nobody registered; start succeeds. */
#define START(host, registry, errors) start_lost(host, registry, errors)
#include <parley/ext/registry.h>

static int32_t start_lost(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors);
#include "plugin.h"

static int32_t start_lost(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors) {
  const parley_menu_item item = {.size = sizeof item,
                                 .slot = STR(PARLEY_SLOT_BACKOFFICE_SALES),
                                 .name = STR("things"),
                                 .label = STR("{\"en\":\"Things\"}"),
                                 .page = STR("nowhere")};
  const int32_t status = add_plain_setting(host, registry, errors);
  return status == PARLEY_OK ? registry->add_menu_item(host, &item, errors) : status;
}
