/* Was built for another major version of the contract. */
#define ENTRY_MAJOR (PARLEY_ABI_MAJOR + 1u)
#include "plugin.h"
