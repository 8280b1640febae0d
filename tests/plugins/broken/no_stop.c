/* Cannot be stopped. */
#define PLUGIN_STOP NULL
#include "plugin.h"
