/*
 * Entity: something with a JSON:API type, fields, relationships and operations. Registered with parley.registry.
 *
 * The descriptor says what exists; the functions do it. A router refuses what the descriptor does not declare (405, 400
 * or 422) before it calls. A host draws grid, form and view page from it. The host registers its own records the same
 * way, so that plugins, API and `include` see one world.
 *
 * A field's name may stand twice, once for each application, where it offers other things there: sorting, say.
 *
 * Ownership: the registry copies the descriptor with all its strings and arrays during parley_registry::add_entity; only
 * the function pointers and `context` are kept, and stay valid until `stop` of the plugin has returned.
 *
 * Operations: all are [thread-safe], may block and may call back into the host, and are called only between a successful
 * `start` and `stop`. `self` is parley_entity::context. `call`, requests and sinks are borrowed for the call. `errors`
 * may be NULL. Each answers PARLEY_OK or a status of status.h; what one may not see answers PARLEY_NOT_FOUND.
 * All since 0.1.
 *
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_ENTITY_H
#define PARLEY_EXT_ENTITY_H

#include <parley/call.h>
#include <parley/ext/result.h>
#include <parley/ext/surface.h>
#include <parley/status.h>
#include <parley/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Traits, by which a plugin finds the host's entities (parley_registry::types). Unknown bits are ignored.
 *
 * A host draws pages (a grid, a page for each record, forms) only for an entity that has PARLEY_TRAIT_RECORD or that a
 * registered page of the application names (parley_page::entity). Others are reached through the API and by elements, and
 * a host draws references to them without a link.
 */
#define PARLEY_TRAIT_RECORD 0x01u        /* has a page, and activities (panels, record actions) may stand on it */
#define PARLEY_TRAIT_USER 0x02u          /* back-office users */
#define PARLEY_TRAIT_CUSTOMER 0x04u      /* companies that buy; may form a tree */
#define PARLEY_TRAIT_CUSTOMER_USER 0x08u /* people who log in to the storefront; belong to a customer */
#define PARLEY_TRAIT_UNIT 0x10u          /* business units; may form a tree */
#define PARLEY_TRAIT_ORGANIZATION 0x20u
#define PARLEY_TRAIT_WEBSITE 0x40u
/* A small list of values, such as statuses; has no page of its own, hosts draw references to it as plain text or a badge. */
#define PARLEY_TRAIT_LOOKUP 0x80u

/* What an application may do with an entity: bits of backoffice_actions and storefront_actions. */
#define PARLEY_ACTION_LIST 0x01u        /* needs `query` */
#define PARLEY_ACTION_GET 0x02u         /* needs `get_many` */
#define PARLEY_ACTION_CREATE 0x04u      /* needs `create` */
#define PARLEY_ACTION_UPDATE 0x08u      /* needs `update` */
#define PARLEY_ACTION_DELETE 0x10u      /* needs `remove` */
#define PARLEY_ACTION_DELETE_MANY 0x20u /* needs `remove_many` and `count` */

/* Types of attributes. A reader draws a type that it does not know as PARLEY_TYPE_STRING. */
#define PARLEY_TYPE_STRING 1u   /* one line of text */
#define PARLEY_TYPE_TEXT 2u     /* lines of text */
#define PARLEY_TYPE_INTEGER 3u  /* 64 bits; JSON number without fraction */
#define PARLEY_TYPE_BOOLEAN 4u  /* JSON true or false */
#define PARLEY_TYPE_DATETIME 5u /* RFC 3339 in UTC, at most microseconds: "2026-01-31T08:00:00.123456Z" */
#define PARLEY_TYPE_EMAIL 6u    /* one line */
#define PARLEY_TYPE_MARKDOWN 7u /* lines of text, CommonMark */
#define PARLEY_TYPE_HTML 8u     /* safe to put into a page as it is */
#define PARLEY_TYPE_OBJECT 9u   /* any JSON value; shown in the API only */
#define PARLEY_TYPE_DECIMAL 10u /* JSON string with a decimal number: "978.00", "-0.5"; compared and sorted by value */

