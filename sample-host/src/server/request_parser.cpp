#include "sample-host/src/server/request_parser.h"

#include <algorithm>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace host {
namespace {

namespace http = boost::beast::http;
using Error = boost::beast::error_code;
using Text = boost::beast::string_view;

constexpr std::size_t longest_chunk_line = 256; // a size, and extensions that nobody needs
constexpr std::string_view end_of_head = "\r\n\r\n";

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return byte > ' ' && byte < '\x7f'; });
}

// A name or an address, and perhaps a port; no user, no path.
bool is_authority(std::string_view text) {
  return !text.empty() && is_visible_ascii(text) && text.find_first_of("/\\?#@,;\"<>") == std::string_view::npos;
}

bool is_named(const Fields::value_type &field, std::string_view name) {
  return lower_ascii(field.first) == name;
}

std::ptrdiff_t count(const Request &request, std::string_view name) {
  return std::count_if(request.headers.begin(), request.headers.end(),
                       [&](const auto &field) { return is_named(field, name); });
}

} // namespace

// What Beast finds, as a request of ours.
class RequestParser::Beast : public http::basic_parser<true> {
public:
  Request request;
  std::string target;
  bool is_http_1_0 = false;
  std::uint64_t left_of_chunk = 0; // bytes

private:
  void on_request_impl(http::verb, Text method, Text its_target, int version, Error &) override {
    request.method = method;
    target = its_target;
    is_http_1_0 = version == 10;
  }
  void on_response_impl(int, Text, int, Error &) override {}
  void on_field_impl(http::field, Text name, Text value, Error &) override {
    if (!is_header_done()) { // nobody asks for trailers
      request.headers.emplace_back(name, value);
    }
  }
  void on_header_impl(Error &) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t> &, Error &) override {}
  std::size_t on_body_impl(Text bytes, Error &) override {
    request.body += bytes;
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t size, Text, Error &) override { left_of_chunk = size; }
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Error &) override {
    request.body += bytes;
    left_of_chunk -= bytes.size();
    return bytes.size();
  }
  void on_finish_impl(Error &) override {}
};

RequestParser::RequestParser(const HttpLimits &limits) : limits_(limits), beast_(std::make_unique<Beast>()) {
  beast_->header_limit(static_cast<std::uint32_t>(limits.head_bytes));
  beast_->body_limit(static_cast<std::uint64_t>(limits.body_bytes));
}

RequestParser::~RequestParser() = default;

bool RequestParser::has_head() const {
  return beast_->is_header_done();
}

bool RequestParser::is_http_1_0() const {
  return beast_->is_http_1_0;
}

bool RequestParser::is_complete() const {
  return beast_->is_done() && refused_ == 0;
}

std::string RequestParser::path() const {
  // What is refused with its headers has not come to its check.
  const std::string_view target = beast_->target;
  return beast_->request.path.empty() ? std::string(target.substr(0, target.find('?'))) : beast_->request.path;
}

Request RequestParser::take() {
  return std::move(beast_->request);
}

std::size_t RequestParser::feed(std::string_view bytes) {
  std::size_t taken = has_head() ? 0 : feed_head(bytes);
  while (has_head() && !beast_->is_done() && refused_ == 0 && taken < bytes.size()) {
    const std::size_t count = feed_body(bytes.substr(taken));
    if (count == 0) {
      break;
    }
    taken += count;
  }
  return taken;
}

// Beast gets it in one piece, once we have seen the lines as they came.
std::size_t RequestParser::feed_head(std::string_view bytes) {
  std::size_t begin = 0;
  while (starts_with(bytes.substr(begin), "\r\n")) { // passed over before the first line: RFC 9112, 2.2
    begin += 2;
  }
  const auto end = bytes.find(end_of_head, begin);
  const bool is_whole = end != std::string_view::npos;
  const std::string_view head = bytes.substr(begin, is_whole ? end + end_of_head.size() - begin : end);
  asks_for_head_ = starts_with(head, "HEAD ");
  if (static_cast<std::int64_t>(std::min(head.find('\n'), head.size())) >= limits_.target_bytes) {
    refuse(414, "The address is longer than " + std::to_string(limits_.target_bytes) + " bytes.");
  }
  if (head != "\r" && !is_visible_ascii(head.substr(0, 1))) { // TLS, as a rule, in which no end of a head ever comes
    refuse(400, "The first line is no request.");
  }
  check_lines(head);
  if (refused_ != 0 || !is_whole) {
    return begin;
  }
  put(head);
  if (!has_head()) { // to Beast, the empty line may still be part of the first one
    refuse(400, "The first line is no request.");
  }
  if (refused_ == 0) {
    keeps_alive_ = beast_->keep_alive();
    check_target();
    check_host();
    check_length();
    check_expectation();
  }
  return begin + head.size();
}

std::size_t RequestParser::feed_body(std::string_view bytes) {
  if (!beast_->chunked() || beast_->left_of_chunk > 0) {
    return put(bytes);
  }
  // So much is still to come of every body. Beast asserts that it has come when it looks at the last chunk again.
  constexpr std::string_view shortest_end = "0\r\n\r\n";
  const bool is_first = beast_->request.body.empty();
  const std::size_t taken = bytes.size() < shortest_end.size() ? 0 : put(bytes);
  check_chunk(taken == 0 ? bytes : bytes.substr(0, taken), is_first);
  return taken;
}

