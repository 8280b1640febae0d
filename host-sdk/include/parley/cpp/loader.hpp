/// A plugin that a host in C++ loads by itself, without libparley-host: for tools and for hosts with a registry of their
/// own. Needs Boost.DLL with BOOST_DLL_USE_STD_FS (CMake target parley_sdk_cpp).
#pragma once

#include <parley/cpp/errors.hpp>
#include <parley/cpp/strings.hpp>
#include <parley/entry.h>
#include <parley/version.h>

#include <boost/dll/shared_library.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::cpp {

/// Why a plugin could not be loaded. `faults` is what the plugin itself reported, if it came that far.
class LoadError : public std::runtime_error {
public:
  LoadError(std::int32_t status, const std::string &message, std::vector<Fault> faults = {})
      : std::runtime_error(message), status_(status), faults_(std::move(faults)) {}

  [[nodiscard]] std::int32_t status() const noexcept { return status_; }
  [[nodiscard]] const std::vector<Fault> &faults() const noexcept { return faults_; }

private:
  std::int32_t status_;
  std::vector<Fault> faults_;
};

/// One instance of a plugin. Stops and destroys it at the end; the library stays mapped, since code of it may still be
/// on some thread's stack. create, start, stop and the destructor belong to one thread at a time.
class LoadedPlugin {
public:
  /// Opens the library, checks the versions before any code of the plugin runs, and makes an instance.
  /// host: stays at its address and valid until the destructor has returned. Throws LoadError.
  LoadedPlugin(const std::filesystem::path &file, const parley_host &host) {
    const parley_entry_point &entry = open(file);
    ErrorList errors;
    const std::int32_t status = entry.create(&host, &instance_, errors.sink());
    if (status != PARLEY_OK) {
      instance_ = nullptr;
      throw LoadError(status, file.string() + " could not be created", errors.faults());
    }
    if (instance_ == nullptr) {
      throw LoadError(PARLEY_INCOMPATIBLE, file.string() + ": create gave no instance");
    }
    if (!complete(*instance_)) {
      throw LoadError(PARLEY_INCOMPATIBLE, file.string() + ": a required function of parley_plugin is missing");
    }
  }

  LoadedPlugin(const LoadedPlugin &) = delete;
  LoadedPlugin &operator=(const LoadedPlugin &) = delete;
  LoadedPlugin(LoadedPlugin &&other) noexcept
      : instance_(std::exchange(other.instance_, nullptr)), started_(std::exchange(other.started_, false)) {}
  LoadedPlugin &operator=(LoadedPlugin &&other) noexcept {
    if (this != &other) {
      end();
      instance_ = std::exchange(other.instance_, nullptr);
      started_ = std::exchange(other.started_, false);
    }
    return *this;
  }
  ~LoadedPlugin() { end(); }

  /// As parley_plugin::start. configuration: JSON object, or empty.
  std::int32_t start(std::string_view configuration, const parley_error_sink *errors = nullptr) {
    const parley_str text = str(configuration);
    const std::int32_t status = instance_->start(instance_, &text, errors);
    started_ = started_ || status == PARLEY_OK;
    return status;
  }

  /// As parley_plugin::stop.
  std::int32_t stop(const parley_error_sink *errors = nullptr) {
    const std::int32_t status = instance_->stop(instance_, errors);
    started_ = started_ && status != PARLEY_OK;
    return status;
  }

  /// A table of the plugin, or NULL: extension<parley_assets>(PARLEY_ASSETS_ID). Valid as long as the instance. The
  /// caller tests each function with PARLEY_HAS_FUNCTION.
  template <class Table>
  [[nodiscard]] const Table *extension(std::string_view id) const {
    const parley_str name = str(id);
    return static_cast<const Table *>(instance_->get_extension(instance_, &name));
  }

  [[nodiscard]] const parley_plugin &get() const noexcept { return *instance_; }
  [[nodiscard]] bool started() const noexcept { return started_; }

private:
  template <class Member>
  static bool fits(std::uint32_t size, std::size_t offset) noexcept {
    return size >= offset + sizeof(Member);
  }

  static const parley_entry_point &open(const std::filesystem::path &file) {
    if (!std::filesystem::exists(file)) {
      throw LoadError(PARLEY_NOT_FOUND, "there is no file " + file.string());
    }
    const boost::dll::shared_library *library = nullptr;
    try {
      // Never deleted, so never unmapped.
      library =
          new boost::dll::shared_library(file, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
    } catch (const std::bad_alloc &) {
      throw;
    } catch (const std::exception &error) {
      throw LoadError(PARLEY_INCOMPATIBLE, file.string() + " is no shared library: " + error.what());
    }
    keep(library);
    if (!library->has(PARLEY_ENTRY_SYMBOL)) {
      throw LoadError(PARLEY_INCOMPATIBLE, file.string() + " does not export " PARLEY_ENTRY_SYMBOL);
    }
    const auto &entry = library->get<const parley_entry_point>(PARLEY_ENTRY_SYMBOL);
    if (!fits<std::uint32_t>(entry.size, offsetof(parley_entry_point, needs_minor))) {
      throw LoadError(PARLEY_INCOMPATIBLE, file.string() + ": parley_entry is too small");
    }
    if (parley_versions_fit(PARLEY_ABI_MAJOR, PARLEY_ABI_MINOR, entry.abi_major, entry.needs_minor) == 0) {
      throw LoadError(PARLEY_INCOMPATIBLE, file.string() + " needs version " + std::to_string(entry.abi_major) + "." +
                                               std::to_string(entry.needs_minor) + " of the contract, not " +
                                               std::to_string(PARLEY_ABI_MAJOR) + "." +
                                               std::to_string(PARLEY_ABI_MINOR));
    }
    if (!fits<void *>(entry.size, offsetof(parley_entry_point, create)) || entry.create == nullptr) {
      throw LoadError(PARLEY_INCOMPATIBLE, file.string() + ": parley_entry has no function create");
    }
    return entry;
  }

  // Reachable for good, so that no leak checker complains.
  static void keep(const boost::dll::shared_library *library) {
    static auto &libraries = *new std::vector<const boost::dll::shared_library *>;
    libraries.push_back(library);
  }

  static bool complete(const parley_plugin &plugin) noexcept {
    return fits<void *>(plugin.size, offsetof(parley_plugin, get_extension)) && plugin.start != nullptr &&
           plugin.stop != nullptr && plugin.destroy != nullptr && plugin.get_extension != nullptr;
  }

  void end() noexcept {
    if (instance_ == nullptr) {
      return;
    }
    if (started_) {
      instance_->stop(instance_, nullptr);
    }
    instance_->destroy(instance_);
    instance_ = nullptr;
    started_ = false;
  }

  const parley_plugin *instance_ = nullptr;
  bool started_ = false;
};

} // namespace parley::cpp
