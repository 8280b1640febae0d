/*
 * How a host places the custom elements of a plugin's assets into its pages. Attributes are strings; an element ignores
 * those that it does not know, and a host leaves out those that do not apply.
 *
 * A page that shows an element loads each PARLEY_ASSET_MODULE of the plugin as a module script and each
 * PARLEY_ASSET_STYLESHEET as a style sheet. Elements speak JSON:API to the host's router and nothing else. They take
 * their look from CSS custom properties: --parley-font, --parley-text, --parley-muted, --parley-surface,
 * --parley-surface-raised, --parley-border, --parley-accent, --parley-accent-text, --parley-danger, --parley-good, --parley-radius.
 * After a change they dispatch a bubbling, composed `parley-changed` event with detail {type, id}; where work goes on
 * elsewhere a `parley-navigate` event with detail {href, message}, which a host may cancel to navigate itself (by
 * default the element sets location.href). Links that they draw are ordinary links. The custom properties may differ by
 * place: an element in a dark bar gets those of the bar.
 *
 * Around a view element (parley_entity::view_element) the host draws the page's heading (h1) with the record's title, and
 * the buttons Edit and Delete as meta.can of the document allows; the element draws neither.
 *
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_ELEMENTS_H
#define PARLEY_EXT_ELEMENTS_H

#define PARLEY_ELEMENT_API_BASE "api-base"       /* path of the JSON:API: "/admin/api"; every element */
#define PARLEY_ELEMENT_APPLICATION "application" /* "backoffice" or "storefront"; every element */
#define PARLEY_ELEMENT_LOCALE "locale"           /* BCP 47; every element */
#define PARLEY_ELEMENT_TIME_ZONE "time-zone"     /* IANA; every element */
/*
 * Name of a header for requests that write, and its value. Elements send it with every request: a host that refuses any
 * with a token of another session keeps a page from showing what somebody else reads who has logged in since. The answer
 * is 403 with an error of the code "csrf"; elements then ask nothing more, and advise to reload the page.
 */
#define PARLEY_ELEMENT_CSRF_HEADER "csrf-header"
#define PARLEY_ELEMENT_CSRF_TOKEN "csrf-token"
#define PARLEY_ELEMENT_RECORD_TYPE "record-type"     /* record actions, panels, views: JSON:API type ... */
#define PARLEY_ELEMENT_RECORD_ID "record-id"         /* ... and id of the record of the page */
#define PARLEY_ELEMENT_URL_TEMPLATE "url-template"   /* page of any record: "/admin/{type}/{id}" */
#define PARLEY_ELEMENT_PAGE_TEMPLATE "page-template" /* page of a registered page: "/admin/pages/{page}" */
#define PARLEY_ELEMENT_RETURN_URL "return-url"       /* forms: where "Cancel" and "Save and Close" lead */
#define PARLEY_ELEMENT_ACTOR_TYPE "actor-type"       /* who is logged in: JSON:API type ... */
#define PARLEY_ELEMENT_ACTOR_ID "actor-id"           /* ... and id */
/*
 * What the viewer may search in this application; every element: JSON array of {"type":"orders","label":"Orders"}, the
 * entities with PARLEY_TRAIT_RECORD that it may list and that have a panel or a record action of the plugin on their pages
 * now, with their plural labels in the element's locale. Left out: there is nothing to search.
 */
#define PARLEY_ELEMENT_RECORD_TYPES "record-types"

#endif
