#pragma once

#include <parley/cpp/guard.hpp>
#include <parley/cpp/host_proxy.hpp>
#include <parley/ext/assets.h>
#include <parley/ext/configure.h>
#include <parley/ext/feed.h>
#include <parley/ext/host_events.h>
#include <parley/ext/info.h>
#include <parley/ext/jobs.h>
#include <parley/ext/migrations.h>
#include <parley/plugin.h>

#include <array>
#include <memory>
#include <vector>

#include "plugin/abi/backend.hpp"
#include "plugin/abi/host_directory.hpp"
#include "plugin/abi/types.hpp"

namespace parley::abi {

/// What there is between start and stop.
struct Service {
  Stores stores;
  Types types;
  OnceTold told;
};

/// One instance of the plugin: its tables, its host, its guard.
class Instance {
public:
  Instance(const parley_host *host, Parts parts);
  Instance(const Instance &) = delete;
  Instance &operator=(const Instance &) = delete;
  Instance(Instance &&) = delete;
  Instance &operator=(Instance &&) = delete;
  ~Instance() = default;

  static Instance &of(const parley_plugin *plugin) noexcept { return *static_cast<Instance *>(plugin->data); }

  [[nodiscard]] const parley_plugin *plugin() const noexcept { return &plugin_; }
  [[nodiscard]] const cpp::HostProxy &host() const noexcept { return host_; }
  [[nodiscard]] cpp::Guard &guard() noexcept { return guard_; }
  [[nodiscard]] Backend &backend() const noexcept { return *parts_.backend; }
  [[nodiscard]] const std::vector<parley_asset> &assets() const noexcept { return assets_; }
  /// Only within a call that the guard let in.
  [[nodiscard]] Service &service() const noexcept { return *service_; }

  /// Reads and checks; opens nothing.
  [[nodiscard]] domain::Result<jsonapi::Configuration> read_configuration(const parley_str *text) const;
  std::int32_t start(const parley_str *configuration, const parley_error_sink *errors);
  std::int32_t stop(const parley_error_sink *errors) noexcept;
  [[nodiscard]] const void *extension(std::string_view id) const noexcept;

private:
  std::int32_t prepare_schema(const jsonapi::Configuration &configuration, const parley_error_sink *errors);
  static void log_defect(void *self, const cpp::Guard::Defect &defect);

  Parts parts_;
  cpp::HostProxy host_;
  cpp::Guard guard_;
  std::vector<parley_asset> assets_;
  std::array<parley_str, 4> needs_{};
  parley_info info_{};
  parley_plugin plugin_{};
  std::unique_ptr<Service> service_;
};

// The tables, each in a file of its own.
extern const parley_configure configure_table;
extern const parley_migrations migrations_table;
extern const parley_assets assets_table;
extern const parley_feed feed_table;
extern const parley_host_events host_events_table;
extern const parley_jobs jobs_table;

} // namespace parley::abi
