#include "host-sdk/src/http/conditions.hpp"

#include "host-sdk/src/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace parley::host {
namespace {

constexpr std::uint64_t no_version = std::numeric_limits<std::uint64_t>::max(); // that any resource could have

struct Tag {
  bool weak = false;
  std::string_view text; // with its quotes
};

// The entity tags of a list; between their quotes there may be commas. What is no tag is left out.
std::vector<Tag> read_tags(std::string_view list) {
  std::vector<Tag> tags;
  while (!(list = trim(list)).empty()) {
    Tag tag;
    tag.weak = list.rfind("W/", 0) == 0;
    list.remove_prefix(tag.weak ? 2 : 0);
    const std::size_t close = list.empty() || list.front() != '"' ? std::string_view::npos : list.find('"', 1);
    if (close != std::string_view::npos) {
      tag.text = list.substr(0, close + 1);
      list.remove_prefix(close + 1);
    }
    const std::size_t comma = list.find(',');
    if (!tag.text.empty() && trim(list.substr(0, comma)).empty()) {
      tags.push_back(tag);
    }
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return tags;
}

// 0: it is none of ours.
std::uint64_t version_of(std::string_view tag) {
  std::uint64_t version = 0;
  const char *end = tag.data() + tag.size() - 1;
  const auto read = std::from_chars(tag.data() + 1, end, version);
  const bool ends = read.ptr == end || *read.ptr == '-'; // what follows tells answers apart, not versions
  return read.ec == std::errc() && ends && version != no_version ? version : 0;
}

std::vector<std::uint64_t> read_versions(std::string_view list, bool weak_too) {
  std::vector<std::uint64_t> versions;
  for (const Tag &tag : read_tags(list)) {
    if (const std::uint64_t version = version_of(tag.text); version != 0 && (weak_too || !tag.weak)) {
      versions.push_back(version);
    }
  }
  return versions;
}

bool contains(const std::vector<std::uint64_t> &versions, std::uint64_t version) {
  return std::find(versions.begin(), versions.end(), version) != versions.end();
}

// 0: nobody can say.
std::uint64_t present_version(Exchange &exchange, const Entity &entity, const std::string &id) {
  if (entity.get_many == nullptr) {
    return 0;
  }
  const std::vector<std::string> nothing;
  Answer answer;
  get_one(exchange, entity, id, &nothing, answer);
  return answer.documents.front().version;
}

bool names_what_is_there(Exchange &exchange, const Entity &entity, const std::string &id, const std::string &list) {
  if (list == "*") {
    return true;
  }
  const auto versions = read_versions(list, true);
  return !versions.empty() && contains(versions, present_version(exchange, entity, id));
}

} // namespace

std::uint64_t expected_version(Exchange &exchange, const Entity &entity, const std::string &id) {
  const Request &request = exchange.request;
  if (request.if_none_match && names_what_is_there(exchange, entity, id, *request.if_none_match)) {
    return no_version;
  }
  if (!names_version(request)) {
    return 0;
  }
  const auto versions = read_versions(*request.if_match, false);
  if (versions.size() < 2) {
    return versions.empty() ? no_version : versions.front();
  }
  const std::uint64_t present = present_version(exchange, entity, id);
  return contains(versions, present) ? present : versions.front();
}

void check_version(const Request &request, std::uint64_t version) {
  if (names_version(request) && !contains(read_versions(*request.if_match, false), version)) {
    refuse_header(PARLEY_STALE, "stale", "It has another version than If-Match names.", "If-Match");
  }
}

bool names_version(const Request &request) {
  return request.if_match && *request.if_match != "*";
}

void refuse_versions(const Request &request) {
  if (names_version(request)) {
    refuse_header(PARLEY_STALE, "stale", "There is no version here that If-Match could name.", "If-Match");
  }
}

bool not_modified(const Request &request, const std::string &etag) {
  if (!request.if_none_match || etag.empty()) {
    return false;
  }
  const auto tags = read_tags(*request.if_none_match);
  return *request.if_none_match == "*" ||
         std::any_of(tags.begin(), tags.end(), [&](const Tag &tag) { return tag.text == etag; });
}

bool is_conditional(const Request &request) {
  return names_version(request) || (request.if_none_match && request.method != "GET");
}

void blame_condition(const Request &request, Fault &fault) {
  const bool none = request.if_none_match && request.method != "GET";
  if (none && (*request.if_none_match == "*" || !names_version(request))) {
    fault.detail = "It is there, and If-None-Match names it.";
    name_header(fault, "If-None-Match");
    return;
  }
  if (read_versions(*request.if_match, false).empty()) {
    fault.detail = "If-Match names no version that there could be; it takes those that ETag gave.";
  }
  name_header(fault, "If-Match");
}

} // namespace parley::host
