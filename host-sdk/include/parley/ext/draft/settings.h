/*
 * parley.settings/draft-1 (host): effective values of settings. The host owns settings. Without it defaults hold.
 * Draft since 0.1: may change with any minor version (version.h, policy 7).
 */
#ifndef PARLEY_EXT_DRAFT_SETTINGS_H
#define PARLEY_EXT_DRAFT_SETTINGS_H

#include <parley/call.h>
#include <parley/host.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_SETTINGS_ID "parley.settings/draft-1"

#ifdef __cplusplus
extern "C" {
#endif

/* One question: the value of a setting in a scope. */
typedef struct parley_setting_request {
  uint32_t size;
  uint32_t reserved0;
  parley_str name;         /* of a registered setting */
  parley_str organization; /* id, or empty: the system's value */
  parley_str website;      /* id, or empty */
} parley_setting_request;

typedef struct parley_settings {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Puts the effective value of each of `request_count` settings, as JSON, in the order of the requests; an empty string
   * where the host does not know the setting, whose default then holds. The scope is that of the requests.
   * call: the request that it is asked for; NULL outside of a request (start, jobs, the host's own pages).
   * Result: PARLEY_OK; PARLEY_UNAVAILABLE; PARLEY_SINK_REFUSED.
   * [thread-safe], may block, calls the sink only. Required.
   */
  int32_t(PARLEY_ABI *values)(const parley_host *host, const parley_call *call, const parley_setting_request *requests,
                              size_t request_count, uint32_t request_size, const parley_str_sink *result,
                              const parley_error_sink *errors);
} parley_settings;

#ifdef __cplusplus
}
#endif

#endif
