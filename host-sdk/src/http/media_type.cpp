#include "host-sdk/src/http/message.hpp"
#include "host-sdk/src/text.hpp"

#include <algorithm>

namespace parley::host {
namespace {

constexpr std::string_view jsonapi = "application/vnd.api+json";

struct MediaType {
  std::string name;
  bool other_parameters = false; // besides ext, profile and q
  bool extension = false;        // ext: there is none that we know
  bool refused = false;          // q=0
  std::string_view profiles;     // as they stand there

  bool names_profile(std::string_view uri) const {
    const auto parts = split(profiles, ' ');
    return std::find(parts.begin(), parts.end(), uri) != parts.end();
  }
};

// Splits at a separator outside of quotes.
std::vector<std::string_view> split_unquoted(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

MediaType read_media_type(std::string_view text, bool weighted) {
  MediaType type;
  bool first = true;
  for (const auto part : split_unquoted(text, ';')) {
    const auto piece = trim(part);
    if (first) {
      type.name = lower_case(piece);
      first = false;
      continue;
    }
    if (piece.empty()) {
      continue;
    }
    const std::string name = lower_case(trim(piece.substr(0, piece.find('='))));
    if (weighted && name == "q") {
      const auto equals = piece.find('=');
      const auto weight = equals == std::string_view::npos ? std::string_view{} : trim(piece.substr(equals + 1));
      type.refused =
          weight == "0" || (weight.rfind("0.", 0) == 0 && weight.find_first_not_of("0.") == std::string_view::npos);
    } else if (name == "ext") {
      type.extension = true;
    } else if (name == "profile") {
      const auto equals = piece.find('=');
      auto value = equals == std::string_view::npos ? std::string_view{} : trim(piece.substr(equals + 1));
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
        value = value.substr(1, value.size() - 2);
      }
      type.profiles = value;
    } else {
      type.other_parameters = true;
    }
  }
  return type;
}

} // namespace

void check_accept(const Request &request) {
  if (!request.accept || trim(*request.accept).empty()) {
    return;
  }
  bool named = false;   // JSON:API itself, in whatever form
  bool covered = false; // by a range, or as JSON
  for (const auto part : split_unquoted(*request.accept, ',')) {
    const MediaType type = read_media_type(trim(part), true);
    if (type.name == jsonapi) {
      if (!type.refused && !type.other_parameters && !type.extension) {
        return;
      }
      named = true;
    } else if (type.name == "*/*" || type.name == "application/*" || type.name == "application/json") {
      covered = covered || !type.refused;
    }
  }
  // Who names the type only in forms that there are not gets none, whatever else would do ("Server Responsibilities").
  if (named || !covered) {
    refuse_header(PARLEY_MALFORMED, "not-acceptable",
                  "The answer is application/vnd.api+json, without parameters but profile.", "Accept", 406);
  }
}

bool asks_for_cursor_pagination(const Request &request) {
  if (!request.accept) {
    return false;
  }
  const auto parts = split_unquoted(*request.accept, ',');
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    const MediaType type = read_media_type(trim(part), true);
    return type.name == jsonapi && !type.refused && type.names_profile(cursor_pagination);
  });
}

void check_content_type(const Request &request) {
  const MediaType type = read_media_type(trim(request.content_type.value_or("")), false);
  if (type.name != jsonapi || type.other_parameters || type.extension) {
    refuse_header(PARLEY_MALFORMED, "unsupported-media-type",
                  "The body must be application/vnd.api+json, without parameters but profile.", "Content-Type", 415);
  }
}

} // namespace parley::host