/* Flags of fields: attributes and relationships. Each can be read unless it says otherwise. */
#define PARLEY_FIELD_CREATE 0x001u     /* may be sent when creating */
#define PARLEY_FIELD_UPDATE 0x002u     /* may be sent when updating */
#define PARLEY_FIELD_REQUIRED 0x004u   /* must be sent when creating */
#define PARLEY_FIELD_IGNORED 0x008u    /* may be sent, and is ignored: read-only, but tolerated in a write */
#define PARLEY_FIELD_WRITE_ONLY 0x010u /* never in a document */
#define PARLEY_FIELD_FILTER 0x020u     /* may stand in filter[...] */
#define PARLEY_FIELD_SORT 0x040u       /* may stand in sort */
#define PARLEY_FIELD_GRID 0x080u       /* a column that grids show by default */
#define PARLEY_FIELD_TITLE 0x100u      /* names the record for people; at most one attribute */
#define PARLEY_FIELD_API_ONLY 0x200u   /* not on generic screens */
#define PARLEY_FIELD_SEARCH 0x400u     /* part of what filter[search] looks through */
#define PARLEY_FIELD_NULLABLE 0x800u   /* null may be sent, and stands for "none" */
/* Of a boolean attribute, one in an application: true makes the row stand out, in bold; the label says why ("Unread"). */
#define PARLEY_FIELD_HIGHLIGHT 0x1000u
/* A grid may let people edit it where it stands. Of an attribute or a relationship to one; needs UPDATE. */
#define PARLEY_FIELD_INLINE 0x2000u

/* Operators of filters. A router and a plugin refuse one that they do not know (PARLEY_MALFORMED). */
#define PARLEY_FILTER_EQUAL 1u            /* equals one of the values */
#define PARLEY_FILTER_NOT_EQUAL 2u        /* equals none of the values */
#define PARLEY_FILTER_GREATER 3u          /* > the one value */
#define PARLEY_FILTER_GREATER_OR_EQUAL 4u /* >= */
#define PARLEY_FILTER_LESS 5u             /* < */
#define PARLEY_FILTER_LESS_OR_EQUAL 6u    /* <= */
#define PARLEY_FILTER_CONTAINS 7u         /* text contains the one value, without regard to case */
#define PARLEY_FILTER_EXISTS 8u           /* the one value is "true" or "false" */
#define PARLEY_FILTER_SEARCH 9u           /* `field` is empty: the words of the value, over the searchable fields */

/* Which operators a field with PARLEY_FIELD_FILTER takes: PARLEY_FILTER_BIT of each. 0 stands for all that the field allows:
   EQUAL, NOT_EQUAL and EXISTS; for attributes that have an order (neither boolean nor object) GREATER to LESS_OR_EQUAL;
   for attributes that are text CONTAINS. A router refuses the others (PARLEY_MALFORMED) and the OpenAPI document leaves
   them out. Bits that a reader does not know are passed over; one that the field does not allow is PARLEY_INVALID. */
#define PARLEY_FILTER_BIT(operation) (UINT32_C(1) << (operation))
/* Beside those bits: EQUAL and NOT_EQUAL take one value alone, not several. */
#define PARLEY_FILTER_ONE_VALUE 0x80000000u

typedef struct parley_attribute {
  uint32_t size;
  uint32_t type;             /* of PARLEY_TYPE_* */
  uint32_t flags;            /* of PARLEY_FIELD_* */
  uint32_t applications;     /* of PARLEY_APPLICATION_*: where the attribute exists */
  parley_str name;           /* member name, "createdAt"; never "id" or "type" */
  parley_str label;          /* JSON object, locale -> text: {"en":"Created"} */
  uint32_t filter_operators; /* PARLEY_FILTER_BIT of each, and PARLEY_FILTER_ONE_VALUE; 0: all that fit */
  uint32_t reserved0;
} parley_attribute;

/* Flags of relationships besides those of fields. */
#define PARLEY_RELATIONSHIP_TO_MANY 0x10000u
/* The linkage is not in the document: read it at its related address, page by page; `include` of it is refused. */
#define PARLEY_RELATIONSHIP_PAGED 0x20000u
/* The members can be added and removed one by one (parley_entity::change_relationship). Needs TO_MANY. */
#define PARLEY_RELATIONSHIP_MEMBERS 0x40000u

typedef struct parley_relationship {
  uint32_t size;
  uint32_t flags;            /* of PARLEY_FIELD_* and PARLEY_RELATIONSHIP_* */
  uint32_t applications;     /* of PARLEY_APPLICATION_* */
  uint32_t filter_operators; /* as those of attributes; 0: all that fit */
  parley_str name;           /* member name, "customerUser"; never "id" or "type" */
  parley_str label;          /* JSON object, locale -> text */
  const parley_str *types;   /* JSON:API types that it may point to; several make it polymorphic; at least one */
  size_t type_count;
  parley_str inverse; /* for PAGED: the relationship of the target by which it is found: GET /conversations/1/messages
                         is a query of the first of `types` with filter[inverse]=1. Else empty */
} parley_relationship;

typedef struct parley_filter {
  uint32_t size;
  uint32_t operation; /* of PARLEY_FILTER_* */
  parley_str field;   /* name of an attribute or relationship */
  parley_str type;    /* polymorphic: type of the ids in `values`; EQUAL of several types: one of all. Else empty */
  const parley_str *values; /* written as in JSON without quotes; ids for relationships */
  size_t value_count;       /* at least 1 */
} parley_filter;

