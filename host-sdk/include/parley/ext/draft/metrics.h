/*
 * parley.metrics/draft-1 (plugin): counters and gauges in the Prometheus text format, version 0.0.4.
 * Draft since 0.1: may change with any minor version (version.h, policy 7).
 */
#ifndef PARLEY_EXT_DRAFT_METRICS_H
#define PARLEY_EXT_DRAFT_METRICS_H

#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_METRICS_ID "parley.metrics/draft-1"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct parley_metrics {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Writes all metrics; names begin with "parley_".
   * Result: PARLEY_OK, PARLEY_SINK_REFUSED. [thread-safe], does not block, calls the sink only. Works before start.
   * Required.
   */
  int32_t(PARLEY_ABI *write)(const parley_plugin *plugin, const parley_sink *result);
} parley_metrics;

#ifdef __cplusplus
}
#endif

#endif
