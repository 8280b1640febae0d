/*
 * The words that every other header is written in: calling convention, strings, references, sinks.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_TYPES_H
#define PARLEY_TYPES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Calling convention of every function that crosses the border. */
#if defined(_WIN32) && !defined(_WIN64)
#define PARLEY_ABI __cdecl
#else
#define PARLEY_ABI
#endif

/* Makes a symbol visible outside the shared library that defines it. Those who use it: PARLEY_RUNTIME_API. */
#if defined(_WIN32)
#define PARLEY_EXPORT __declspec(dllexport)
#else
#define PARLEY_EXPORT __attribute__((visibility("default")))
#endif

/*
 * 1 where `member` fits into the struct that `pointer` shows, by the size that its writer stated; else 0.
 * For a function pointer or an optional pointer also test that it is not NULL: PARLEY_HAS_FUNCTION does both.
 */
#define PARLEY_HAS(pointer, type, member) ((pointer)->size >= offsetof(type, member) + sizeof((pointer)->member))
#define PARLEY_HAS_FUNCTION(pointer, type, member) (PARLEY_HAS(pointer, type, member) && (pointer)->member != NULL)

/* The element at `index` of an array of structs whose element size its writer stated. */
#ifdef __cplusplus
#define PARLEY_AT(type, array, element_size, index)                                           \
  (static_cast<const type *>(                                                                 \
      static_cast<const void *>(static_cast<const char *>(static_cast<const void *>(array)) + \
                                static_cast<size_t>(element_size) * static_cast<size_t>(index))))
#else
#define PARLEY_AT(type, array, element_size, index) \
  ((const type *)(const void *)((const char *)(const void *)(array) + (size_t)(element_size) * (size_t)(index)))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A string: UTF-8 bytes and their number, not terminated. Frozen: it never grows and has no size member.
 * Borrowed for the duration of the call that hands it over; who keeps it copies it. An empty string has size 0, and
 * its data may then be NULL. An empty string where a value is optional means "none".
 */
typedef struct parley_str {
  const char *data;
  size_t size; /* bytes */
} parley_str;

/*
 * A reference to a record, an actor or an entity: JSON:API type ("orders") and id ("17"). Frozen.
 * Each is at most PARLEY_REF_PART_MAX bytes and compared byte by byte. Both empty means "none".
 */
typedef struct parley_ref {
  parley_str type;
  parley_str id;
} parley_ref;

#define PARLEY_REF_PART_MAX 64u /* bytes */

/* The actor type of work that no person asked for (jobs, migrations). Its id is empty. */
#define PARLEY_ACTOR_SYSTEM "system"

/*
 * Where bytes of any length go. The caller of a function supplies it and owns it; it is valid for that call only.
 * What was written before a function failed is discarded by the caller.
 */
typedef struct parley_sink {
  uint32_t size; /* sizeof(parley_sink) of its writer */
  uint32_t reserved0;
  void *context; /* the supplier's own; nobody else reads it */
  /*
   * Takes the next `size` bytes, which are borrowed for the call; writers hand over large pieces.
   * Result: PARLEY_OK, or a failure, after which the writer stops and returns PARLEY_SINK_REFUSED.
   * [any thread, one at a time], must not block on the writer nor call it back. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *write)(const struct parley_sink *self, const void *bytes, size_t size);
} parley_sink;

/* Where a list of strings goes, one call each. Rules as for parley_sink. */
typedef struct parley_str_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes one string, borrowed for the call. Result and threads as parley_sink::write. Required. Since 0.1. */
  int32_t(PARLEY_ABI *put)(const struct parley_str_sink *self, const parley_str *value);
} parley_str_sink;

/*
 * A parley_str over a terminated string, which it borrows; NULL gives the empty string.
 * [thread-safe], does not block. Since 0.1.
 */
static inline parley_str parley_str_of(const char *text) {
  parley_str result;
  result.data = text;
  result.size = text ? strlen(text) : 0u;
  return result;
}

/* 1 where both strings hold the same bytes, else 0. [thread-safe], does not block. Since 0.1. */
static inline uint32_t parley_str_equal(const parley_str *left, const parley_str *right) {
  return left->size == right->size && (left->size == 0u || memcmp(left->data, right->data, left->size) == 0) ? 1u : 0u;
}

#ifdef __cplusplus
}
#endif

#endif
