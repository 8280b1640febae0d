#include "sample-host/src/server/http_limits.h"

#include <array>

namespace host {
namespace {

struct Named {
  const char *name;
  std::int64_t HttpLimits::*member;
};

constexpr std::array<Named, 10> names{{{"target-bytes", &HttpLimits::target_bytes},
                                       {"head-bytes", &HttpLimits::head_bytes},
                                       {"header-count", &HttpLimits::header_count},
                                       {"body-bytes", &HttpLimits::body_bytes},
                                       {"head-seconds", &HttpLimits::head_seconds},
                                       {"body-seconds", &HttpLimits::body_seconds},
                                       {"answer-seconds", &HttpLimits::answer_seconds},
                                       {"idle-seconds", &HttpLimits::idle_seconds},
                                       {"connections", &HttpLimits::connections},
                                       {"workers", &HttpLimits::workers}}};

} // namespace

bool set_limit(HttpLimits &limits, std::string_view name, std::int64_t value) {
  for (const Named &named : names) {
    if (name == named.name) {
      limits.*named.member = value;
      return true;
    }
  }
  return false;
}

std::string describe_limits() {
  const HttpLimits defaults;
  std::string lines;
  for (const Named &named : names) {
    lines +=
        "                         " + std::string(named.name) + "=" + std::to_string(defaults.*named.member) + "\n";
  }
  return lines;
}

} // namespace host
