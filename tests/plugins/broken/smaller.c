/*
 * Nothing is wrong: it was built with earlier headers, in which the structs ended sooner. What follows the end is noise
 * that nobody may read.
 */
#include <parley/ext/registry.h>

static int32_t start_small(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors);
#define START(host, registry, errors) start_small(host, registry, errors)
#include <parley/ext/info.h>

#define NOISE ((const void *)(uintptr_t)16)

static const parley_info early_info = {.size = offsetof(parley_info, build),
                                       .name = {"things", 6},
                                       .title = {"Things", 6},
                                       .version = {"0.1.0", 5},
                                       .vendor = {"Parley", 6},
                                       .build = {NOISE, 1000},
                                       .needs = NOISE,
                                       .need_count = 1000};
#define INFO &early_info
#include "plugin.h"

static int32_t start_small(const parley_host *host, const parley_registry *registry, const parley_error_sink *errors) {
  parley_entity entity = plain_entity("things");
  entity.size = offsetof(parley_entity, count);
  memset((char *)&entity + entity.size, 0x7f, sizeof entity - entity.size);
  const parley_page page = {.size = offsetof(parley_page, actions),
                            .application = PARLEY_APPLICATION_BACKOFFICE,
                            .name = STR("things"),
                            .title = STR("{\"en\":\"Things\"}"),
                            .entity = STR("things"),
                            .actions = NOISE,
                            .action_count = 1000,
                            .gate = NOISE};
  const parley_menu_item item = {.size = offsetof(parley_menu_item, gate),
                                 .slot = STR(PARLEY_SLOT_BACKOFFICE_SALES),
                                 .name = STR("things"),
                                 .label = STR("{\"en\":\"Things\"}"),
                                 .page = STR("things"),
                                 .gate = NOISE};
  int32_t status = registry->add_entity(host, &entity, errors);
  if (status == PARLEY_OK) {
    status = registry->add_page(host, &page, errors);
  }
  return status == PARLEY_OK ? registry->add_menu_item(host, &item, errors) : status;
}
