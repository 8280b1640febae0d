/* Does not say what it is. */
#define INFO NULL
#include "plugin.h"
