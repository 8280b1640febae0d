/*
 * The C host as a program: reads requests, one a line, and prints the answers.
 *
 *   parley-c-host <plugin.so> [<actor type>/<actor id> [<configuration>]]
 *
 * A line is "METHOD path [body]", or "JOBS", which runs all maintenance jobs. Exit status: 0, or 1 where the plugin cannot be used.
 */
#include "c_host.h"

#include <stdio.h>
#include <stdlib.h>

static void PARLEY_ABI print_error(const parley_error_sink *sink, const parley_error *error) {
  (void)sink;
  fprintf(stderr, "%d %.*s: %.*s\n", (int)error->status, (int)error->code.size, error->code.data,
          (int)error->detail.size, error->detail.data);
}

/* Cuts the first word off a line; answers what follows. */
static char *next_word(char *line) {
  char *end = line + strcspn(line, " ");
  if (*end != '\0') {
    *end++ = '\0';
  }
  return end;
}

static void run_jobs(c_host *host) {
  const parley_error_sink errors = {sizeof errors, 0, NULL, print_error};
  const int32_t status = c_host_run_jobs(host, 60, &errors);
  printf(status == PARLEY_OK ? "jobs are done\n" : "jobs failed with status %d\n", (int)status);
  fflush(stdout);
}

static void answer_lines(c_host *host, const char *actor_type, const char *actor_id) {
  static char line[1 << 20];
  while (fgets(line, sizeof line, stdin) != NULL) {
    line[strcspn(line, "\r\n")] = '\0';
    if (line[0] == '\0') {
      continue;
    }
    if (strcmp(line, "JOBS") == 0) {
      run_jobs(host);
      continue;
    }
    char *target = next_word(line);
    char *body = next_word(target);
    parley_call call;
    c_host_response response;
    c_host_call(host, actor_type, actor_id, &call);
    const int32_t status = c_host_request(host, &call, line, target, body, NULL, &response);
    if (status == PARLEY_OK) {
      printf("%u %s\n", (unsigned)response.status, response.body);
    } else {
      printf("failed with status %d\n", (int)status);
    }
    fflush(stdout);
    c_host_response_free(&response);
  }
}

int main(int argc, char **argv) {
  static char actor[160] = "users/1";
  const parley_error_sink errors = {sizeof errors, 0, NULL, print_error};
  if (argc < 2) {
    fprintf(stderr, "usage: %s <plugin.so> [<actor type>/<actor id> [<configuration>]]\n", argv[0]);
    return 1;
  }
  if (argc > 2) {
    snprintf(actor, sizeof actor, "%s", argv[2]);
  }
  char *slash = strchr(actor, '/');
  if (slash == NULL) {
    fprintf(stderr, "an actor is a type and an id: users/1\n");
    return 1;
  }
  *slash = '\0';
  const parley_str path = parley_str_of(argv[1]);
  const parley_str configuration = parley_str_of(argc > 3 ? argv[3] : NULL);
  c_host *host = NULL;
  parley_runtime_plugin *plugin = NULL;
  int32_t status = c_host_create("{\"conversations.enabled\":true}", NULL, 0, &host, &errors);
  if (status == PARLEY_OK) {
    status = parley_runtime_load(c_host_runtime(host), &path, &plugin, &errors);
  }
  if (status == PARLEY_OK) {
    status = parley_runtime_start(plugin, &configuration, &errors);
  }
  if (status == PARLEY_OK) {
    answer_lines(host, actor, slash + 1);
  }
  c_host_destroy(host);
  return status == PARLEY_OK ? 0 : 1;
}
