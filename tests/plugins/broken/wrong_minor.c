/* Needs a minor version of the contract that does not exist yet. */
#define ENTRY_NEEDS_MINOR (PARLEY_ABI_MINOR + 1u)
#include "plugin.h"
