/*
 * Permissions and settings that a plugin has and a host keeps. Registered with parley.registry.
 *
 * Ownership: the registry copies descriptors with all their strings. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_AUTHORITY_H
#define PARLEY_EXT_AUTHORITY_H

#include <parley/call.h>
#include <parley/types.h>

/*
 * Levels: how far a permission reaches. Ascending; each holds what the one before holds. The plugin decides what "own"
 * means for its entities. An unknown level counts as PARLEY_LEVEL_NONE.
 */
#define PARLEY_LEVEL_NONE 0u
#define PARLEY_LEVEL_USER 1u         /* what is the actor's own */
#define PARLEY_LEVEL_UNIT 2u         /* back office: the actor's business unit; storefront: its customer */
#define PARLEY_LEVEL_DIVISION 3u     /* and those below: units; subsidiaries */
#define PARLEY_LEVEL_ORGANIZATION 4u /* back office only */
#define PARLEY_LEVEL_GLOBAL 5u       /* everything */

/* The bit of a level in a mask of levels. */
#define PARLEY_LEVEL_BIT(level) (1u << (level))

#ifdef __cplusplus
extern "C" {
#endif

/* A permission that roles of the host can have at a level. */
typedef struct parley_permission {
  uint32_t size;
  uint32_t backoffice_levels; /* PARLEY_LEVEL_BIT of each level that a back-office role can have; 0: not offered */
  uint32_t storefront_levels;
  uint32_t reserved0;
  parley_str subject;       /* entity type or workflow name: "conversations" */
  parley_str name;          /* "view" */
  parley_str subject_label; /* JSON object, locale -> text */
  parley_str label;         /* JSON object, locale -> text */
} parley_permission;

/* Scopes in which a setting can have a value of its own: bits. The narrower one wins. */
#define PARLEY_SCOPE_SYSTEM 1u
#define PARLEY_SCOPE_ORGANIZATION 2u
#define PARLEY_SCOPE_WEBSITE 4u

/* A setting that the host keeps and an administrator changes. */
typedef struct parley_setting {
  uint32_t size;
  uint32_t scopes; /* of PARLEY_SCOPE_* */
  int32_t order;   /* within its path, ascending */
  uint32_t reserved0;
  parley_str name;   /* unique in the registry: "conversations.enabled" */
  parley_str label;  /* JSON object, locale -> text */
  parley_str help;   /* JSON object, locale -> text; or empty */
  parley_str path;   /* place in the configuration tree, JSON array of labels: [{"en":"Commerce"},{"en":"Customer"},
                        {"en":"Interactions"}] */
  parley_str schema; /* JSON Schema of the value: {"type":"boolean"} */
  parley_str default_value; /* JSON: the value where nobody set one */
} parley_setting;

#ifdef __cplusplus
}
#endif

#endif