// One line of chunks, one piece of the body, or the whole head.
std::size_t RequestParser::put(std::string_view bytes) {
  Error error;
  const std::size_t taken = beast_->put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  if (error == http::error::body_limit) {
    refuse(413, "The body is larger than " + std::to_string(limits_.body_bytes) + " bytes.");
  } else if (error == http::error::bad_version) {
    const auto version = bytes.find(" HTTP/");
    const bool is_other = version < bytes.find('\r') && bytes.substr(version + 6, 2) >= "2.";
    refuse(is_other ? 505 : 400, "The first line is no request of HTTP/1.1.");
  } else if (error && error != http::error::need_more) {
    refuse(400, "This is no request: " + error.message() + ".");
  }
  return taken;
}

// Of a head, or of a chunk and the trailers behind it: what Beast puts up with, and how much it is.
void RequestParser::check_lines(std::string_view text) {
  std::int64_t lines = 0;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    ++lines;
    const char next = end + 1 < text.size() ? text[end + 1] : '\0';
    if (end == 0 || text[end - 1] != '\r') {
      refuse(400, "A line ends without a carriage return.");
    } else if (next == ' ' || next == '\t') {
      refuse(400, "A header goes on in a further line.");
    }
  }
  if (static_cast<std::int64_t>(text.size()) > limits_.head_bytes) {
    refuse(431, "The headers are longer than " + std::to_string(limits_.head_bytes) + " bytes.");
  } else if (lines > limits_.header_count + 2) { // with the first line and the empty one
    refuse(431, "There are more than " + std::to_string(limits_.header_count) + " headers.");
  }
}

// `text`: what Beast has taken for the head of a chunk, or waits for more of. The end of the chunk before comes with it.
void RequestParser::check_chunk(std::string_view text, bool is_first) {
  if (!is_first && starts_with(text, "\r\n")) {
    text.remove_prefix(2);
  }
  const auto digits = std::min(text.find_first_not_of("0123456789abcdefABCDEF"), text.size());
  const bool has_digits = (digits > 0 && digits <= 8) || text.empty() || (text == "\r" && !is_first);
  const bool goes_on = digits == text.size() || text[digits] == ';' || text[digits] == '\r';
  // Beast looks for the end of a quotation in what follows the line, too.
  const std::string_view line = text.substr(0, text.find('\n'));
  if (!has_digits || !goes_on || line.size() >= longest_chunk_line || line.find('"') != std::string_view::npos) {
    refuse(400, "A chunk of the body does not say its size.");
  } else {
    check_lines(text);
  }
}

void RequestParser::check_target() {
  Request &request = beast_->request;
  std::string_view target = beast_->target;
  if (!is_visible_ascii(target) || target.find('#') != std::string_view::npos) {
    refuse(400, "The address holds what no address holds.");
    return;
  }
  if (request.method == "CONNECT") {
    refuse(501, "This server is no proxy.");
    return;
  }
  if (target == "*" && request.method == "OPTIONS") {
    request.path = target;
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
    request.path = target.empty() || target.front() == '?' ? "/" : "";
  } else if (target.front() != '/') {
    refuse(400, "The address is not a path.");
    return;
  }
  const auto question = target.find('?');
  request.path += target.substr(0, question);
  if (question != std::string_view::npos) {
    request.query = target.substr(question + 1);
  }
}

void RequestParser::check_host() {
  Fields &headers = beast_->request.headers;
  const auto hosts = count(beast_->request, "host");
  if (hosts > 1) {
    refuse(400, "There is more than one Host header.");
  } else if (hosts == 0 && !beast_->is_http_1_0) {
    refuse(400, "The Host header is missing.");
  } else if (hosts == 1 && !is_authority(beast_->request.header("host"))) {
    refuse(400, "The Host header names no host.");
  } else if (!authority_.empty()) { // it comes before the header: RFC 9112, 3.2.2
    headers.erase(
        std::remove_if(headers.begin(), headers.end(), [](const auto &field) { return is_named(field, "host"); }),
        headers.end());
    headers.emplace_back("Host", authority_);
  }
}

// Beast takes equal lengths said twice, and takes another encoding for no body at all.
void RequestParser::check_length() {
  const Request &request = beast_->request;
  const auto lengths = count(request, "content-length");
  const auto encodings = count(request, "transfer-encoding");
  if (lengths + encodings > 1) {
    refuse(400, "The headers say more than once how long the body is.");
  } else if (encodings == 1 && lower_ascii(request.header("transfer-encoding")) != "chunked") {
    refuse(501, "The only Transfer-Encoding that this server knows is \"chunked\".");
  } else if (encodings == 1 && beast_->is_http_1_0) {
    refuse(400, "HTTP/1.0 has no Transfer-Encoding.");
  } else if (request.header("content-length").find_first_not_of("0123456789") != std::string::npos) {
    refuse(400, "The Content-Length is no number.");
  }
}

void RequestParser::check_expectation() {
  const std::string expected = lower_ascii(beast_->request.header("expect"));
  if (expected == "100-continue") {
    expects_continue_ = !beast_->is_http_1_0 && !beast_->is_done();
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
