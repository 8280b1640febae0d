// Opening a plugin: versions, required functions, tables.
#ifndef PARLEY_HOST_LOADING_PLUGIN_HPP
#define PARLEY_HOST_LOADING_PLUGIN_HPP

#include "host-sdk/src/faults.hpp"

#include <parley/entry.h>
#include <parley/ext/assets.h>
#include <parley/ext/configure.h>
#include <parley/ext/host_events.h>
#include <parley/ext/jobs.h>
#include <string>
#include <string_view>

namespace parley::host {

struct PluginFacts {
  std::string name;
  std::string title;
  std::string version;
  std::string vendor;
};

struct PluginInstance {
  const parley_plugin *instance = nullptr;
  const parley_configure *configure = nullptr;
  const parley_assets *assets = nullptr;
  const parley_host_events *host_events = nullptr;
  const parley_jobs *jobs = nullptr;
  PluginFacts facts;
};

// Opens the library and looks its entry up. The library stays mapped for good. NULL with a fault otherwise.
const parley_entry_point *open_library(std::string_view path, Faults &faults);

// Checks versions, creates an instance and checks its tables. An instance that does not pass is destroyed.
// Result: PARLEY_OK, or a failure with faults.
std::int32_t create_instance(const parley_entry_point &entry, const parley_host &host, PluginInstance &plugin,
                             Faults &faults);

} // namespace parley::host

#endif
