// The JSON that hosts draw their pages from.
#ifndef PARLEY_HOST_PAGES_HPP
#define PARLEY_HOST_PAGES_HPP

#include "host-sdk/src/faults.hpp"
#include "host-sdk/src/runtime.hpp"

#include <string>

namespace parley::host {

// parley_runtime_surface: for one actor, in its application and locale.
std::int32_t write_surface(const Runtime &runtime, const parley_call &call, std::string &out, Faults &faults);
// parley_runtime_describe: everything, in all locales.
void write_description(const Runtime &runtime, std::string &out);

// Every file of a started plugin.
struct Asset {
  std::string path;
  std::uint32_t kind = 0;
  std::string content_type;
  std::string etag;
};
std::vector<Asset> list_assets(const LoadedPlugin &plugin);
// parley_runtime_asset
std::int32_t put_asset(const Runtime &runtime, std::string_view plugin_name, std::string_view path,
                       const parley_asset_sink &sink);

// Whether a workflow is active; its default where the plugin cannot say now.
bool ask_active(const Workflow &workflow, const parley_call &call);

} // namespace parley::host

#endif
