/*
 * libparley-host: loads plugins, keeps the registry, and answers HTTP over whatever is registered, for hosts in any
 * language that can call C. A host links to it or opens it with dlopen; plugins never see it.
 *
 * A host in short:
 *   1. parley_runtime_create with its own tables (parley.access/1, parley.records/1, ...)
 *   2. parley_runtime_register: its own entities, in the way that plugins register theirs
 *   3. parley_runtime_load and parley_runtime_start for each plugin
 *   4. for each request parley_http_handle, and parley_runtime_surface for what its pages show
 *   5. now and then parley_runtime_jobs and parley_runtime_run_job: maintenance
 *   6. parley_runtime_stop, parley_runtime_unload, parley_runtime_destroy
 *
 * Threads: create, register, load, start, stop, unload and destroy are called by one thread at a time; everything else
 * is [thread-safe] and may run beside them: a plugin that stops is withdrawn first. Results and errors as everywhere:
 * status.h. No exception leaves the library. What the library has to say itself (defects, answers of the host that it
 * cannot use) goes to the host's parley.log/1. All since 0.1.
 *
 * Policy of change: see version.h.
 */
#ifndef PARLEY_RUNTIME_H
#define PARLEY_RUNTIME_H

#include <parley/call.h>
#include <parley/ext/assets.h>
#include <parley/ext/host_events.h>
#include <parley/ext/registry.h>
#include <parley/host.h>
#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

/* On the functions of libparley-host: exported where it is built (PARLEY_RUNTIME_BUILD), imported where it is used. */
#if defined(_WIN32) && !defined(PARLEY_RUNTIME_BUILD)
#define PARLEY_RUNTIME_API __declspec(dllimport)
#else
#define PARLEY_RUNTIME_API PARLEY_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* A host's set of plugins with their registry. Several in one process do not know of each other. */
typedef struct parley_runtime parley_runtime;
/* One loaded plugin in it. Owned by the runtime, valid until parley_runtime_unload. */
typedef struct parley_runtime_plugin parley_runtime_plugin;

typedef struct parley_runtime_options {
  uint32_t size;
  uint32_t reserved0;
  parley_str name;     /* becomes parley_host::name; copied */
  parley_str version;  /* becomes parley_host::version; copied */
  parley_str settings; /* for hosts without parley.settings: JSON object, setting name -> value, the same in every
                          scope ({"conversations.enabled":true}); empty: the defaults hold. Copied */
  void *context;       /* becomes parley_host::data in every call of a host table */
  /*
   * Gives the host's own tables by id, as parley_host::get_extension does; `host` is that of the asking plugin, or of
   * the runtime itself. The runtime answers for parley.registry/1 in any case, and for parley.clock/1 and
   * parley.settings where this answers NULL. Tables stay valid until parley_runtime_destroy.
   * [thread-safe], must not block, must not call back. Required. Since 0.1.
   */
  const void *(PARLEY_ABI *get_extension)(const parley_host *host, const parley_str *id);
  /*
   * How callers of the host's API say who they are, for its OpenAPI document: JSON object, name -> Security Scheme Object
   * of OpenAPI 3.1 ({"basic":{"type":"http","scheme":"basic"}}); each of them is enough. Empty: not said. Copied.
   */
  parley_str security_schemes;
  /* The same for the storefront, where it differs from the back office (a cookie of its own). Empty: it does not. Copied. */
  parley_str storefront_security_schemes;
} parley_runtime_options;

/*
 * Makes a runtime. Result: PARLEY_OK; PARLEY_INVALID (settings are no JSON object); PARLEY_INCOMPATIBLE, with an error
 * for each function that is missing in one of the host's tables.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_create(const parley_runtime_options *options,
                                                            parley_runtime **runtime, const parley_error_sink *errors);

/*
 * Frees the runtime; plugins that still run are stopped and unloaded first. NULL is allowed. From within a call nothing is
 * freed; in a forked child the instances of plugins that the parent started are not.
 */
PARLEY_RUNTIME_API void PARLEY_ABI parley_runtime_destroy(parley_runtime *runtime);

