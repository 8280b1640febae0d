#include "plugin/abi/instance.hpp"

#include <cstring>
#include <string>
#include <utility>

#include "plugin/abi/failures.hpp"
#include "plugin/abi/notices.hpp"
#include "plugin/abi/registration.hpp"

namespace parley::abi {
namespace {

std::int32_t PARLEY_ABI start(const parley_plugin *self, const parley_str *configuration,
                              const parley_error_sink *errors) noexcept {
  Instance &instance = Instance::of(self);
  return instance.guard().contain(nullptr, errors, [&] { return instance.start(configuration, errors); });
}

std::int32_t PARLEY_ABI stop(const parley_plugin *self, const parley_error_sink *errors) noexcept {
  return Instance::of(self).stop(errors);
}

void PARLEY_ABI destroy(const parley_plugin *self) noexcept {
  Instance *instance = &Instance::of(self);
  // A child must not touch what the parent's threads may have left half done; what still works is not freed either.
  if (!instance->guard().forked() && !instance->guard().is_open()) {
    delete instance;
  }
}

const void *PARLEY_ABI get_extension(const parley_plugin *self, const parley_str *id) noexcept {
  return id == nullptr ? nullptr : Instance::of(self).extension(cpp::view(*id));
}

} // namespace

Instance::Instance(const parley_host *host, Parts parts)
    : parts_(std::move(parts)), host_(host), needs_{cpp::str(PARLEY_REGISTRY_ID), cpp::str(PARLEY_ACCESS_ID),
                                                    cpp::str(PARLEY_RECORDS_ID), cpp::str(PARLEY_CLOCK_ID)} {
  guard_.on_defect(&Instance::log_defect, this);
  assets_.reserve(parts_.assets.size());
  for (const Asset &each : parts_.assets) {
    parley_asset asset{};
    asset.size = static_cast<std::uint32_t>(sizeof asset);
    asset.kind = each.kind;
    asset.path = cpp::str(each.path);
    asset.content_type = cpp::str(each.content_type);
    asset.etag = cpp::str(each.etag);
    asset.bytes = cpp::str(each.bytes);
    assets_.push_back(asset);
  }
  info_.size = static_cast<std::uint32_t>(sizeof info_);
  info_.name = cpp::str("parley-conversations");
  info_.title = cpp::str("Parley Conversations");
  info_.version = cpp::str(parts_.version);
  info_.vendor = cpp::str("Parley");
  info_.build = cpp::str(parts_.build);
  info_.needs = needs_.data();
  info_.need_count = needs_.size();
  plugin_.size = static_cast<std::uint32_t>(sizeof plugin_);
  plugin_.data = this;
  plugin_.start = &abi::start;
  plugin_.stop = &abi::stop;
  plugin_.destroy = &abi::destroy;
  plugin_.get_extension = &abi::get_extension;
}

const void *Instance::extension(std::string_view id) const noexcept {
  if (id == PARLEY_INFO_ID) {
    return &info_;
  }
  if (id == PARLEY_CONFIGURE_ID) {
    return &configure_table;
  }
  if (id == PARLEY_MIGRATIONS_ID) {
    return &migrations_table;
  }
  if (id == PARLEY_ASSETS_ID) {
    return &assets_table;
  }
  if (id == PARLEY_FEED_ID) {
    return &feed_table;
  }
  if (id == PARLEY_HOST_EVENTS_ID) {
    return &host_events_table;
  }
  if (id == PARLEY_JOBS_ID) {
    return &jobs_table;
  }
  return nullptr;
}

std::int32_t Instance::start(const parley_str *configuration, const parley_error_sink *errors) {
  if (guard_.forked()) {
    return cpp::report(errors, PARLEY_FORKED, "forked", "The plugin was started by the parent of this process.");
  }
  if (guard_.is_open()) {
    return cpp::report(errors, PARLEY_WRONG_STATE, "started", "The plugin is started already.");
  }
  const auto read = read_configuration(configuration);
  if (!read) {
    // start knows no malformed: a configuration that cannot be read is a wrong one.
    report_failure(errors, read.failure());
    return PARLEY_INVALID;
  }
  if (const std::int32_t status = prepare_schema(read.value(), errors); status != PARLEY_OK) {
    return status;
  }
  auto stores = parts_.backend->open(read.value(), [this](const app::Notice &notice) { log_notice(host_, notice); });
  if (!stores) {
    return report_failure(errors, stores.failure());
  }
  auto service = std::make_unique<Service>();
  service->stores = std::move(stores).value();
  service->types = ask_types(host_);
  if (const std::int32_t status = register_everything(*this, service->types, errors); status != PARLEY_OK) {
    return status;
  }
  service_ = std::move(service);
  guard_.open();
  return PARLEY_OK;
}

domain::Result<jsonapi::Configuration> Instance::read_configuration(const parley_str *text) const {
  auto read = jsonapi::read_configuration(text == nullptr ? std::string_view() : cpp::view(*text));
  if (read) {
    if (auto usable = parts_.backend->check(read.value()); !usable) {
      return std::move(usable).failure();
    }
  }
  return read;
}

std::int32_t Instance::prepare_schema(const jsonapi::Configuration &configuration, const parley_error_sink *errors) {
  auto schema = parts_.backend->schema(configuration);
  if (!schema) {
    return report_failure(errors, schema.failure());
  }
  if (schema->state == SchemaState::current) {
    return PARLEY_OK;
  }
  const std::string meta =
      "{\"current\":" + std::to_string(schema->current) + ",\"target\":" + std::to_string(schema->target) + "}";
  if (schema->state == SchemaState::ahead) {
    return cpp::report(errors, PARLEY_SCHEMA, "schema-ahead",
                       "The database was migrated by a newer version of the plugin; use that one.",
                       cpp::Where{"/database", {}, meta});
  }
  if (configuration.migrations == jsonapi::Configuration::Migrations::automatic) {
    auto done = parts_.backend->apply(configuration);
    return done ? PARLEY_OK : report_failure(errors, done.failure());
  }
  const bool empty = schema->state == SchemaState::empty;
  const std::string detail = std::string(empty ? "The database has no tables of the plugin yet."
                                               : "The tables in the database are older than the plugin.") +
                             " Run: " + parts_.backend->migrate_command(configuration);
  return cpp::report(errors, PARLEY_SCHEMA, empty ? "schema-empty" : "schema-behind", detail,
                     cpp::Where{"/database", {}, meta});
}

std::int32_t Instance::stop(const parley_error_sink *errors) noexcept {
  const std::int32_t status = guard_.close(errors, [this] {
    if (service_ != nullptr) {
      service_->stores.events->wake();
    }
  });
  if (status != PARLEY_OK) {
    return status;
  }
  return guard_.contain(nullptr, errors, [this] {
    service_.reset();
    return PARLEY_OK;
  });
}

void Instance::log_defect(void *self, const cpp::Guard::Defect &defect) {
  std::string message = "An operation failed with an exception of type ";
  message += *defect.type == '\0' ? "unknown" : defect.type;
  // Texts of other libraries' exceptions may hold what people wrote, or passwords. "St" begins the mangled names of std.
  if (std::strncmp(defect.type, "St", 2) == 0) {
    message += ": ";
    message += defect.what;
  }
  static_cast<Instance *>(self)->host_.log(defect.call, PARLEY_LOG_ERROR, "defect", message);
}

} // namespace parley::abi
