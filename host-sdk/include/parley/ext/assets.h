/*
 * parley.assets/1 (plugin): files for the browser: web components and their style sheet. Works before start.
 * Policy of change: see version.h.
 */
#ifndef PARLEY_EXT_ASSETS_H
#define PARLEY_EXT_ASSETS_H

#include <parley/plugin.h>
#include <parley/status.h>
#include <parley/types.h>

#define PARLEY_ASSETS_ID "parley.assets/1"

/* What an asset is for. A host serves one that it does not know like PARLEY_ASSET_OTHER. */
#define PARLEY_ASSET_MODULE 1u     /* load on pages with elements: <script type="module" src> */
#define PARLEY_ASSET_STYLESHEET 2u /* load on pages with elements: <link rel="stylesheet"> */
#define PARLEY_ASSET_OTHER 3u      /* only served; a module or style sheet refers to it by a relative address */

#ifdef __cplusplus
extern "C" {
#endif

/* One file. Strings and bytes are valid as long as the instance, so that a host need not copy them. */
typedef struct parley_asset {
  uint32_t size;
  uint32_t kind;           /* of PARLEY_ASSET_* */
  parley_str path;         /* relative, "conversations.js"; letters, digits, "-", "_", ".", "/" */
  parley_str content_type; /* "text/javascript; charset=utf-8" */
  parley_str etag;         /* strong, without quotes; changes with the bytes */
  parley_str bytes;        /* any bytes */
} parley_asset;

/* Where assets go; rules as for parley_sink, but the asset itself stays valid. */
typedef struct parley_asset_sink {
  uint32_t size;
  uint32_t reserved0;
  void *context;
  /* Takes one asset, in the order of the list. Result and threads as parley_sink::write. Required. Since 0.1. */
  int32_t(PARLEY_ABI *put)(const struct parley_asset_sink *self, const parley_asset *asset);
} parley_asset_sink;

typedef struct parley_assets {
  uint32_t size;
  uint32_t reserved0;
  /*
   * Lists all files, in the order in which a page loads them.
   * Result: PARLEY_OK, PARLEY_SINK_REFUSED. [thread-safe], does not block, calls the sink only. Required. Since 0.1.
   */
  int32_t(PARLEY_ABI *list)(const parley_plugin *plugin, const parley_asset_sink *result);
} parley_assets;

#ifdef __cplusplus
}
#endif

#endif
