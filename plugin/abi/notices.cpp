#include "plugin/abi/notices.hpp"

#include <parley/ext/log.h>

#include <string>

#include "plugin/jsonapi/json_writer.hpp"
#include "plugin/jsonapi/utf8.hpp"

namespace parley::abi {
namespace {

const parley_call *&current() noexcept {
  static thread_local const parley_call *call = nullptr;
  return call;
}

std::uint32_t level_of(app::Notice::Level level) {
  switch (level) {
  case app::Notice::Level::info:
    return PARLEY_LOG_INFO;
  case app::Notice::Level::warning:
    return PARLEY_LOG_WARNING;
  case app::Notice::Level::error:
    break;
  }
  return PARLEY_LOG_ERROR;
}

} // namespace

NoticesOf::NoticesOf(const parley_call *call) noexcept : outer_(current()) {
  current() = call;
}

NoticesOf::~NoticesOf() {
  current() = outer_;
}

void log_notice(const cpp::HostProxy &host, const app::Notice &notice) {
  std::string fields;
  jsonapi::JsonWriter json(fields);
  json.begin_object();
  for (const auto &[name, value] : notice.facts) {
    json.key(name);
    json.string(jsonapi::clean_utf8(value));
  }
  json.end_object();
  host.log(current(), level_of(notice.level), notice.event, jsonapi::clean_utf8(notice.message), fields);
}

} // namespace parley::abi
