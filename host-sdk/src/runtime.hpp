// A host's set of plugins with their registry.
#ifndef PARLEY_HOST_RUNTIME_HPP
#define PARLEY_HOST_RUNTIME_HPP

#include "host-sdk/src/faults.hpp"
#include "host-sdk/src/host_view.hpp"
#include "host-sdk/src/loading/plugin.hpp"
#include "host-sdk/src/registry/registry.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <parley/runtime.h>
#include <string>
#include <string_view>
#include <vector>

namespace parley::host {

// What a plugin brings apart from its registrations, while it is loaded.
struct LoadedPlugin {
  PluginFacts facts;
  bool started = false;
  std::shared_ptr<Owner> owner; // while it is started
  const parley_plugin *instance = nullptr;
  const parley_assets *assets = nullptr;
  const parley_host_events *host_events = nullptr;
  const parley_jobs *jobs = nullptr;
};

// What requests see: replaced as a whole.
struct World {
  std::shared_ptr<const Registry> registry;
  std::vector<LoadedPlugin> plugins;
};

class Runtime {
public:
  struct Options {
    std::string name;
    std::string version;
    std::map<std::string, std::string> settings; // name, JSON
    std::string security_schemes;                // JSON object, or empty
    std::string storefront_security_schemes;     // the same; empty: as in the back office
    void *context = nullptr;
    decltype(parley_runtime_options::get_extension) get_extension = nullptr;
  };

  explicit Runtime(Options given);
  ~Runtime();
  Runtime(const Runtime &) = delete;
  Runtime &operator=(const Runtime &) = delete;

  // Functions that are missing in the host's tables.
  Faults check_host_tables() const;

  std::int32_t register_own(const std::function<std::int32_t(const HostView &, const parley_error_sink *)> &work,
                            const parley_error_sink *errors);
  std::int32_t load(std::string_view path, parley_runtime_plugin **plugin, const parley_error_sink *errors);
  std::int32_t start(parley_runtime_plugin &plugin, std::string_view configuration, const parley_error_sink *errors);
  std::int32_t stop(parley_runtime_plugin &plugin, const parley_error_sink *errors);
  std::int32_t unload(parley_runtime_plugin &plugin, const parley_error_sink *errors);

  // Does the calling thread make a call of one of the plugins just now?
  bool within_call() const;

  std::shared_ptr<const World> world() const;
  std::shared_ptr<const Registry> registry() const { return world()->registry; }

  // A host table for a plugin or for the runtime itself; NULL where neither host nor runtime has it.
  const void *extension(const HostView &host, std::string_view id) const;
  const HostView &own_view() const { return own_view_; }
  template <class Table>
  const Table *host_table(std::string_view id) const {
    return static_cast<const Table *>(extension(own_view_, id));
  }

  const Options options;
  std::mutex registration; // guards HostView::staging and what is staged

private:
  // Runs `work` with a staging open in `view`, and answers the batch where both it and the references hold.
  std::int32_t stage(HostView &view, const std::shared_ptr<Owner> &owner, const std::function<std::int32_t()> &work,
                     std::shared_ptr<const Batch> &batch, bool &work_done, const parley_error_sink *errors);
  void publish();

  HostView own_view_{};
  std::vector<std::shared_ptr<const Batch>> batches_;
  std::vector<std::unique_ptr<parley_runtime_plugin>> plugins_;
  std::shared_ptr<const World> world_;
};

} // namespace parley::host

struct parley_runtime {
  explicit parley_runtime(parley::host::Runtime::Options options) : runtime(std::move(options)) {}

  parley::host::Runtime runtime;
};

// One loaded plugin.
struct parley_runtime_plugin {
  parley::host::Runtime *runtime = nullptr;
  parley::host::HostView view{};
  parley::host::PluginInstance plugin;
  bool started = false;
  std::shared_ptr<parley::host::Owner> owner;
  std::shared_ptr<const parley::host::Batch> batch;
};

#endif
