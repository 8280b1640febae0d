/* Registers in `create`, which must fail, and whenever a test asks it to by "test.register/1". */
#include <parley/entry.h>
#include <parley/ext/registry.h>

typedef struct test_register {
  uint32_t size;
  int32_t in_create; /* what the registry answered */
  int32_t(PARLEY_ABI *now)(void);
} test_register;

static test_register table;
static int32_t PARLEY_ABI early_create(const parley_host *host, const parley_plugin **plugin,
                                       const parley_error_sink *errors);
#define ENTRY_CREATE early_create
#define EXTRA_TABLE(id) (str_is(id, "test.register/1") ? (const void *)&table : NULL)
#include "plugin.h"

static int32_t PARLEY_ABI register_now(void) {
  return add_plain_setting(only_instance.host, registry_of(only_instance.host), NULL);
}

static int32_t PARLEY_ABI early_create(const parley_host *host, const parley_plugin **plugin,
                                       const parley_error_sink *errors) {
  table.size = sizeof table;
  table.now = register_now;
  table.in_create = add_plain_setting(host, registry_of(host), NULL);
  return plain_create(host, plugin, errors);
}
