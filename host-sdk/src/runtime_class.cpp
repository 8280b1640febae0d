#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/fallbacks.hpp"
#include "host-sdk/src/loading/required.hpp"
#include "host-sdk/src/registry/staging.hpp"
#include "host-sdk/src/registry/table.hpp"
#include "host-sdk/src/runtime.hpp"

#include <algorithm>
#include <parley/ext/registry.h>

#if !defined(_WIN32)
#include <pthread.h>
#endif

namespace parley::host {
namespace {

std::int32_t refuse(const parley_error_sink *errors, std::int32_t status, const char *code, std::string detail) {
  Fault fault;
  fault.status = status;
  fault.code = code;
  fault.detail = std::move(detail);
  report(errors, fault);
  return status;
}

// Guards the pointer to the world, of every runtime. Nobody else may hold it while a process forks: the child would wait for
// ever, and hosts fork with requests under way.
std::mutex world_mutex;

void survive_forks() {
#if !defined(_WIN32)
  static const int registered =
      pthread_atfork([] { world_mutex.lock(); }, [] { world_mutex.unlock(); }, [] { world_mutex.unlock(); });
  static_cast<void>(registered);
#endif
}

} // namespace

Runtime::Runtime(Options given) : options(std::move(given)) {
  survive_forks();
  fill(own_view_, *this);
  publish();
}

Runtime::~Runtime() {
  while (!plugins_.empty()) {
    auto &plugin = *plugins_.back();
    if (stop(plugin, nullptr) == PARLEY_OK) {
      unload(plugin, nullptr);
    } else {
      plugins_.pop_back(); // the instance leaks: in a forked child nobody can end it
    }
  }
}

bool Runtime::within_call() const {
  return std::any_of(plugins_.begin(), plugins_.end(),
                     [](const auto &plugin) { return plugin->owner != nullptr && plugin->owner->within(); });
}

Faults Runtime::check_host_tables() const {
  Faults faults;
  parley::host::check_host_tables([this](std::string_view id) { return extension(own_view_, id); }, faults);
  return faults;
}

const void *Runtime::extension(const HostView &host, std::string_view id) const {
  if (id == PARLEY_REGISTRY_ID) {
    return &registry_table();
  }
  const parley_str wanted = str(id);
  if (const void *table = options.get_extension(&host.table, &wanted)) {
    return table;
  }
  if (id == PARLEY_CLOCK_ID) {
    return &system_clock_table();
  }
  if (id == PARLEY_SETTINGS_ID) {
    return &fixed_settings_table();
  }
  return nullptr;
}

std::shared_ptr<const World> Runtime::world() const {
  const std::lock_guard<std::mutex> lock(world_mutex);
  return world_;
}

void Runtime::publish() {
  auto world = std::make_shared<World>();
  world->registry = std::make_shared<Registry>(batches_);
  for (const auto &plugin : plugins_) {
    LoadedPlugin loaded;
    loaded.facts = plugin->plugin.facts;
    loaded.started = plugin->started;
    loaded.owner = plugin->owner;
    loaded.instance = plugin->plugin.instance;
    loaded.assets = plugin->plugin.assets;
    loaded.host_events = plugin->plugin.host_events;
    loaded.jobs = plugin->plugin.jobs;
    world->plugins.push_back(std::move(loaded));
  }
  std::shared_ptr<const World> before = std::move(world); // which is freed without the lock
  const std::lock_guard<std::mutex> lock(world_mutex);
  world_.swap(before);
}

std::int32_t Runtime::stage(HostView &view, const std::shared_ptr<Owner> &owner,
                            const std::function<std::int32_t()> &work, std::shared_ptr<const Batch> &batch,
                            bool &work_done, const parley_error_sink *errors) {
  Staging staging(registry(), owner);
  {
    const std::lock_guard<std::mutex> lock(registration);
    if (view.staging != nullptr) {
      return refuse(errors, PARLEY_WRONG_STATE, "wrong-state", "Something is being registered already.");
    }
    view.staging = &staging;
  }
  struct Close {
    Runtime &runtime;
    HostView &view;
    ~Close() {
      const std::lock_guard<std::mutex> lock(runtime.registration);
      view.staging = nullptr;
    }
  };
  std::int32_t status = PARLEY_INTERNAL;
  {
    const Close close{*this, view};
    status = known_status(work());
  }
  if (status != PARLEY_OK) {
    return status;
  }
  work_done = true;
  const Faults faults = staging.check_references();
  if (!faults.empty()) {
    report(errors, faults);
    return gravest(faults);
  }
  batch = staging.finish();
  return PARLEY_OK;
}

std::int32_t Runtime::register_own(const std::function<std::int32_t(const HostView &, const parley_error_sink *)> &work,
                                   const parley_error_sink *errors) {
  std::shared_ptr<const Batch> batch;
  bool done = false;
  const auto owner = std::make_shared<Owner>(std::string());
  const std::int32_t status = stage(
      own_view_, owner, [&] { return work(own_view_, errors); }, batch, done, errors);
  if (status == PARLEY_OK) {
    batches_.push_back(std::move(batch));
    publish();
  }
  return status;
}

std::int32_t Runtime::load(std::string_view path, parley_runtime_plugin **plugin, const parley_error_sink *errors) {
  Faults faults;
  const parley_entry_point *entry = open_library(path, faults);
  if (entry == nullptr) {
    report(errors, faults);
    return gravest(faults);
  }
  auto loaded = std::make_unique<parley_runtime_plugin>();
  loaded->runtime = this;
  fill(loaded->view, *this);
  const std::int32_t status = create_instance(*entry, loaded->view.table, loaded->plugin, faults);
  if (status != PARLEY_OK) {
    report(errors, faults);
    return status;
  }
  const auto same_name = [&](const auto &other) { return other->plugin.facts.name == loaded->plugin.facts.name; };
  if (std::any_of(plugins_.begin(), plugins_.end(), same_name)) {
    loaded->plugin.instance->destroy(loaded->plugin.instance);
    return refuse(errors, PARLEY_CONFLICT, "name-taken",
                  "A plugin of the name " + loaded->plugin.facts.name + " is loaded already.");
  }
  *plugin = loaded.get();
  plugins_.push_back(std::move(loaded));
  publish();
  return PARLEY_OK;
}

std::int32_t Runtime::start(parley_runtime_plugin &plugin, std::string_view configuration,
                            const parley_error_sink *errors) {
  if (plugin.started) {
    return refuse(errors, PARLEY_WRONG_STATE, "wrong-state", "The plugin is started already.");
  }
  const parley_plugin *instance = plugin.plugin.instance;
  const parley_str text = str(configuration);
  if (plugin.plugin.configure != nullptr) {
    const std::string_view all = configuration.empty() ? std::string_view("{}") : configuration;
    const parley_str checked = str(all);
    const std::int32_t valid = known_status(plugin.plugin.configure->validate(instance, &checked, errors));
    if (valid != PARLEY_OK) {
      return valid == PARLEY_MALFORMED ? PARLEY_INVALID : valid;
    }
  }
  const auto owner = std::make_shared<Owner>(plugin.plugin.facts.name);
  std::shared_ptr<const Batch> batch;
  bool running = false;
  const auto work = [&] { return instance->start(instance, &text, errors); };
  const std::int32_t status = stage(plugin.view, owner, work, batch, running, errors);
  if (status != PARLEY_OK) {
    if (running) {
      instance->stop(instance, errors);
    }
    return status;
  }
  plugin.started = true;
  plugin.owner = owner;
  plugin.batch = batch;
  batches_.push_back(std::move(batch));
  publish();
  return PARLEY_OK;
}

std::int32_t Runtime::stop(parley_runtime_plugin &plugin, const parley_error_sink *errors) {
  if (!plugin.started) {
    return PARLEY_OK;
  }
  if (plugin.owner->forked()) {
    return refuse(errors, PARLEY_FORKED, "forked", "The plugin was started by the parent of this process.");
  }
  if (plugin.owner->within()) {
    return refuse(errors, PARLEY_WRONG_STATE, "within-call", "A plugin cannot be stopped from within a call.");
  }
  batches_.erase(std::remove(batches_.begin(), batches_.end(), plugin.batch), batches_.end());
  const auto owner = plugin.owner;
  plugin.started = false;
  plugin.owner.reset();
  plugin.batch.reset();
  publish();
  owner->close();
  return known_status(plugin.plugin.instance->stop(plugin.plugin.instance, errors));
}

std::int32_t Runtime::unload(parley_runtime_plugin &plugin, const parley_error_sink *errors) {
  if (plugin.started) {
    return refuse(errors, PARLEY_WRONG_STATE, "wrong-state", "The plugin is started: stop it first.");
  }
  const parley_plugin *instance = plugin.plugin.instance;
  const auto found =
      std::find_if(plugins_.begin(), plugins_.end(), [&](const auto &item) { return item.get() == &plugin; });
  std::unique_ptr<parley_runtime_plugin> kept;
  if (found != plugins_.end()) {
    kept = std::move(*found);
    plugins_.erase(found);
  }
  publish();
  instance->destroy(instance);
  return PARLEY_OK;
}

} // namespace parley::host
