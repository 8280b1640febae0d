#include "plugin/app/settings.hpp"

#include <charconv>

namespace parley::app {
namespace {

std::string_view trimmed(std::string_view json) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = json.find_first_not_of(space);
  return first == std::string_view::npos ? std::string_view()
                                         : json.substr(first, json.find_last_not_of(space) - first + 1);
}

} // namespace

bool value_of(const Call &call, const FlagSetting &setting, std::string_view json) {
  const std::string_view value = trimmed(json);
  if (value == "true" || value == "false") {
    return value == "true";
  }
  if (!value.empty()) {
    call.directory.bad_setting(setting.name, value);
  }
  return setting.fallback;
}

std::int64_t value_of(const Call &call, const IntegerSetting &setting, std::string_view json) {
  const std::string_view value = trimmed(json);
  if (value.empty()) {
    return setting.fallback;
  }
  std::int64_t number = 0;
  const char *end = value.data() + value.size();
  const auto [last, error] = std::from_chars(value.data(), end, number);
  if (error != std::errc() || last != end || number < setting.minimum || number > setting.maximum) {
    call.directory.bad_setting(setting.name, value);
    return setting.fallback;
  }
  return number;
}

} // namespace parley::app
