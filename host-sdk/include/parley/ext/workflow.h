/*
 * Workflow: the steps that an entity goes through. Registered with parley.registry.
 *
 * Ownership, threads and lifetime of the functions as in entity.h. Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_WORKFLOW_H
#define PARLEY_EXT_WORKFLOW_H

#include <parley/call.h>
#include <parley/ext/result.h>
#include <parley/ext/surface.h>
#include <parley/status.h>
#include <parley/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PARLEY_STEP_INITIAL 1u /* flag: new ones begin here; exactly one step has it */
#define PARLEY_STEP_FINAL 2u   /* flag: work on it is done */

typedef struct parley_step {
  uint32_t size;
  uint32_t flags;   /* of PARLEY_STEP_* */
  parley_str name;  /* "active" */
  parley_str label; /* JSON object, locale -> text */
} parley_step;

#define PARLEY_TRANSITION_AUTOMATIC 1u /* flag: performed by the plugin itself, never offered as a button */

typedef struct parley_transition {
  uint32_t size;
  uint32_t flags;         /* of PARLEY_TRANSITION_* */
  parley_str name;        /* "close" */
  parley_str label;       /* of the button; JSON object, locale -> text */
  const parley_str *from; /* names of the steps where it begins; at least one */
  size_t from_count;
  parley_str to; /* name of the step where it ends */
} parley_transition;

/* What one entity can do now. Borrowed for the call of parley_availability_sink::put. */
typedef struct parley_availability {
  uint32_t size;
  uint32_t reserved0;
  parley_str id;                 /* of the entity */
  parley_str step;               /* where it stands */
  const parley_str *transitions; /* names of those that this actor may perform now */
  size_t transition_count;
} parley_availability;

/* Where availabilities go; rules as for parley_sink. */
typedef struct parley_availability_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes the state of one entity. Result and threads as parley_sink::write. Required. Since 0.1. */
  int32_t(PARLEY_ABI *put)(const struct parley_availability_sink *self, const parley_availability *availability);
} parley_availability_sink;

#define PARLEY_WORKFLOW_SYSTEM 1u            /* flag: can be neither edited nor deleted */
#define PARLEY_WORKFLOW_ACTIVE_BY_DEFAULT 2u /* flag: active until somebody deactivates it */

typedef struct parley_transition_call {
  uint32_t size;
  uint32_t reserved0;
  uint64_t expected_version; /* of the entity; 0: any */
  parley_str id;
  parley_str transition;
} parley_transition_call;

/* The descriptor and its functions. All since 0.1. */
typedef struct parley_workflow {
  uint32_t size;
  uint32_t flags; /* of PARLEY_WORKFLOW_* */
  uint32_t step_size;
  uint32_t transition_size;
  uint32_t applications; /* of PARLEY_APPLICATION_*: where transitions may be performed */
  uint32_t reserved0;
  parley_str name;   /* unique in the registry: "conversation_flow" */
  parley_str label;  /* JSON object, locale -> text: {"en":"Conversation Workflow"} */
  parley_str entity; /* type of what goes through it */
  const parley_step *steps;
  size_t step_count;
  const parley_transition *transitions;
  size_t transition_count;
  const parley_gate *gate;         /* for performing */
  parley_str configure_permission; /* permission on the workflow (subject: `name`) to (de)activate; empty: nobody may */
  void *context;                   /* `self` of the functions */

  /* Says for many ids at once where they stand and what the actor may do. What may not be seen is left out. Required. */
  int32_t(PARLEY_ABI *available)(void *self, const parley_call *call, const parley_str *ids, size_t id_count,
                                 const parley_availability_sink *result, const parley_error_sink *errors);
  /*
   * Performs a transition and answers the entity's document.
   * Result: PARLEY_OK; PARLEY_NOT_FOUND; PARLEY_FORBIDDEN; PARLEY_CONFLICT where the present step does not allow it,
   * with an error that names the step and has meta {"step":"..."}. Required.
   */
  int32_t(PARLEY_ABI *perform)(void *self, const parley_call *call, const parley_transition_call *transition,
                               const parley_result_sink *result, const parley_error_sink *errors);
  /* Tells whether the workflow is active: writes 1 or 0 to `*active`. Required. */
  int32_t(PARLEY_ABI *is_active)(void *self, const parley_call *call, uint32_t *active,
                                 const parley_error_sink *errors);
  /* Activates (1) or deactivates (0) it. Setting what is set already is PARLEY_OK. Required. */
  int32_t(PARLEY_ABI *set_active)(void *self, const parley_call *call, uint32_t active,
                                  const parley_error_sink *errors);
} parley_workflow;

#ifdef __cplusplus
}
#endif

#endif
