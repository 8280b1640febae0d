/*
 * A host in plain C11 over libparley-host: users, customers, customer users and orders in arrays. For tests, and to show
 * that a host needs nothing that is not in the contract. All functions are [thread-safe] but create and destroy.
 */
#ifndef C_HOST_H
#define C_HOST_H

#include <parley/runtime.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct c_host c_host;

/* A table to hand out in place of the host's own; NULL: as if the host did not have it. */
typedef struct c_host_table {
  const char *id;
  const void *table;
} c_host_table;

/*
 * Makes a host, with its own entities registered. settings: JSON object, or NULL. tables: replacements, valid as long as
 * the host. Answers the status of the runtime; `*host` is written on PARLEY_OK.
 */
int32_t c_host_create(const char *settings, const c_host_table *tables, size_t table_count, c_host **host,
                      const parley_error_sink *errors);
/* Stops, unloads and frees everything. NULL is allowed. */
void c_host_destroy(c_host *self);

parley_runtime *c_host_runtime(c_host *self);
/* The host behind a parley_host that one of its tables was called with: for tables that replace its own. */
c_host *c_host_of(const parley_host *host);

/* The time stands still until it is set; it starts at 2026-01-31T08:00:00Z. */
void c_host_set_time(c_host *self, int64_t microseconds);

/*
 * Levels: users are global, customer users reach their own. This changes it for one actor, or for all of a type (actor_id
 * NULL), for one permission or for all (permission NULL). The last rule that fits counts.
 */
void c_host_grant(c_host *self, const char *actor_type, const char *actor_id, const char *subject,
                  const char *permission, uint32_t level);

/* Renames or deletes a record and tells the plugins, as a host does after its commit. */
int32_t c_host_rename(c_host *self, const char *type, const char *id, const char *title);
int32_t c_host_delete(c_host *self, const char *type, const char *id);
/* Deletes it and tells nobody: a host event that was lost. */
void c_host_lose(c_host *self, const char *type, const char *id);

/*
 * Runs one job for at most `seconds`, as cron would have it done: again while there is work left. `*more` tells whether the
 * time was over before. Answers the first status that is no success.
 */
int32_t c_host_run_job(c_host *self, const char *plugin, const char *job, int seconds, uint32_t *more,
                       const parley_error_sink *errors);
/* Runs each job of all plugins in this way. */
int32_t c_host_run_jobs(c_host *self, int seconds, const parley_error_sink *errors);

/* Everything that was logged so far, one line each; to be freed. */
char *c_host_log(c_host *self);

/* Fills a call for an actor: "users" work in the back office, everybody else in the storefront. Strings are borrowed. */
void c_host_call(c_host *self, const char *actor_type, const char *actor_id, parley_call *call);

/* The answer to one request. */
typedef struct c_host_response {
  uint32_t status;
  char *content_type;
  char *location;
  char *etag;
  char *body; /* terminated */
  size_t body_size;
} c_host_response;

/*
 * Sends one request to the API. target: path with query. body, if_match: or NULL. Answers what parley_http_handle does;
 * the response is to be freed in any case.
 */
int32_t c_host_request(c_host *self, const parley_call *call, const char *method, const char *target, const char *body,
                       const char *if_match, c_host_response *response);
void c_host_response_free(c_host_response *response);

#ifdef __cplusplus
}
#endif

#endif