typedef struct parley_sort {
  uint32_t size;
  uint32_t descending; /* 0 ascending, 1 descending */
  parley_str field;    /* name of an attribute or relationship that declares PARLEY_FIELD_SORT */
} parley_sort;

#define PARLEY_QUERY_WANT_TOTAL 1u /* flag: count all rows that match */
#define PARLEY_QUERY_ALL_FIELDS 2u /* flag: `fields` is not used; every field of the call's application is wanted */

/* A question for a list. All conditions hold together. Without sort: the order that the entity states as its default. */
typedef struct parley_query {
  uint32_t size;
  uint32_t flags;       /* of PARLEY_QUERY_* */
  uint32_t filter_size; /* sizeof(parley_filter) of the writer */
  uint32_t sort_size;   /* sizeof(parley_sort) of the writer */
  const parley_filter *filters;
  size_t filter_count;
  const parley_sort *sorts;
  size_t sort_count;
  const parley_str *fields; /* sparse fieldset of this type */
  size_t field_count;
  parley_str after;     /* cursor: only rows behind it, or empty */
  parley_str before;    /* cursor: only rows before it, the nearest ones, still in the order of the list, or empty */
  uint32_t page_size;   /* rows, 1 .. PARLEY_PAGE_SIZE_MAX */
  uint32_t page_number; /* 1 is the first; 0: paged by cursor. Not together with a cursor */
} parley_query;

#define PARLEY_PAGE_SIZE_MAX 1000u

/* A question for known ids. Those that do not exist or may not be seen are left out; the order is that of `ids`. */
typedef struct parley_get {
  uint32_t size;
  uint32_t flags; /* PARLEY_QUERY_ALL_FIELDS */
  const parley_str *ids;
  size_t id_count;
  const parley_str *fields;
  size_t field_count;
} parley_get;

#define PARLEY_WRITE_CHECK_ONLY 1u /* flag: report every fault, change nothing */

/* A document to create or to update from. */
typedef struct parley_write {
  uint32_t size;
  uint32_t flags;            /* of PARLEY_WRITE_* */
  uint64_t expected_version; /* updates: refuse with PARLEY_STALE where the present one differs; 0: any */
  parley_str id;             /* updates: of which resource; empty when creating */
  parley_str json;           /* JSON:API request document {"data":{"type":...,"attributes":...,"relationships":...}} */
} parley_write;

/* What to delete: one resource. */
typedef struct parley_removal {
  uint32_t size;
  uint32_t reserved0;
  uint64_t expected_version; /* as in parley_write */
  parley_str id;
} parley_removal;

/* What to delete: everything that a query matches. */
typedef struct parley_removal_many {
  uint32_t size;
  uint32_t reserved0;
  uint64_t expected_count;   /* refuse with PARLEY_CONFLICT where another number matches */
  const parley_query *query; /* its filters decide; at least one */
} parley_removal_many;

/* What a change of a relationship does. An unknown value is refused with PARLEY_UNSUPPORTED. */
#define PARLEY_CHANGE_ADD 1u     /* adds the references that are not there yet */
#define PARLEY_CHANGE_REMOVE 2u  /* removes those that are there */
#define PARLEY_CHANGE_REPLACE 3u /* makes it exactly these; none clears it */

typedef struct parley_relationship_change {
  uint32_t size;
  uint32_t change;           /* of PARLEY_CHANGE_* */
  uint64_t expected_version; /* as in parley_write */
  parley_str id;
  parley_str relationship;
  const parley_ref *refs;
  size_t ref_count;
} parley_relationship_change;

#define PARLEY_OPERATION_ON_COLLECTION 1u /* /conversations/unread */
#define PARLEY_OPERATION_ON_ONE 2u        /* /conversations/17/mark-unread */

#define PARLEY_OPERATION_SAFE 1u      /* flag: changes nothing: GET. Without it: POST */
#define PARLEY_OPERATION_DOCUMENTS 2u /* flag: answers documents, or none of them, beside the `meta` of output_schema */

/* A named operation of an entity, for what create, update and delete do not say well. */
typedef struct parley_operation {
  uint32_t size;
  uint32_t target;          /* one of PARLEY_OPERATION_ON_*; an unknown one is not offered */
  uint32_t flags;           /* of PARLEY_OPERATION_* */
  uint32_t applications;    /* of PARLEY_APPLICATION_* */
  parley_str name;          /* in the address: lower case, hyphens; no relationship and no "transitions" */
  parley_str label;         /* JSON object, locale -> text */
  parley_str input_schema;  /* JSON Schema of the body's `meta` member; empty: takes none */
  parley_str output_schema; /* JSON Schema of the answer's `meta`; empty: the answer is documents */
} parley_operation;

