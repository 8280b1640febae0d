/*
 * parley.settings/1 (host): effective values of settings.
 *
 * Plugins register settings (parley_setting in authority.h); the host keeps their values, lets administrators change them,
 * and answers here what holds in a scope. A plugin asks whenever it needs a value and keeps none, so that a change holds
 * from the next call on. A host without this table has defaults everywhere. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_SETTINGS_H
#define PARLEY_EXT_SETTINGS_H

#include <parley/call.h>
#include <parley/host.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_SETTINGS_ID "parley.settings/1"

#ifdef __cplusplus
extern "C" {
#endif

/* One question: the value of a setting in a scope. */
typedef struct parley_setting_request {
  uint32_t size;
  uint32_t reserved0;
  parley_str name;         /* of a registered setting */
  parley_str organization; /* id, or empty: the system's value */
  parley_str website;      /* id, or empty: that of the organization or of the system */
} parley_setting_request;

typedef struct parley_settings {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Puts the effective value of each of `request_count` settings, as JSON, in the order of the requests; an empty string
   * where nobody set one or the host does not know the setting: its default holds then. The narrowest scope wins: website,
   * organization, system. The scope is that of the requests, which may differ from that of the call. Values should fit the
   * schema of the setting; the default holds instead of one that does not.
   * requests: array of `request_count` structs of `request_size` bytes, borrowed.
   * call: the request that it is asked for; NULL outside of a request (start, the host's own pages).
   * Result: PARLEY_OK; PARLEY_UNAVAILABLE, PARLEY_TIMED_OUT: no value is known, which never means the default;
   * PARLEY_SINK_REFUSED.
   * [thread-safe], may block, calls the sink only. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *values)(const parley_host *host, const parley_call *call, const parley_setting_request *requests,
                              size_t request_count, uint32_t request_size, const parley_str_sink *result,
                              const parley_error_sink *errors);
} parley_settings;

#ifdef __cplusplus
}
#endif

#endif
