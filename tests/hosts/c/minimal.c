/*
 * The shortest host: lets everybody do everything, loads a plugin, and prints the answer to one request.
 *
 *   parley-minimal-host <plugin.so> <configuration> <path>
 */
#include <parley/ext/access.h>
#include <parley/ext/records.h>
#include <parley/runtime.h>
#include <stdio.h>
#pragma GCC diagnostic ignored "-Wunused-parameter"

/* How far do the actor's permissions reach? Here: everywhere. A real host looks at roles. */
static int32_t scopes(const parley_host *host, const parley_call *call, const parley_scope_request *requests,
                      size_t count, uint32_t request_size, const parley_scope_sink *result,
                      const parley_error_sink *errors) {
  const parley_scope everything = {.size = sizeof everything, .level = PARLEY_LEVEL_GLOBAL, .version = 1};
  int32_t status = PARLEY_OK;
  for (size_t i = 0; i < count && status == PARLEY_OK; ++i)
    status = result->put(result, i, &everything);
  return status;
}

/* Which of these records may the actor see? Here: each. */
static int32_t visible(const parley_host *host, const parley_call *call, const parley_ref *refs, size_t count,
                       uint8_t *answers, const parley_error_sink *errors) {
  memset(answers, 1, count);
  return PARLEY_OK;
}

/* What is known of these records? Here: that they exist, and their ids. */
static int32_t resolve(const parley_host *host, const parley_call *call, const parley_ref *refs, size_t count,
                       const parley_record_sink *result, const parley_error_sink *errors) {
  int32_t status = PARLEY_OK;
  for (size_t i = 0; i < count && status == PARLEY_OK; ++i) {
    const parley_record record = {
        .size = sizeof record, .flags = PARLEY_RECORD_EXISTS, .ref = refs[i], .title = refs[i].id};
    status = result->put(result, &record);
  }
  return status;
}

/* Which records hold this text? Here: none. */
static int32_t search(const parley_host *host, const parley_call *call, const parley_record_search *question,
                      const parley_record_sink *result, const parley_error_sink *errors) {
  return PARLEY_OK;
}

/* The tables that this host has. Registry, clock and settings come from the library. */
static const void *get_extension(const parley_host *host, const parley_str *id) {
  static const parley_access access = {sizeof access, 0, scopes, visible};
  static const parley_records records = {sizeof records, 0, resolve, search};
  const parley_str access_id = parley_str_of(PARLEY_ACCESS_ID), records_id = parley_str_of(PARLEY_RECORDS_ID);
  return parley_str_equal(id, &access_id) ? (const void *)&access : parley_str_equal(id, &records_id) ? &records : NULL;
}

/* Faults go here, one call each. */
static void complain(const parley_error_sink *self, const parley_error *error) {
  fprintf(stderr, "%.*s %.*s\n", (int)error->pointer.size, error->pointer.data, (int)error->detail.size,
          error->detail.data);
}

/* The response: first its status and headers, then its bytes. */
static int32_t begin(const parley_http_sink *self, uint32_t status, const parley_http_header *headers, size_t count) {
  return printf("%u\n", (unsigned)status) > 0 ? PARLEY_OK : PARLEY_UNAVAILABLE;
}

static int32_t body(const parley_http_sink *self, const void *bytes, size_t size) {
  return fwrite(bytes, 1, size, stdout) == size ? PARLEY_OK : PARLEY_UNAVAILABLE;
}

int main(int argc, char **argv) {
  const parley_error_sink errors = {sizeof errors, 0, NULL, complain};
  const parley_str library = parley_str_of(argc > 1 ? argv[1] : ""),
                   configuration = parley_str_of(argc > 2 ? argv[2] : "");
  const parley_runtime_options options = {.size = sizeof options,
                                          .get_extension = get_extension,
                                          .name = parley_str_of("Minimal host"),
                                          .settings = parley_str_of("{\"conversations.enabled\":true}")};
  parley_runtime *runtime = NULL;
  parley_runtime_plugin *plugin = NULL;
  int32_t status = parley_runtime_create(&options, &runtime, &errors);
  status = status != PARLEY_OK ? status : parley_runtime_load(runtime, &library, &plugin, &errors);
  status = status != PARLEY_OK ? status : parley_runtime_start(plugin, &configuration, &errors);
  if (status == PARLEY_OK) {
    /* The host has authenticated whoever asks; here it is always the same user. */
    const parley_call call = {.size = sizeof call,
                              .application = PARLEY_APPLICATION_BACKOFFICE,
                              .time_left_us = PARLEY_NO_DEADLINE,
                              .actor = {parley_str_of("users"), parley_str_of("1")}};
    const parley_http_request request = {.size = sizeof request,
                                         .method = parley_str_of("GET"),
                                         .base = parley_str_of("/api"),
                                         .path = parley_str_of(argc > 3 ? argv[3] : "/")};
    const parley_http_sink response = {sizeof response, 0, NULL, begin, body};
    status = parley_http_handle(runtime, &call, &request, &response);
  }
  parley_runtime_destroy(runtime); /* stops and unloads what still runs */
  return status == PARLEY_OK ? 0 : 1;
}
