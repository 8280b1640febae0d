/*
 * Activity panel: what a plugin shows in the Activity section of the host's records. Registered with parley.registry.
 *
 * Ownership, threads and lifetime of the functions as in entity.h. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_PANEL_H
#define PARLEY_EXT_PANEL_H

#include <parley/call.h>
#include <parley/ext/entity.h>
#include <parley/ext/result.h>
#include <parley/ext/surface.h>
#include <parley/status.h>
#include <parley/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The descriptor and its functions. All since 0.1. */
typedef struct parley_panel {
  uint32_t size;
  uint32_t application;           /* one of PARLEY_APPLICATION_*: where the section stands */
  parley_str name;                /* unique in the registry: "conversations" */
  parley_str title;               /* JSON object, locale -> text */
  parley_str icon;                /* name of a Lucide icon, or empty */
  parley_str element;             /* the custom element that draws it; gets record-type and record-id */
  parley_str entity;              /* type of the documents that `page` answers */
  const parley_str *record_types; /* on the pages of which types */
  size_t record_type_count;
  const parley_gate *gate;
  void *context; /* `self` of the functions */

  /*
   * Items of one record, newest activity first: documents of `entity`, then the page.
   * record: of one of record_types; the caller has not checked whether the actor may see it.
   * query: filters, cursors, page size and fields as the entity declares them; sorts are not used.
   * Result: as parley_entity::query; PARLEY_NOT_FOUND where the actor may not see the record. Required.
   */
  int32_t(PARLEY_ABI *page)(void *self, const parley_call *call, const parley_ref *record, const parley_query *query,
                            const parley_result_sink *result, const parley_error_sink *errors);
  /*
   * Numbers for badges: how many items the actor sees at each of `record_count` records.
   * counts: array of the caller, of record_count elements, written on success; 0 for a record that may not be seen.
   * Required.
   */
  int32_t(PARLEY_ABI *count)(void *self, const parley_call *call, const parley_ref *records, size_t record_count,
                             uint64_t *counts, const parley_error_sink *errors);
} parley_panel;

#ifdef __cplusplus
}
#endif

#endif
