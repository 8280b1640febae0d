/*
 * The note plugin: sticky notes on the records of any host, in plain C11 and in memory. It uses every table of the
 * contract that a small plugin needs, and nothing but libc beside the contract's headers.
 *
 *   plugin.c   the exported entry, life of an instance, what it is called
 *   surface.c  what it registers
 *   store.c    the notes themselves, and who may see them
 *   query.c    filters, order and pages
 *   entity.c   the operations of the entity
 *   panel.c    the activity panel
 *   workflow.c the workflow
 *   jobs.c     the maintenance job
 *   assets.c   the custom elements
 *   priority.c a further attribute, of a variant
 */
#ifndef NOTE_NOTE_H
#define NOTE_NOTE_H

#include "buffer.h"
#ifdef NOTE_WITH_PRIORITY
#include "priority.h"
#endif

#include <parley/entry.h>
#include <parley/ext/access.h>
#include <parley/ext/assets.h>
#include <parley/ext/clock.h>
#include <parley/ext/configure.h>
#include <parley/ext/host_events.h>
#include <parley/ext/info.h>
#include <parley/ext/jobs.h>
#include <parley/ext/registry.h>
#include <parley/ext/settings.h>
#include <pthread.h>
#include <stdatomic.h>

/* One note. Owns its strings. */
typedef struct note {
  uint64_t id;
  uint64_t version;
  int64_t created;
  int pinned;
  int done;
#ifdef NOTE_WITH_PRIORITY
  int priority;
#endif
  parley_str text;
  parley_ref record; /* or none */
  parley_ref author;
} note;

typedef struct note_list {
  note *items;
  size_t count;
  size_t capacity;
} note_list;

/* Types of the host that were asked for at start. Owns its strings. */
typedef struct type_list {
  parley_str *items;
  size_t count;
} type_list;

/* One instance. `plugin` is first, so that a parley_plugin pointer of ours is one of these, too. */
typedef struct instance {
  parley_plugin plugin;
  const parley_host *host;
  const parley_registry *registry;
  const parley_access *access;
  const parley_clock *clock;
  const parley_settings *settings; /* or NULL */

  atomic_long starter; /* process that started it; 0: not started */

  pthread_mutex_t mutex; /* guards what follows; never held while the host is called */
  pthread_cond_t idle;
  int started;
  size_t calls; /* that run now */
  note_list notes;
  uint64_t last_id;
  uint64_t maximum; /* notes that fit */
  int workflow_active;

  type_list records; /* with PARLEY_TRAIT_RECORD; constant while started */
  type_list users;   /* with PARLEY_TRAIT_USER */
} instance;

/* --- plugin.c: calls ------------------------------------------------------------------------------------------- */

/* Begins a call: PARLEY_OK, which call_end must follow; PARLEY_STOPPED; PARLEY_FORKED. */
int32_t call_begin(instance *self, const parley_error_sink *errors);
void call_end(instance *self);

/* Reports one fault and answers its status. `where` is a JSON pointer, or a parameter's name, or NULL; so may `meta` be. */
int32_t fault(const parley_error_sink *errors, int32_t status, const char *code, const char *detail, const char *where,
              const char *meta);

/* --- store.c --------------------------------------------------------------------------------------------------- */

/* How far the actor of a call gets with notes. */
typedef struct rights {
  uint32_t view;
  uint32_t create;
  uint32_t edit;
  uint32_t remove;
  uint32_t perform;
} rights;

/* PARLEY_NOT_FOUND where the setting is off. */
int32_t ask_rights(const instance *self, const parley_call *call, rights *answer, const parley_error_sink *errors);

/* 1 where a level reaches a note: "user" means one's own in the back office, and any on a visible record in a shop. */
int reaches(uint32_t level, const parley_call *call, const note *subject);

/* Says whether the call's actor may see a record; none is always visible. */
int32_t record_visible(const instance *self, const parley_call *call, const parley_ref *record, int *visible,
                       const parley_error_sink *errors);

/*
 * Copies of the notes that the actor may see, in order of id. Ids: only those with these ids (NULL: all). The list is to
 * be freed with notes_free, also after a failure.
 */
int32_t visible_notes(instance *self, const parley_call *call, const rights *allowed, const parley_str *ids,
                      size_t id_count, note_list *found, const parley_error_sink *errors);

/* The index of a note in a list that is in order of id, or the list's count. */
size_t note_index(const note_list *list, uint64_t id);

