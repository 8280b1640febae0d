#include "sample-host/src/contract/log.h"

#include <cstdio>
#include <string>

#include <nlohmann/json.hpp>

#include "sample-host/src/contract/services.h"
#include "sample-host/src/contract/strings.h"
#include "sample-host/src/times.h"

namespace host {
namespace {

constexpr std::uint32_t least_level = PARLEY_LOG_INFO;

const char *level_name(std::uint32_t level) {
  switch (level) {
  case PARLEY_LOG_DEBUG:
    return "debug";
  case PARLEY_LOG_INFO:
    return "info";
  case PARLEY_LOG_WARNING:
    return "warning";
  default:
    return "error";
  }
}

void PARLEY_ABI write_record(const parley_host *host, const parley_call *call,
                             const parley_log_record *record) noexcept {
  try {
    const auto &services = *static_cast<const Services *>(host->data);
    services.log.write(record->level, view(record->event), view(record->message),
                       call != nullptr ? view(call->request_id) : std::string_view(),
                       PARLEY_HAS(record, parley_log_record, fields) ? view(record->fields) : std::string_view());
  } catch (...) { // a log record that cannot be written is lost
  }
}

std::uint32_t PARLEY_ABI level(const parley_host *) noexcept {
  return least_level;
}

} // namespace

void Log::write(std::uint32_t level, std::string_view event, std::string_view message, std::string_view request_id,
                std::string_view fields) {
  if (level < least_level) {
    return;
  }
  nlohmann::ordered_json line = {
      {"time", format_time(now_us())}, {"level", level_name(level)}, {"event", event}, {"message", message}};
  if (!request_id.empty()) {
    line["request"] = request_id;
  }
  if (!fields.empty()) {
    auto parsed = nlohmann::ordered_json::parse(fields, nullptr, false);
    if (parsed.is_object()) {
      line["fields"] = std::move(parsed);
    }
  }
  const std::string text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  const std::lock_guard lock(mutex_);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

const parley_log *Log::table() {
  static const parley_log table = {sizeof(parley_log), 0, write_record, &level};
  return &table;
}

} // namespace host
