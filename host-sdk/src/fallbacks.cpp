#include "host-sdk/src/fallbacks.hpp"

#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/host_view.hpp"
#include "host-sdk/src/runtime.hpp"

#include <chrono>

namespace parley::host {
namespace {

std::int64_t PARLEY_ABI now_us(const parley_host *) noexcept {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::int32_t PARLEY_ABI values(const parley_host *host, const parley_call *, const parley_setting_request *requests,
                               std::size_t request_count, std::uint32_t request_size, const parley_str_sink *result,
                               const parley_error_sink *) noexcept {
  try {
    if (host == nullptr || result == nullptr || (requests == nullptr && request_count != 0)) {
      return PARLEY_INVALID;
    }
    const auto &settings = HostView::of(host).runtime->options.settings;
    for (std::size_t i = 0; i < request_count; ++i) {
      const auto *request = at(requests, request_size, i);
      const auto found = settings.find(std::string(text_of(request, &parley_setting_request::name)));
      const parley_str value = found == settings.end() ? str({}) : str(found->second);
      if (result->put(result, &value) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

} // namespace

const parley_clock &system_clock_table() {
  static const parley_clock table = [] {
    auto made = sized<parley_clock>();
    made.now_us = &now_us;
    return made;
  }();
  return table;
}

const parley_settings &fixed_settings_table() {
  static const parley_settings table = [] {
    auto made = sized<parley_settings>();
    made.values = &values;
    return made;
  }();
  return table;
}

} // namespace parley::host
