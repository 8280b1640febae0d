/// The host's tables as a C++ plugin sees them: asked for once, checked for missing functions, with typed questions.
#pragma once

#include <parley/call.h>
#include <parley/cpp/collect.hpp>
#include <parley/cpp/errors.hpp>
#include <parley/cpp/strings.hpp>
#include <parley/ext/access.h>
#include <parley/ext/clock.h>
#include <parley/ext/draft/events.h>
#include <parley/ext/log.h>
#include <parley/ext/records.h>
#include <parley/ext/registry.h>
#include <parley/ext/settings.h>
#include <parley/host.h>
#include <parley/status.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::cpp {

/// Borrows the host, which outlives the plugin's instance. Safe to use from any thread after construction, as the
/// tables are. Questions hand over everything in one go and answer the host's status; results are filled on PARLEY_OK.
class HostProxy {
public:
  explicit HostProxy(const parley_host *host)
      : host_(host), registry_(ask<parley_registry>(PARLEY_REGISTRY_ID)), access_(ask<parley_access>(PARLEY_ACCESS_ID)),
        records_(ask<parley_records>(PARLEY_RECORDS_ID)), clock_(ask<parley_clock>(PARLEY_CLOCK_ID)),
        log_(ask<parley_log>(PARLEY_LOG_ID)), settings_(ask<parley_settings>(PARLEY_SETTINGS_ID)),
        events_(ask<parley_events>(PARLEY_EVENTS_ID)) {
    // A table that is not needed is only used whole.
    if (log_ != nullptr &&
        !(PARLEY_HAS_FUNCTION(log_, parley_log, write) && PARLEY_HAS_FUNCTION(log_, parley_log, level))) {
      log_ = nullptr;
    }
    if (settings_ != nullptr && !PARLEY_HAS_FUNCTION(settings_, parley_settings, values)) {
      settings_ = nullptr;
    }
    if (events_ != nullptr && !PARLEY_HAS_FUNCTION(events_, parley_events, hint)) {
      events_ = nullptr;
    }
  }

