// Files for the browser: the host's own, and those of plugins.
#ifndef PARLEY_SAMPLE_HOST_WEB_ASSETS_H
#define PARLEY_SAMPLE_HOST_WEB_ASSETS_H

#include <string>

#include "sample-host/src/web/http.h"

namespace host {

class Plugins;

// Address with the version of the bytes, so that browsers may keep them for good.
std::string host_asset_url(const std::string &file);
std::string plugin_asset_url(const std::string &plugin, const std::string &path, const std::string &etag);

// Answers everything under /assets/.
Response serve_asset(Plugins &plugins, const Request &request);

} // namespace host

#endif
