/* Its parley.assets/1 lacks `list`. */
#include <parley/ext/assets.h>

static const parley_assets half_assets = {sizeof half_assets, 0, NULL};
#define EXTRA_TABLE(id) (str_is(id, PARLEY_ASSETS_ID) ? (const void *)&half_assets : NULL)
#include "plugin.h"
