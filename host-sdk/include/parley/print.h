/*
 * Sinks that print, for programs at a terminal: command line tools, first trials, tests. C comforts over runtime.h; they
 * are compiled into the caller, so that a FILE never crosses to another library.
 *
 * Threads: as the FILE that they are given. Policy of change: see version.h.
 */
#ifndef PARLEY_PRINT_H
#define PARLEY_PRINT_H

#include <parley/runtime.h>
#include <parley/status.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One fault a line: where it is, and what is wrong. */
static inline void PARLEY_ABI parley_print_error(const parley_error_sink *self, const parley_error *error) {
  const parley_str *place = error->pointer.size > 0u ? &error->pointer : &error->parameter;
  fprintf((FILE *)self->context, "%.*s%s%.*s\n", (int)place->size, place->size > 0u ? place->data : "",
          place->size > 0u ? ": " : "", (int)error->detail.size, error->detail.size > 0u ? error->detail.data : "");
}

static inline int32_t PARLEY_ABI parley_print_status(const parley_http_sink *self, uint32_t status,
                                                     const parley_http_header *headers, size_t header_count) {
  (void)headers;
  (void)header_count;
  return fprintf((FILE *)self->context, "%u\n", (unsigned)status) > 0 ? PARLEY_OK : PARLEY_UNAVAILABLE;
}

static inline int32_t PARLEY_ABI parley_print_bytes(const parley_http_sink *self, const void *bytes, size_t size) {
  return fwrite(bytes, 1, size, (FILE *)self->context) == size ? PARLEY_OK : PARLEY_UNAVAILABLE;
}

/*
 * A sink that prints each fault as a line. file: borrowed, must stay open while the sink is used.
 * [thread-safe], does not block. Since 0.1.
 */
static inline parley_error_sink parley_errors_to(FILE *file) {
  parley_error_sink sink;
  sink.size = (uint32_t)sizeof sink;
  sink.reserved0 = 0u;
  sink.context = file;
  sink.report = parley_print_error;
  return sink;
}

/*
 * A sink that prints the HTTP status as a line, then the body; headers are left out. file: as parley_errors_to.
 * [thread-safe], does not block. Since 0.1.
 */
static inline parley_http_sink parley_response_to(FILE *file) {
  parley_http_sink sink;
  sink.size = (uint32_t)sizeof sink;
  sink.reserved0 = 0u;
  sink.context = file;
  sink.begin = parley_print_status;
  sink.write = parley_print_bytes;
  return sink;
}

#ifdef __cplusplus
}
#endif

#endif
