/*
 * How documents come back: JSON:API resource objects with the facts that a router needs beside their bytes.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_RESULT_H
#define PARLEY_EXT_RESULT_H

#include <parley/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One relationship of a document, with the references that stand in its linkage. */
typedef struct parley_related {
  uint32_t size;
  uint32_t reserved0;
  parley_str name;        /* as in the descriptor: "owner" */
  const parley_ref *refs; /* as many as stand in the document, in its order */
  size_t ref_count;
} parley_related;

/* One resource. Everything is borrowed for the call of parley_result_sink::document. */
typedef struct parley_document {
  uint32_t size;
  uint32_t related_size;         /* sizeof(parley_related) of the writer */
  uint64_t version;              /* for ETag and expected versions; 0: none is shown to this viewer */
  parley_ref ref;                /* type and id, the same as in the bytes */
  parley_str json;               /* one JSON:API resource object, "{...}" without white space around it and without a
                                    "links" member, since no URL crosses the border: a router adds them */
  parley_str cursor;             /* for parley_query::after and ::before; empty where the query has no cursors */
  const parley_related *related; /* the relationships that were asked for; for `include` */
  size_t related_count;
} parley_document;

#define PARLEY_PAGE_HAS_PREVIOUS 1u /* flag: there are rows before the first document */
#define PARLEY_PAGE_HAS_NEXT 2u     /* flag: there are rows behind the last document */
#define PARLEY_PAGE_HAS_TOTAL 4u    /* flag: `total` is filled */

/* What is known of a page. */
typedef struct parley_page_info {
  uint32_t size;
  uint32_t flags; /* of PARLEY_PAGE_HAS_* */
  uint64_t total; /* rows that match, over all pages; only with PARLEY_PAGE_HAS_TOTAL */
} parley_page_info;

/*
 * Where an answer goes. Supplied and owned by the caller, valid for that call; what came before a failure is discarded.
 * The functions are called by one thread at a time, must not block on the writer nor call it back, and answer PARLEY_OK
 * or a failure, after which the writer stops and returns PARLEY_SINK_REFUSED. Since 0.1.
 */
typedef struct parley_result_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes the next document, in the order of the answer. Required. */
  int32_t(PARLEY_ABI *document)(const struct parley_result_sink *self, const parley_document *document);
  /* Takes what is known of the page; called once by queries, after the last document. Required. */
  int32_t(PARLEY_ABI *page)(const struct parley_result_sink *self, const parley_page_info *page);
  /* Takes a JSON object that becomes the top-level `meta` of the answer; called at most once. Required. */
  int32_t(PARLEY_ABI *meta)(const struct parley_result_sink *self, const parley_str *json);
} parley_result_sink;

#ifdef __cplusplus
}
#endif

#endif