/* The note with the id that a client wrote, or NULL. */
const note *note_with_id(const note_list *list, const parley_str *id);

int note_copy(note *target, const note *source); /* 0: out of memory */
void note_free(note *self);
int notes_append(note_list *list, const note *source); /* copies; 0: out of memory */
void notes_drop(note_list *list, size_t index);
void notes_free(note_list *list);

int str_copy(parley_str *target, const parley_str *source); /* 0: out of memory */
int ref_copy(parley_ref *target, const parley_ref *source);
uint32_t ref_equal(const parley_ref *left, const parley_ref *right);
int parse_id(const parley_str *text, uint64_t *id);

/* --- request.c ------------------------------------------------------------------------------------------------- */

/* A call that is answered from notes: who asks, how far it gets, and what it sees. */
typedef struct note_request {
  instance *notes;
  const parley_call *call;
  const parley_error_sink *errors;
  rights allowed;
  note_list found;
  int begun;
} note_request;

/* Begins a call and asks for its rights. request_end must follow, also after a failure. */
int32_t request_begin(note_request *self, void *notes, const parley_call *call, const parley_error_sink *errors);

/* Also finds the notes that it sees (visible_notes). */
int32_t request_begin_with(note_request *self, void *notes, const parley_call *call, const parley_str *ids,
                           size_t id_count, const parley_error_sink *errors);

/* Frees what was found, ends the call, and answers `status`. */
int32_t request_end(note_request *self, int32_t status);

/* --- query.c --------------------------------------------------------------------------------------------------- */

/* Drops what the query does not match, sorts the rest, and says which of it is the page: first <= index < end. */
int32_t select_page(const parley_query *query, note_list *found, size_t *first, size_t *end,
                    const parley_error_sink *errors);

/* --- entity.c -------------------------------------------------------------------------------------------------- */

int32_t entity_query(void *self, const parley_call *call, const parley_query *query, const parley_result_sink *result,
                     const parley_error_sink *errors);
int32_t entity_get_many(void *self, const parley_call *call, const parley_get *get, const parley_result_sink *result,
                        const parley_error_sink *errors);
int32_t entity_count(void *self, const parley_call *call, const parley_query *query, uint64_t *count,
                     const parley_error_sink *errors);
int32_t entity_create(void *self, const parley_call *call, const parley_write *write, const parley_result_sink *result,
                      const parley_error_sink *errors);
int32_t entity_update(void *self, const parley_call *call, const parley_write *write, const parley_result_sink *result,
                      const parley_error_sink *errors);
int32_t entity_remove(void *self, const parley_call *call, const parley_removal *removal,
                      const parley_error_sink *errors);
int32_t entity_invoke(void *self, const parley_call *call, const parley_operation_call *operation,
                      const parley_result_sink *result, const parley_error_sink *errors);

/* Answers the page of `found` that a query asks for. `found` is reordered. */
int32_t answer_page(const instance *self, const parley_call *call, const rights *allowed, const parley_query *query,
                    note_list *found, const parley_result_sink *result, const parley_error_sink *errors);

/* Answers a whole document of what was stored, where `status` says that it was, and frees it. */
int32_t answer_stored(const note_request *asked, int32_t status, note *stored, const parley_result_sink *result);

/* --- panel.c, workflow.c, jobs.c, surface.c, assets.c ----------------------------------------------------------- */

int32_t panel_page(void *self, const parley_call *call, const parley_ref *record, const parley_query *query,
                   const parley_result_sink *result, const parley_error_sink *errors);
int32_t panel_count(void *self, const parley_call *call, const parley_ref *records, size_t record_count,
                    uint64_t *counts, const parley_error_sink *errors);

int32_t workflow_available(void *self, const parley_call *call, const parley_str *ids, size_t id_count,
                           const parley_availability_sink *result, const parley_error_sink *errors);
int32_t workflow_perform(void *self, const parley_call *call, const parley_transition_call *transition,
                         const parley_result_sink *result, const parley_error_sink *errors);
int32_t workflow_is_active(void *self, const parley_call *call, uint32_t *active, const parley_error_sink *errors);
int32_t workflow_set_active(void *self, const parley_call *call, uint32_t active, const parley_error_sink *errors);

/* Registers everything; the type lists are filled. */
int32_t register_all(instance *self, const parley_error_sink *errors);

extern const parley_assets note_assets;
extern const parley_jobs note_jobs;

#endif