/*
 * Registers what is the host's own: calls `work` once, which adds to `registry` (its functions take `host`). All or
 * nothing, as for plugins: nothing is kept where `work` or the check of the whole fails.
 * Result: that of `work`; else as parley_registry.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI
parley_runtime_register(parley_runtime *runtime,
                        int32_t(PARLEY_ABI *work)(void *context, const parley_host *host,
                                                  const parley_registry *registry, const parley_error_sink *errors),
                        void *context, const parley_error_sink *errors);

/*
 * Opens a shared library, checks its versions and tables, and creates an instance, without starting it.
 * path: file of the plugin. plugin: receives it.
 * Result: PARLEY_OK; PARLEY_NOT_FOUND (no file); PARLEY_INCOMPATIBLE (no shared library, no parley_entry, wrong version, a
 * table with a function missing, a host table that it needs), each with an error that says so; or that of `create`.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_load(parley_runtime *runtime, const parley_str *path,
                                                          parley_runtime_plugin **plugin,
                                                          const parley_error_sink *errors);

/*
 * Starts a loaded plugin and takes in what it registers.
 * configuration: JSON object, or empty. Result: PARLEY_OK; PARLEY_WRONG_STATE when started already; PARLEY_INVALID with
 * each fault of the configuration, or of what was registered (a menu item names a page that nobody has);
 * PARLEY_CONFLICT (a name is taken); or that of parley_plugin::start.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_start(parley_runtime_plugin *plugin,
                                                           const parley_str *configuration,
                                                           const parley_error_sink *errors);

/*
 * Withdraws what the plugin registered, waits for calls that run, and stops it. It may be started again. Must not be
 * called from within a call. Result: PARLEY_OK, also where it is not started; PARLEY_WRONG_STATE, with an error, from
 * within a call, which goes on; PARLEY_FORKED in a child that was forked after start; or that of parley_plugin::stop.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_stop(parley_runtime_plugin *plugin,
                                                          const parley_error_sink *errors);

/*
 * Destroys the instance. The library stays mapped, since code of it may still be on some thread's stack.
 * Result: PARLEY_OK; PARLEY_WRONG_STATE, with an error, while it is started: `plugin` stays valid then.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_unload(parley_runtime_plugin *plugin,
                                                            const parley_error_sink *errors);

/* The instance itself, for tables that the runtime does not serve (feed, migrations). Owned by the runtime. */
PARLEY_RUNTIME_API const parley_plugin *PARLEY_ABI parley_runtime_instance(const parley_runtime_plugin *plugin);

/*
 * Tells all started plugins that have parley.host-events/1. Result: PARLEY_OK, or the gravest of their answers; the others
 * are told all the same. PARLEY_INVALID, with an error: no usable call.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_notify(parley_runtime *runtime, const parley_call *call,
                                                            const parley_host_event *events, size_t event_count,
                                                            uint32_t event_size, const parley_error_sink *errors);

/* A job of a started plugin: parley_job, and whose it is. Borrowed for the call of parley_runtime_job_sink::put. */
typedef struct parley_runtime_job {
  uint32_t size;
  uint32_t reserved0;
  parley_str plugin;   /* parley_info::name */
  parley_str name;     /* of the job: "inactivity" */
  parley_str label;    /* JSON object, locale -> text */
  int64_t interval_us; /* how often it should run, in microseconds */
} parley_runtime_job;

/* Where they go; rules as for parley_sink. Since 0.1. */
typedef struct parley_runtime_job_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes one job. Result and threads as parley_sink::write. Required. */
  int32_t(PARLEY_ABI *put)(const struct parley_runtime_job_sink *self, const parley_runtime_job *job);
} parley_runtime_job_sink;

