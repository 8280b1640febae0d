/* Its entry ends before `create`. */
#define ENTRY_SIZE offsetof(parley_entry_point, create)
#include "plugin.h"
