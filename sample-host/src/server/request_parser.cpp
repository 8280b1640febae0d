#include "sample-host/src/server/request_parser.h"

#include <algorithm>

namespace host {
namespace {

constexpr std::int64_t longest_chunk_line = 256; // a size, and extensions that nobody needs

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char byte) {
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           others.find(byte) != std::string_view::npos;
  });
}

// No control characters but tabs.
bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char byte) { return (byte >= 0 && byte < ' ' && byte != '\t') || byte == '\x7f'; });
}

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return byte > ' ' && byte < '\x7f'; });
}

// A name or an address, and perhaps a port; no user, no path.
bool is_authority(std::string_view text) {
  return !text.empty() && is_visible_ascii(text) && text.find_first_of("/\\?#@,;\"<>") == std::string_view::npos;
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const auto first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace

std::size_t RequestParser::feed(std::string_view bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size() && refused_ == 0 && part_ != Part::complete) {
    const std::string_view rest = bytes.substr(taken);
    has_begun_ = true;
    taken += part_ == Part::body || part_ == Part::chunk ? feed_body(rest) : feed_line(rest);
  }
  return taken;
}

std::size_t RequestParser::feed_line(std::string_view bytes) {
  const auto end = bytes.find('\n');
  const std::size_t taken = end == std::string_view::npos ? bytes.size() : end + 1;
  line_ += bytes.substr(0, taken);
  const auto length = static_cast<std::int64_t>(line_.size());
  if (part_ == Part::chunk_size || part_ == Part::chunk_end) {
    if (length > longest_chunk_line) {
      refuse(400, "A chunk of the body says its size in too many bytes.");
    }
  } else if (part_ == Part::request_line && length > limits_.target_bytes) {
    refuse(414, "The address is longer than " + std::to_string(limits_.target_bytes) + " bytes.");
  } else if (head_size_ + length > limits_.head_bytes) {
    refuse(431, "The headers are longer than " + std::to_string(limits_.head_bytes) + " bytes.");
  }
  if (refused_ != 0 || end == std::string_view::npos) {
    return taken;
  }
  if (line_.size() < 2 || line_[line_.size() - 2] != '\r') {
    refuse(400, "A line ends without a carriage return.");
    return taken;
  }
  head_size_ += part_ == Part::chunk_size || part_ == Part::chunk_end ? 0 : length;
  std::string line = std::move(line_);
  line_.clear();
  line.resize(line.size() - 2);
  read_line(line);
  return taken;
}

std::size_t RequestParser::feed_body(std::string_view bytes) {
  const auto taken = std::min(bytes.size(), static_cast<std::size_t>(left_));
  request_.body += bytes.substr(0, taken);
  left_ -= static_cast<std::int64_t>(taken);
  if (left_ == 0) {
    part_ = part_ == Part::chunk ? Part::chunk_end : Part::complete;
  }
  return taken;
}

void RequestParser::read_line(std::string_view line) {
  switch (part_) {
  case Part::request_line:
    if (!line.empty()) { // before the first line, an empty one is passed over: RFC 9112, 2.2
      read_request_line(line);
    }
    break;
  case Part::headers:
    if (line.empty()) {
      end_head();
    } else {
      read_header(line);
    }
    break;
  case Part::chunk_size:
    read_chunk_size(line);
    break;
  case Part::chunk_end:
    if (!line.empty()) {
      refuse(400, "A chunk of the body is longer than its size.");
    }
    part_ = Part::chunk_size;
    break;
  case Part::trailers:
    if (line.empty()) {
      part_ = Part::complete;
    } else {
      read_header(line);
    }
    break;
  default:
    break;
  }
}

void RequestParser::read_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos || line.find(' ', second + 1) != std::string_view::npos ||
      !is_token(line.substr(0, first))) {
    refuse(400, "The first line is no request.");
    return;
  }
  const std::string_view version = line.substr(second + 1);
  if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || !is_digit(version[5]) || version[6] != '.' ||
      !is_digit(version[7])) {
    refuse(400, "The first line names no version of HTTP.");
    return;
  }
  if (version[5] != '1') {
    refuse(505, "This server speaks HTTP/1.1.");
    return;
  }
  is_http_1_0_ = version[7] == '0';
  request_.method = line.substr(0, first);
  part_ = Part::headers;
  read_target(line.substr(first + 1, second - first - 1));
}

void RequestParser::read_target(std::string_view target) {
  if (target.empty() || !is_visible_ascii(target) || target.find('#') != std::string_view::npos) {
    refuse(400, "The address holds what no address holds.");
    return;
  }
  if (request_.method == "CONNECT") {
    refuse(501, "This server is no proxy.");
    return;
  }
  if (target == "*" && request_.method == "OPTIONS") {
    request_.path = target;
    return;
  }
  const std::string scheme = lower_ascii(target.substr(0, target.find("://")));
  if (target.front() != '/' && (scheme == "http" || scheme == "https") && scheme.size() < target.size()) {
    target.remove_prefix(scheme.size() + 3);
    const auto end = std::min(target.find_first_of("/?"), target.size());
    authority_ = target.substr(0, end);
    if (!is_authority(authority_)) {
      refuse(400, "The address names no host.");
      return;
    }
    target.remove_prefix(end);
    request_.path = target.empty() || target.front() == '?' ? "/" : "";
  } else if (target.front() != '/') {
    refuse(400, "The address is not a path.");
    return;
  }
  const auto question = target.find('?');
  request_.path += target.substr(0, question);
  if (question != std::string_view::npos) {
    request_.query = target.substr(question + 1);
  }
}