typedef struct parley_operation_call {
  uint32_t size;
  uint32_t reserved0;
  uint64_t expected_version; /* as in parley_write */
  parley_str name;
  parley_str id;    /* empty on the collection */
  parley_str input; /* JSON object; empty: none */
} parley_operation_call;

/*
 * A permission that an action needs, whoever performs it: a level other than none. How far the level reaches is the
 * operation's to check, which checks it in any case; a surface leaves the action out for an actor who lacks the permission.
 * Several for one action: all are needed.
 */
typedef struct parley_action_permission {
  uint32_t size;
  uint32_t action;       /* one PARLEY_ACTION_* bit; one that the reader does not know is ignored */
  parley_str permission; /* name of a registered permission whose subject is the entity's type */
} parley_action_permission;

/* The descriptor and its operations. */
typedef struct parley_entity {
  uint32_t size;
  uint32_t traits;             /* of PARLEY_TRAIT_* */
  uint32_t backoffice_actions; /* of PARLEY_ACTION_* */
  uint32_t storefront_actions;
  uint32_t attribute_size; /* sizeof of the writer's array elements */
  uint32_t relationship_size;
  uint32_t operation_size;
  uint32_t permission_size;
  uint32_t default_page_size; /* rows; 0: 25 */
  uint32_t reserved0;
  parley_str type;         /* JSON:API type: "conversations"; lower case letters, digits */
  parley_str label;        /* one of them; JSON object, locale -> text: {"en":"Conversation"} */
  parley_str plural_label; /* several */
  parley_str icon;         /* name of a Lucide icon, or empty */
  const parley_attribute *attributes;
  size_t attribute_count;
  const parley_relationship *relationships;
  size_t relationship_count;
  const parley_operation *operations;
  size_t operation_count;
  const parley_action_permission *permissions; /* of its actions; an action without one needs none beside the gate */
  size_t permission_count;
  const parley_gate *gate; /* what switches it on; NULL: always on */
  parley_str default_sort; /* as in the API: "-lastMessageAt,name"; what a query without sort does */
  parley_str view_element; /* custom element that draws its view page (attributes: elements.h); empty: generic */
  parley_str form_element; /* custom element that draws its form; empty: generic */
  void *context;           /* `self` of the operations */

  /* Lists what the actor may see: documents, then the page. Needed by LIST. */
  int32_t(PARLEY_ABI *query)(void *self, const parley_call *call, const parley_query *query,
                             const parley_result_sink *result, const parley_error_sink *errors);
  /* Fetches by id, in one go. Needed by GET, and by every entity that a relationship points to. */
  int32_t(PARLEY_ABI *get_many)(void *self, const parley_call *call, const parley_get *get,
                                const parley_result_sink *result, const parley_error_sink *errors);
  /* Counts what a query matches; paging and sort do not matter. `*count` is written on success. Needed by DELETE_MANY. */
  int32_t(PARLEY_ABI *count)(void *self, const parley_call *call, const parley_query *query, uint64_t *count,
                             const parley_error_sink *errors);
  /* Creates one and answers its document. Every fault of the input is reported. Needed by CREATE. */
  int32_t(PARLEY_ABI *create)(void *self, const parley_call *call, const parley_write *write,
                              const parley_result_sink *result, const parley_error_sink *errors);
  /* Changes the members that were sent and answers the document. Needed by UPDATE. */
  int32_t(PARLEY_ABI *update)(void *self, const parley_call *call, const parley_write *write,
                              const parley_result_sink *result, const parley_error_sink *errors);
  /* Deletes one. Needed by DELETE. */
  int32_t(PARLEY_ABI *remove)(void *self, const parley_call *call, const parley_removal *removal,
                              const parley_error_sink *errors);
  /* Deletes all that match, or nothing. `*removed` is written on success. Needed by DELETE_MANY. */
  int32_t(PARLEY_ABI *remove_many)(void *self, const parley_call *call, const parley_removal_many *removal,
                                   uint64_t *removed, const parley_error_sink *errors);
  /* Changes one relationship and answers the document of its owner. Needed where a relationship declares UPDATE. */
  int32_t(PARLEY_ABI *change_relationship)(void *self, const parley_call *call,
                                           const parley_relationship_change *change, const parley_result_sink *result,
                                           const parley_error_sink *errors);
  /* Performs a named operation; answers documents, `meta`, or both. Needed where operations are declared. */
  int32_t(PARLEY_ABI *invoke)(void *self, const parley_call *call, const parley_operation_call *operation,
                              const parley_result_sink *result, const parley_error_sink *errors);
  /*
   * Names of fields with PARLEY_FIELD_GRID in the order of their columns, with commas: "name,owner,createdAt". Those that
   * it leaves out stand behind them, in the host's order. Empty: the host's order of all.
   */
  parley_str columns;
} parley_entity;

#ifdef __cplusplus
}
#endif

#endif
