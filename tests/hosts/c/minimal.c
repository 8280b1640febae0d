/*
 * The shortest host: lets everybody do everything, loads a plugin, and prints the answer to one request.
 *
 *   parley-minimal-host <plugin.so> <configuration> <path>
 */
#include <parley/ext/access.h>
#include <parley/ext/records.h>
#include <parley/print.h>
#pragma GCC diagnostic ignored "-Wunused-parameter"

/* How far do the actor's permissions reach? Here: everywhere. A real host looks at roles. */
static int32_t scopes(const parley_host *host, const parley_call *call, const parley_scope_request *requests, size_t n,
                      uint32_t request_size, const parley_scope_sink *result, const parley_error_sink *errors) {
  const parley_scope everything = {.size = sizeof everything, .level = PARLEY_LEVEL_GLOBAL, .version = 1};
  int32_t status = PARLEY_OK;
  for (size_t i = 0; i < n && status == PARLEY_OK; ++i)
    status = result->put(result, i, &everything);
  return status;
}

/* Which of these records may the actor see? Here: each. */
static int32_t visible(const parley_host *host, const parley_call *call, const parley_ref *refs, size_t n,
                       uint8_t *answers, const parley_error_sink *errors) {
  memset(answers, 1, n);
  return PARLEY_OK;
}

/* What is known of these records? Here: that they exist, and their ids. */
static int32_t resolve(const parley_host *host, const parley_call *call, const parley_ref *refs, size_t n,
                       const parley_record_sink *result, const parley_error_sink *errors) {
  int32_t status = PARLEY_OK;
  for (size_t i = 0; i < n && status == PARLEY_OK; ++i) {
    const parley_record record = {sizeof record, PARLEY_RECORD_EXISTS, .ref = refs[i], .title = refs[i].id};
    status = result->put(result, &record);
  }
  return status;
}

/* The tables that this host has. Registry, clock and settings come from the library. */
static const void *get_extension(const parley_host *host, const parley_str *id) {
  static const parley_access access = {sizeof access, 0, scopes, visible};
  static const parley_records records = {sizeof records, 0, resolve, NULL};
  const parley_str access_id = parley_str_of(PARLEY_ACCESS_ID), records_id = parley_str_of(PARLEY_RECORDS_ID);
  return parley_str_equal(id, &access_id) ? (const void *)&access : parley_str_equal(id, &records_id) ? &records : NULL;
}

int main(int argc, char **argv) {
  if (argc != 4)
    return fputs("usage: parley-minimal-host <plugin.so> <configuration> <path>\n", stderr), 2;
  const parley_error_sink errors = parley_errors_to(stderr);
  const parley_http_sink response = parley_response_to(stdout);
  const parley_str library = parley_str_of(argv[1]), configuration = parley_str_of(argv[2]);
  const parley_runtime_options options = {sizeof options, .get_extension = get_extension,
                                          .settings = parley_str_of("{\"conversations.enabled\":true}")};
  parley_runtime *runtime = NULL;
  parley_runtime_plugin *plugin = NULL;
  int32_t status = parley_runtime_create(&options, &runtime, &errors);
  status = status != PARLEY_OK ? status : parley_runtime_load(runtime, &library, &plugin, &errors);
  status = status != PARLEY_OK ? status : parley_runtime_start(plugin, &configuration, &errors);
  if (status == PARLEY_OK) {
    /* The host has authenticated whoever asks; here it is always the same user of the back office. */
    parley_call call = {sizeof call, PARLEY_APPLICATION_BACKOFFICE, .time_left_us = PARLEY_NO_DEADLINE};
    call.actor = (parley_ref){parley_str_of("users"), parley_str_of("1")};
    parley_http_request request = {sizeof request, .method = parley_str_of("GET"), .base = parley_str_of("/api")};
    request.path = parley_str_of(argv[3]);
    status = parley_http_handle(runtime, &call, &request, &response);
  }
  parley_runtime_destroy(runtime); /* stops and unloads what still runs */
  return status == PARLEY_OK ? 0 : 1;
}