  /// Names what is missing of the four tables that a plugin may require: "parley.access/1" for a table,
  /// "parley.access/1: visible" for a function in it. Empty: all is there.
  [[nodiscard]] std::vector<std::string> missing() const {
    std::vector<std::string> names;
    const auto need = [&names](bool there, const char *table, const char *function) {
      if (!there) {
        names.push_back(function == nullptr ? std::string(table) : std::string(table) + ": " + function);
      }
    };
    need(registry_ != nullptr, PARLEY_REGISTRY_ID, nullptr);
    if (registry_ != nullptr) {
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_entity), PARLEY_REGISTRY_ID, "add_entity");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_panel), PARLEY_REGISTRY_ID, "add_panel");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_workflow), PARLEY_REGISTRY_ID, "add_workflow");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_page), PARLEY_REGISTRY_ID, "add_page");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_menu_item), PARLEY_REGISTRY_ID, "add_menu_item");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_record_action), PARLEY_REGISTRY_ID, "add_record_action");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_indicator), PARLEY_REGISTRY_ID, "add_indicator");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_permission), PARLEY_REGISTRY_ID, "add_permission");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, add_setting), PARLEY_REGISTRY_ID, "add_setting");
      need(PARLEY_HAS_FUNCTION(registry_, parley_registry, types), PARLEY_REGISTRY_ID, "types");
    }
    need(access_ != nullptr, PARLEY_ACCESS_ID, nullptr);
    if (access_ != nullptr) {
      need(PARLEY_HAS_FUNCTION(access_, parley_access, scopes), PARLEY_ACCESS_ID, "scopes");
      need(PARLEY_HAS_FUNCTION(access_, parley_access, visible), PARLEY_ACCESS_ID, "visible");
    }
    need(records_ != nullptr, PARLEY_RECORDS_ID, nullptr);
    if (records_ != nullptr) {
      need(PARLEY_HAS_FUNCTION(records_, parley_records, resolve), PARLEY_RECORDS_ID, "resolve");
    }
    need(clock_ != nullptr, PARLEY_CLOCK_ID, nullptr);
    if (clock_ != nullptr) {
      need(PARLEY_HAS_FUNCTION(clock_, parley_clock, now_us), PARLEY_CLOCK_ID, "now_us");
    }
    return names;
  }

  [[nodiscard]] const parley_host *host() const noexcept { return host_; }
  /// Its functions take host().
  [[nodiscard]] const parley_registry &registry() const noexcept { return *registry_; }
  /// False: settings have their defaults.
  [[nodiscard]] bool has_settings() const noexcept { return settings_ != nullptr; }

  /// Microseconds since 1970-01-01 UTC.
  [[nodiscard]] std::int64_t now_us() const noexcept { return clock_->now_us(host_); }

  /// Writes one log record where the host keeps that level. call: may be NULL. fields: JSON object, or empty.
  void log(const parley_call *call, std::uint32_t level, std::string_view event, std::string_view message,
           std::string_view fields = {}) const noexcept {
    if (log_ == nullptr || level < log_->level(host_)) {
      return;
    }
    parley_log_record record{};
    record.size = static_cast<std::uint32_t>(sizeof record);
    record.level = level;
    record.event = str(event);
    record.message = str(message);
    record.fields = str(fields);
    log_->write(host_, call, &record);
  }

  /// Tells that there is something new to read from the feed.
  void hint() const noexcept {
    if (events_ != nullptr) {
      events_->hint(host_);
    }
  }

  /// Types of the registered entities that have all bits of `traits`.
  std::int32_t types(std::uint32_t traits, std::vector<std::string> &result) const {
    StringList list;
    const std::int32_t status = registry_->types(host_, traits, list.sink());
    if (status == PARLEY_OK) {
      result = list.texts();
    }
    return status;
  }

  /// A permission on an entity or workflow.
  struct Permission {
    std::string_view subject;
    std::string_view name;
    const parley_call *listener = nullptr; ///< whose, where heeds_listeners(); NULL: the call's actor
  };

  /// May one question ask for the rights of many listeners?
  [[nodiscard]] bool heeds_listeners() const noexcept { return (access_->flags & PARLEY_ACCESS_LISTENERS) != 0; }

  /// One answer for each permission, in their order.
  std::int32_t scopes(const parley_call *call, const std::vector<Permission> &permissions,
                      std::vector<ScopeAnswer> &result, const parley_error_sink *errors) const {
    std::vector<parley_scope_request> requests;
    requests.reserve(permissions.size());
    for (const Permission &permission : permissions) {
      parley_scope_request request{};
      request.size = static_cast<std::uint32_t>(sizeof request);
      request.subject = str(permission.subject);
      request.permission = str(permission.name);
      request.listener = permission.listener;
      requests.push_back(request);
    }
    ScopeList list(permissions.size());
    const std::int32_t status =
        access_->scopes(host_, call, requests.data(), requests.size(),
                        static_cast<std::uint32_t>(sizeof(parley_scope_request)), list.sink(), errors);
    if (status != PARLEY_OK) {
      return status;
    }
    if (!list.complete()) {
      return report(errors, PARLEY_INCOMPATIBLE, "wrong-count", "parley.access/1: scopes answered another number.");
    }
    result = std::move(list.answers());
    return PARLEY_OK;
  }

  /// One answer for each reference, in their order: may the call's actor see it?
  std::int32_t visible(const parley_call *call, const std::vector<parley_ref> &refs, std::vector<std::uint8_t> &result,
                       const parley_error_sink *errors) const {
    std::vector<std::uint8_t> answers(refs.size(), 0);
    const std::int32_t status = access_->visible(host_, call, refs.data(), refs.size(), answers.data(), errors);
    if (status == PARLEY_OK) {
      result = std::move(answers);
    }
    return status;
  }

  /// Facts of each reference, in their order. A host that answers another number is answered PARLEY_INCOMPATIBLE.
  std::int32_t resolve(const parley_call *call, const std::vector<parley_ref> &refs, std::vector<RecordFacts> &result,
                       const parley_error_sink *errors) const {
    RecordList list;
    const std::int32_t status = records_->resolve(host_, call, refs.data(), refs.size(), list.sink(), errors);
    if (status != PARLEY_OK) {
      return status;
    }
    if (list.records().size() != refs.size()) {
      return report(errors, PARLEY_INCOMPATIBLE, "wrong-count", "parley.records/1: resolve answered another number.");
    }
    result = std::move(list.records());
    return PARLEY_OK;
  }

  /// A setting in a scope; empty ids: the system's value.
  struct Setting {
    std::string_view name;
    std::string_view organization;
    std::string_view website;
  };

  /// Values as JSON, one for each question; "" where the default holds. Without the table all are "".
  /// call: NULL outside of a request.
  std::int32_t settings(const parley_call *call, const std::vector<Setting> &questions,
                        std::vector<std::string> &result, const parley_error_sink *errors) const {
    if (settings_ == nullptr) {
      result.assign(questions.size(), std::string());
      return PARLEY_OK;
    }
    std::vector<parley_setting_request> requests;
    requests.reserve(questions.size());
    for (const Setting &question : questions) {
      parley_setting_request request{};
      request.size = static_cast<std::uint32_t>(sizeof request);
      request.name = str(question.name);
      request.organization = str(question.organization);
      request.website = str(question.website);
      requests.push_back(request);
    }
    StringList list;
    const std::int32_t status =
        settings_->values(host_, call, requests.data(), requests.size(),
                          static_cast<std::uint32_t>(sizeof(parley_setting_request)), list.sink(), errors);
    if (status != PARLEY_OK) {
      return status;
    }
    if (list.texts().size() != questions.size()) {
      return report(errors, PARLEY_INCOMPATIBLE, "wrong-count", "parley.settings: values answered another number.");
    }
    result = list.texts();
    return PARLEY_OK;
  }

private:
  template <class Table>
  const Table *ask(std::string_view id) const {
    const parley_str name = str(id);
    return static_cast<const Table *>(host_->get_extension(host_, &name));
  }

  const parley_host *host_;
  const parley_registry *registry_;
  const parley_access *access_;
  const parley_records *records_;
  const parley_clock *clock_;
  const parley_log *log_;
  const parley_settings *settings_;
  const parley_events *events_;
};

} // namespace parley::cpp
