#include "host-sdk/src/http/conditions.hpp"

#include "host-sdk/src/http/compose.hpp"
#include "host-sdk/src/text.hpp"

#include <charconv>

namespace parley::host {

std::uint64_t expected_version(const Request &request) {
  if (!request.if_match || *request.if_match == "*") {
    return 0;
  }
  const std::string_view tag = *request.if_match;
  std::uint64_t version = 0;
  if (tag.size() > 2 && tag.front() == '"' && tag.back() == '"') {
    const char *begin = tag.data() + 1;
    const char *end = tag.data() + tag.size() - 1;
    const auto read = std::from_chars(begin, end, version);
    const bool ends = read.ptr == end || *read.ptr == '-'; // what follows tells answers apart, not versions
    if (read.ec == std::errc() && ends && version != 0) {
      return version;
    }
  }
  refuse_header(PARLEY_STALE, "stale", "If-Match names no version that there could be; it takes one, as ETag gave it.",
                "If-Match");
}

void refuse_versions(const Request &request) {
  if (request.if_match && *request.if_match != "*") {
    refuse_header(PARLEY_STALE, "stale", "There is no version here that If-Match could name.", "If-Match");
  }
}

bool not_modified(const Request &request, const std::string &etag) {
  if (!request.if_none_match || etag.empty()) {
    return false;
  }
  for (const auto part : split(*request.if_none_match, ',')) {
    auto tag = trim(part);
    if (tag.rfind("W/", 0) == 0) {
      tag = tag.substr(2);
    }
    if (tag == "*" || tag == etag) {
      return true;
    }
  }
  return false;
}

} // namespace parley::host
