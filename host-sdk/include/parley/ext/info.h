/*
 * parley.info/1 (plugin): what it is. Required of every plugin.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_INFO_H
#define PARLEY_EXT_INFO_H

#include <parley/plugin.h>
#include <parley/types.h>

#define PARLEY_INFO_ID "parley.info/1"

#ifdef __cplusplus
extern "C" {
#endif

/* The table, all of it data. Strings are valid as long as the instance. */
typedef struct parley_info {
  uint32_t size;
  uint32_t reserved0;
  parley_str name;    /* stable identifier, unique among plugins: "parley-conversations"; letters, digits, hyphens */
  parley_str title;   /* for people: "Parley Conversations" */
  parley_str version; /* product version, semantic versioning: "0.1.0" */
  parley_str vendor;
  parley_str build;        /* revision and options; for people; may be empty */
  const parley_str *needs; /* ids of host tables without which `create` fails */
  size_t need_count;
} parley_info;

#ifdef __cplusplus
}
#endif

#endif