void RequestParser::read_header(std::string_view line) {
  if (++header_count_ > limits_.header_count) {
    refuse(431, "There are more than " + std::to_string(limits_.header_count) + " headers.");
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    // Among them: a blank before the colon, and a line that goes on with the one before.
    refuse(400, "A header has no proper name.");
    return;
  }
  const std::string_view value = without_blanks(line.substr(colon + 1));
  if (!is_field_value(value)) {
    refuse(400, "A header holds control characters.");
    return;
  }
  if (part_ == Part::headers) { // nobody asks for trailers
    request_.headers.emplace_back(line.substr(0, colon), value);
  }
}

void RequestParser::read_chunk_size(std::string_view line) {
  const auto end = std::min(line.find(';'), line.size());
  const std::string_view digits = line.substr(0, end);
  if (digits.empty() || digits.size() > 8 ||
      digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos ||
      !is_field_value(line.substr(end))) {
    refuse(400, "A chunk of the body does not say its size.");
    return;
  }
  left_ = std::stoll(std::string(digits), nullptr, 16);
  if (static_cast<std::int64_t>(request_.body.size()) + left_ > limits_.body_bytes) {
    refuse(413, "The body is larger than " + std::to_string(limits_.body_bytes) + " bytes.");
    return;
  }
  part_ = left_ == 0 ? Part::trailers : Part::chunk;
  if (left_ == 0) {
    head_size_ = 0;
    header_count_ = 0;
  }
}

void RequestParser::end_head() {
  part_ = Part::complete;
  read_host();
  if (refused_ == 0) {
    read_length();
  }
  if (refused_ == 0) {
    read_connection();
  }
}

std::size_t RequestParser::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(request_.headers.begin(), request_.headers.end(),
                                                [&](const auto &field) { return lower_ascii(field.first) == name; }));
}

void RequestParser::read_host() {
  const std::size_t hosts = count("host");
  if (hosts > 1) {
    refuse(400, "There is more than one Host header.");
  } else if (hosts == 0 && !is_http_1_0_) {
    refuse(400, "The Host header is missing.");
  } else if (hosts == 1 && !is_authority(request_.header("host"))) {
    refuse(400, "The Host header names no host.");
  } else if (!authority_.empty()) { // it comes before the header: RFC 9112, 3.2.2
    auto &headers = request_.headers;
    headers.erase(std::remove_if(headers.begin(), headers.end(),
                                 [](const auto &field) { return lower_ascii(field.first) == "host"; }),
                  headers.end());
    headers.emplace_back("Host", authority_);
  }
}

void RequestParser::read_length() {
  const std::size_t lengths = count("content-length");
  const std::size_t encodings = count("transfer-encoding");
  if (lengths > 0 && encodings > 0) {
    refuse(400, "Content-Length and Transfer-Encoding exclude each other.");
  } else if (lengths > 1 || encodings > 1) {
    refuse(400, "The headers say more than once how long the body is.");
  } else if (encodings == 1) {
    if (lower_ascii(request_.header("transfer-encoding")) != "chunked") {
      refuse(501, "The only Transfer-Encoding that this server knows is \"chunked\".");
    } else if (is_http_1_0_) {
      refuse(400, "HTTP/1.0 has no Transfer-Encoding.");
    } else {
      part_ = Part::chunk_size;
    }
  } else if (lengths == 1) {
    const std::string text = request_.header("content-length");
    if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) {
      refuse(400, "The Content-Length is no number.");
      return;
    }
    const auto length = parse_id(text);
    if (!length || *length > limits_.body_bytes) {
      refuse(413, "The body is larger than " + std::to_string(limits_.body_bytes) + " bytes.");
      return;
    }
    left_ = *length;
    part_ = left_ > 0 ? Part::body : Part::complete;
  }
}

void RequestParser::read_connection() {
  bool closes = false;
  bool keeps = false;
  for (const auto &[name, value] : request_.headers) {
    if (lower_ascii(name) == "connection") {
      for (const std::string &option : split(lower_ascii(value), ',')) {
        closes = closes || trim(option) == "close";
        keeps = keeps || trim(option) == "keep-alive";
      }
    }
  }
  keeps_alive_ = !closes && (keeps || !is_http_1_0_);
  const std::string expected = lower_ascii(request_.header("expect"));
  if (expected == "100-continue") {
    expects_continue_ = !is_http_1_0_ && part_ != Part::complete;
  } else if (!expected.empty()) {
    refuse(417, "This server knows no other expectation than \"100-continue\".");
  }
}

void RequestParser::refuse(int status, std::string reason) {
  if (refused_ == 0) {
    refused_ = status;
    reason_ = std::move(reason);
  }
}

} // namespace host
