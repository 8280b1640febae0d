/*
 * What appears on a host's screens: gates, pages, menu items, record actions, indicators. Registered with
 * parley.registry. The host draws them where and how it draws its own.
 *
 * Ownership: the registry copies descriptors with all their strings and arrays; nothing of them is kept.
 * Elements: names of custom elements that the plugin's assets define; elements.h says which attributes they get.
 *
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_SURFACE_H
#define PARLEY_EXT_SURFACE_H

#include <parley/call.h>
#include <parley/types.h>

/* Menu slots that every host has. A host shows an item of a slot that it does not know in its application's last menu. */
#define PARLEY_SLOT_BACKOFFICE_ACTIVITIES "backoffice.activities" /* Activities */
#define PARLEY_SLOT_BACKOFFICE_CUSTOMERS "backoffice.customers"   /* Customers */
#define PARLEY_SLOT_BACKOFFICE_SALES "backoffice.sales"           /* Sales */
#define PARLEY_SLOT_BACKOFFICE_SYSTEM "backoffice.system"         /* System */
#define PARLEY_SLOT_BACKOFFICE_USER "backoffice.user"             /* the menu of the user who is logged in */
#define PARLEY_SLOT_STOREFRONT_MAIN "storefront.main"             /* the shop's main menu */
#define PARLEY_SLOT_STOREFRONT_ACCOUNT "storefront.account" /* the menu of the customer user ("Profiles & Addresses") */

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What switches a descriptor on. Hosts ask at each request, not at registration. All must hold; empty holds always, and
 * so does NULL where a descriptor points to a gate. The plugin checks the same again in its operations.
 */
typedef struct parley_gate {
  uint32_t size;
  uint32_t reserved0;
  parley_str setting;            /* name of a registered boolean setting that must be true in the call's scope */
  parley_str permission_subject; /* with `permission`: the entity or workflow that it is a permission on */
  parley_str permission;         /* name of a registered permission for which the actor's level is not "none" */
  /*
   * Of panels and record actions, and refused elsewhere: name of a registered setting whose value is a JSON array of record types. It is on for
   * records of those of its record_types that the value has in the call's scope. Empty: for all of them.
   */
  parley_str record_types;
} parley_gate;

/* A button in the header of a page: opens an element on a page of its own. */
typedef struct parley_header_action {
  uint32_t size;
  uint32_t reserved0;
  parley_str name;    /* within its page; goes into the address */
  parley_str label;   /* JSON object, locale -> text */
  parley_str element; /* the custom element */
  const parley_gate *gate;
} parley_header_action;

/* A page of its own, in one application: a grid of an entity, or a custom element. */
typedef struct parley_page {
  uint32_t size;
  uint32_t application; /* one of PARLEY_APPLICATION_* */
  uint32_t reserved0;
  uint32_t action_size; /* sizeof(parley_header_action) of the writer */
  parley_str name;      /* unique in the registry: "conversations"; goes into the address */
  parley_str title;     /* JSON object, locale -> text */
  parley_str entity;    /* grid of this entity; or empty */
  parley_str element;   /* custom element; or empty. Exactly one of the two is given */
  const parley_header_action *actions;
  size_t action_count;
  const parley_gate *gate;
  /*
   * Of a grid: conditions that always hold in it, besides what people filter by; filters of fields as in an address:
   * "filter[pinned]=true&filter[status]=open". What it filters by is not offered to people as a filter. Empty: none.
   */
  parley_str query;
} parley_page;

/* An item in a menu. */
typedef struct parley_menu_item {
  uint32_t size;
  int32_t order;    /* within its slot, ascending; then in order of registration */
  parley_str slot;  /* of PARLEY_SLOT_* */
  parley_str name;  /* unique in the registry */
  parley_str label; /* JSON object, locale -> text */
  parley_str icon;  /* name of a Lucide icon, or empty */
  parley_str page;  /* name of the page that it opens */
  const parley_gate *gate;
} parley_menu_item;

/* Where a record action stands. A host treats one that it does not know as PARLEY_PLACEMENT_MENU. */
#define PARLEY_PLACEMENT_MENU 1u   /* an entry of "More Actions"; opens the element on a page of its own */
#define PARLEY_PLACEMENT_INLINE 2u /* the element itself stands among the buttons of the record's page */
/*
 * An entry in the menu of each row of lists of these records, and not on their pages. Without an element it opens the
 * record's own page with "#" and the action's name behind its address: what draws that page begins with it.
 */
#define PARLEY_PLACEMENT_ROW 3u

/* Something to do from the page of a record, or from its row in a list. */
typedef struct parley_record_action {
  uint32_t size;
  uint32_t application;           /* one of PARLEY_APPLICATION_* */
  uint32_t placement;             /* of PARLEY_PLACEMENT_* */
  int32_t order;                  /* ascending */
  parley_str name;                /* unique in the registry; goes into the address */
  parley_str label;               /* JSON object, locale -> text */
  parley_str icon;                /* name of a Lucide icon, or empty */
  parley_str element;             /* the custom element; may be empty with PARLEY_PLACEMENT_ROW alone */
  const parley_str *record_types; /* of records of which types */
  size_t record_type_count;
  const parley_gate *gate;
  parley_str can; /* member of a document's meta.can: offered for records alone where that is true. Empty: for all */
} parley_record_action;

/* A small element in the top bar of every page of an application. */
typedef struct parley_indicator {
  uint32_t size;
  uint32_t application; /* one of PARLEY_APPLICATION_* */
  uint32_t reserved0;
  int32_t order;      /* ascending */
  parley_str name;    /* unique in the registry */
  parley_str label;   /* JSON object, locale -> text; for assistive technology */
  parley_str element; /* the custom element */
  const parley_gate *gate;
} parley_indicator;

#ifdef __cplusplus
}
#endif

#endif