/*
 * Puts the jobs of all started plugins that have parley.jobs/1, plugin by plugin in the order in which they were loaded.
 * No plugin is being called while the sink is. Result: PARLEY_OK; PARLEY_SINK_REFUSED. Does not block.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_jobs(parley_runtime *runtime,
                                                          const parley_runtime_job_sink *result);

/*
 * Runs one job as parley_jobs::run does, whose rules hold for `call`, `more` and the result: in pieces, until it is done or
 * the time left of the call is used. A host with threads calls it in the interval of the job and again while `*more` is 1;
 * another from cron.
 * plugin_name: parley_info::name. Result: also PARLEY_NOT_FOUND where no started plugin has this name or it has no such
 * job; PARLEY_STOPPED where the plugin is being stopped; PARLEY_INVALID (no usable call).
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_run_job(parley_runtime *runtime, const parley_call *call,
                                                             const parley_str *plugin_name, const parley_str *job_name,
                                                             uint32_t *more, const parley_error_sink *errors);

/*
 * Writes everything that is registered as one JSON object, with labels in all locales, whoever may see it: for tools
 * and for administrators' pages (permissions, settings). Members: plugins, entities, panels, workflows, pages, menuItems,
 * recordActions, indicators, permissions, settings. docs/contract.md shows it. Result: PARLEY_OK; PARLEY_SINK_REFUSED.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_describe(parley_runtime *runtime, const parley_sink *result);

/*
 * Writes what the call's actor gets to see in its application now, as one JSON object: every gate has been asked, and
 * labels are in the call's locale. Members: assets, menus (by slot), pages, recordActions (by record type), panels (by
 * record type), indicators, entities (fields and actions of this application), workflows. docs/contract.md shows it.
 * Result: PARLEY_OK; PARLEY_UNAVAILABLE; PARLEY_SINK_REFUSED. May block: asks access and settings, each once.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_surface(parley_runtime *runtime, const parley_call *call,
                                                             const parley_sink *result,
                                                             const parley_error_sink *errors);

/*
 * Puts one asset. plugin_name: parley_info::name. Result: PARLEY_OK; PARLEY_NOT_FOUND; PARLEY_SINK_REFUSED. Does not block.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_runtime_asset(parley_runtime *runtime, const parley_str *plugin_name,
                                                           const parley_str *path, const parley_asset_sink *result);

/* A header. Frozen: it is an array element of a fixed kind. Names are compared without regard to case. */
typedef struct parley_http_header {
  parley_str name;
  parley_str value;
} parley_http_header;

typedef struct parley_http_request {
  uint32_t size;
  uint32_t reserved0;
  parley_str method;                 /* "GET" */
  parley_str base;                   /* path that the API is mounted at, for links: "/admin/api" */
  parley_str path;                   /* rest of the path, still percent-encoded: "/conversations/17" */
  parley_str query;                  /* without "?", still percent-encoded; may be empty */
  const parley_http_header *headers; /* Accept, Content-Type, If-Match and Idempotency-Key are read; others are not */
  size_t header_count;
  parley_str body;
} parley_http_request;

/*
 * Where a response goes. Supplied and owned by the caller; valid for that call. Both functions are required; threads as
 * parley_sink::write. Since 0.1.
 */
typedef struct parley_http_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes status and headers, once, before any bytes. Content-Type is among them. Borrowed. PARLEY_OK or a failure. */
  int32_t(PARLEY_ABI *begin)(const struct parley_http_sink *self, uint32_t status, const parley_http_header *headers,
                             size_t header_count);
  /* Takes the next bytes of the body, in large pieces. Borrowed. PARLEY_OK or a failure, which ends the response. */
  int32_t(PARLEY_ABI *write)(const struct parley_http_sink *self, const void *bytes, size_t size);
} parley_http_sink;

/*
 * Answers one request over what is registered: JSON:API for entities, transitions and workflows, activity panels, named
 * operations. The host has authenticated the actor, checked its CSRF token and limited the body's size before.
 * Result: PARLEY_OK, whatever the HTTP status of the answer; PARLEY_SINK_REFUSED; PARLEY_INVALID (no usable call, request
 * or sink: nothing was answered, and the host's log says why). The log also tells what lies behind a 500. May block and call back into the host, as plugins do.
 */
PARLEY_RUNTIME_API int32_t PARLEY_ABI parley_http_handle(parley_runtime *runtime, const parley_call *call,
                                                         const parley_http_request *request,
                                                         const parley_http_sink *result);

#ifdef __cplusplus
}
#endif

#endif
