#include "sample-host/src/contract/host_tables.h"

#include <string>
#include <string_view>
#include <vector>

#include <parley/ext/clock.h>
#include <parley/ext/settings.h>

#include "sample-host/src/catalogue/settings.h"
#include "sample-host/src/contract/faults.h"
#include "sample-host/src/contract/log.h"
#include "sample-host/src/contract/services.h"
#include "sample-host/src/contract/strings.h"
#include "sample-host/src/times.h"

namespace host {
namespace {

std::int64_t PARLEY_ABI clock_now(const parley_host *) noexcept {
  return now_us();
}

const parley_clock clock_table = {sizeof(parley_clock), 0, clock_now};

std::int32_t PARLEY_ABI settings_values(const parley_host *host, const parley_call *call,
                                        const parley_setting_request *requests, size_t request_count,
                                        std::uint32_t request_size, const parley_str_sink *result,
                                        const parley_error_sink *errors) noexcept {
  const auto &services = *static_cast<const Services *>(host->data);
  return guarded(services, call, errors, [&] {
    std::vector<SettingQuestion> questions;
    for (size_t i = 0; i < request_count; ++i) {
      const auto *request = PARLEY_AT(parley_setting_request, requests, request_size, i);
      questions.push_back({copy(request->name), copy(request->organization), copy(request->website)});
    }
    for (const std::string &value : Settings(services.database).effective(questions)) {
      const parley_str borrowed = borrow(value);
      if (result->put(result, &borrowed) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  });
}

const parley_settings settings_table = {sizeof(parley_settings), 0, settings_values};

} // namespace

const void *PARLEY_ABI host_table(const parley_host *, const parley_str *id) noexcept {
  const std::string_view name = view(*id);
  if (name == PARLEY_ACCESS_ID) {
    return access_table();
  }
  if (name == PARLEY_RECORDS_ID) {
    return records_table();
  }
  if (name == PARLEY_CLOCK_ID) {
    return &clock_table;
  }
  if (name == PARLEY_LOG_ID) {
    return Log::table();
  }
  if (name == PARLEY_SETTINGS_ID) {
    return &settings_table;
  }
  return nullptr;
}

} // namespace host
