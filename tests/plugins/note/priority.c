#include "priority.h"

static const char *const names[] = {"low", "normal", "high"};

const char *priority_name(int priority) {
  return names[priority];
}

int priority_parse(const parley_str *name, int *priority) {
  for (int i = PRIORITY_LOW; i <= PRIORITY_HIGH; ++i) {
    const parley_str known = parley_str_of(names[i]);
    if (parley_str_equal(&known, name)) {
      *priority = i;
      return 1;
    }
  }
  return 0;
}
