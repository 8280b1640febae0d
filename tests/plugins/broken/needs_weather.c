/* Needs a host table that no host has. */
#include <parley/ext/info.h>

static const parley_str needs[] = {{"parley.registry/1", 17}, {"parley.weather/1", 16}};
static const parley_info needy_info = {.size = sizeof needy_info,
                                       .name = {"things", 6},
                                       .title = {"Things", 6},
                                       .version = {"0.1.0", 5},
                                       .vendor = {"Parley", 6},
                                       .needs = needs,
                                       .need_count = 2};
#define INFO &needy_info
#include "plugin.h"
