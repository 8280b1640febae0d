/*
 * parley.registry/1 (host): where a plugin registers what it brings.
 *
 * Registration happens only while parley_plugin::start runs (a host's own: while parley_runtime_register does);
 * elsewhere every add_* answers PARLEY_WRONG_STATE. It is all or nothing: what was added becomes visible when start has
 * returned PARLEY_OK, and nothing of it after a failure. An add_* that fails may be taken as fatal by the plugin or not;
 * the host only keeps what was accepted.
 *
 * A plugin may require this table. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_REGISTRY_H
#define PARLEY_EXT_REGISTRY_H

#include <parley/ext/authority.h>
#include <parley/ext/entity.h>
#include <parley/ext/panel.h>
#include <parley/ext/surface.h>
#include <parley/ext/workflow.h>
#include <parley/host.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_REGISTRY_ID "parley.registry/1"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Each add_* copies the descriptor (see the header of its struct) and answers:
 * PARLEY_OK; PARLEY_WRONG_STATE outside start; PARLEY_INCOMPATIBLE where a function is missing that the descriptor's
 * declarations need, with an error that names it; PARLEY_INVALID where a name, label, schema or reference is not valid,
 * each fault reported; PARLEY_CONFLICT where the name is taken.
 * [thread-safe], does not block on I/O, does not call back. All required. Since 0.1.
 */
typedef struct parley_registry {
  uint32_t size;
  uint32_t reserved0;
  int32_t(PARLEY_ABI *add_entity)(const parley_host *host, const parley_entity *entity,
                                  const parley_error_sink *errors);
  int32_t(PARLEY_ABI *add_panel)(const parley_host *host, const parley_panel *panel, const parley_error_sink *errors);
  int32_t(PARLEY_ABI *add_workflow)(const parley_host *host, const parley_workflow *workflow,
                                    const parley_error_sink *errors);
  int32_t(PARLEY_ABI *add_page)(const parley_host *host, const parley_page *page, const parley_error_sink *errors);
  int32_t(PARLEY_ABI *add_menu_item)(const parley_host *host, const parley_menu_item *item,
                                     const parley_error_sink *errors);
  int32_t(PARLEY_ABI *add_record_action)(const parley_host *host, const parley_record_action *action,
                                         const parley_error_sink *errors);
  int32_t(PARLEY_ABI *add_indicator)(const parley_host *host, const parley_indicator *indicator,
                                     const parley_error_sink *errors);
  int32_t(PARLEY_ABI *add_permission)(const parley_host *host, const parley_permission *permission,
                                      const parley_error_sink *errors);
  int32_t(PARLEY_ABI *add_setting)(const parley_host *host, const parley_setting *setting,
                                   const parley_error_sink *errors);
  /*
   * Lists the types of registered entities that have all bits of `traits` (PARLEY_TRAIT_*), in order of registration,
   * what this plugin has added so far included. 0 lists all. May be called at any time from `create` on.
   * Result: PARLEY_OK, PARLEY_SINK_REFUSED. [thread-safe], does not block, calls the sink only. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *types)(const parley_host *host, uint32_t traits, const parley_str_sink *result);
} parley_registry;

#ifdef __cplusplus
}
#endif

#endif
