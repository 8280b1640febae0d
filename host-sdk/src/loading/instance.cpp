#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/loading/plugin.hpp"
#include "host-sdk/src/loading/required.hpp"
#include "host-sdk/src/text.hpp"

#include <algorithm>
#include <parley/ext/info.h>
#include <parley/version.h>

namespace parley::host {
namespace {

void incompatible(Faults &faults, const char *code, std::string detail) {
  Fault fault;
  fault.status = PARLEY_INCOMPATIBLE;
  fault.code = code;
  fault.detail = std::move(detail);
  faults.push_back(std::move(fault));
}

std::string version_text(std::uint32_t major, std::uint32_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

bool check_entry(const parley_entry_point &entry, Faults &faults) {
  if (!has(&entry, &parley_entry_point::needs_minor)) {
    incompatible(faults, "entry-too-small", "parley_entry is too small to hold its versions.");
    return false;
  }
  if (parley_versions_fit(PARLEY_ABI_MAJOR, PARLEY_ABI_MINOR, entry.abi_major, entry.needs_minor) == 0) {
    incompatible(faults, "version",
                 "The plugin needs version " + version_text(entry.abi_major, entry.needs_minor) +
                     " of the contract; this host has " + version_text(PARLEY_ABI_MAJOR, PARLEY_ABI_MINOR) + ".");
    return false;
  }
  if (!has(&entry, &parley_entry_point::create)) {
    incompatible(faults, "entry-too-small", "parley_entry is too small to hold the function create.");
    return false;
  }
  if (entry.create == nullptr) {
    incompatible(faults, "missing-function", "parley_entry: the required function create is missing.");
    return false;
  }
  return true;
}

bool is_plugin_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void read_info(const parley_info *info, const parley_host &host, PluginFacts &facts, Faults &faults) {
  if (info == nullptr) {
    incompatible(faults, "no-info", "The plugin does not have the table " PARLEY_INFO_ID ".");
    return;
  }
  if (!has(info, &parley_info::name)) {
    incompatible(faults, "too-small", PARLEY_INFO_ID ": the table is too small to hold a name.");
    return;
  }
  facts.name = view(info->name);
  facts.title = text_of(info, &parley_info::title);
  facts.version = text_of(info, &parley_info::version);
  facts.vendor = text_of(info, &parley_info::vendor);
  if (!is_plugin_name(facts.name)) {
    incompatible(faults, "invalid-name", PARLEY_INFO_ID ": \"" + facts.name + "\" is no valid name of a plugin.");
  }
  for (const auto &id : copy_strings(get(info, &parley_info::needs), get(info, &parley_info::need_count))) {
    const parley_str wanted = str(id);
    if (host.get_extension(&host, &wanted) == nullptr) {
      incompatible(faults, "missing-table", "The plugin needs the table " + id + ", which this host does not have.");
    }
  }
}

} // namespace

std::int32_t create_instance(const parley_entry_point &entry, const parley_host &host, PluginInstance &plugin,
                             Faults &faults) {
  if (!check_entry(entry, faults)) {
    return gravest(faults);
  }
  const parley_plugin *instance = nullptr;
  FaultSink sink;
  const std::int32_t status = known_status(entry.create(&host, &instance, sink.get()));
  if (status != PARLEY_OK) {
    faults = sink.take();
    if (faults.empty()) {
      faults.push_back({status, "create-failed", "The plugin could not be created.", {}, {}, {}});
    }
    return status;
  }
  if (instance == nullptr) {
    incompatible(faults, "no-instance", "parley_entry::create answered success, but no instance.");
    return PARLEY_INCOMPATIBLE;
  }
  check_plugin_functions(*instance, faults);
  if (has_function(instance, &parley_plugin::get_extension)) {
    const FindTable find = [&](std::string_view id) {
      const parley_str name = str(id);
      return instance->get_extension(instance, &name);
    };
    read_info(static_cast<const parley_info *>(find(PARLEY_INFO_ID)), host, plugin.facts, faults);
    check_plugin_tables(find, faults);
    plugin.configure = static_cast<const parley_configure *>(find(PARLEY_CONFIGURE_ID));
    plugin.assets = static_cast<const parley_assets *>(find(PARLEY_ASSETS_ID));
    plugin.host_events = static_cast<const parley_host_events *>(find(PARLEY_HOST_EVENTS_ID));
    plugin.jobs = static_cast<const parley_jobs *>(find(PARLEY_JOBS_ID));
  }
  if (!faults.empty()) {
    if (has_function(instance, &parley_plugin::destroy)) {
      instance->destroy(instance);
    }
    return gravest(faults);
  }
  plugin.instance = instance;
  return PARLEY_OK;
}

} // namespace parley::host
