#include "sample-host/src/server/response_bytes.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <ostream> // status.hpp does without, and should not

#include <boost/beast/http/status.hpp>

namespace host {
namespace {

// No value may begin another header, whatever it was made of.
std::string in_one_line(std::string value) {
  std::replace_if(
      value.begin(), value.end(), [](char byte) { return byte == '\r' || byte == '\n' || byte == '\0'; }, ' ');
  return value;
}

// As in "Sun, 06 Nov 1994 08:49:37 GMT": RFC 9110, 5.6.7. We set no locale, so the names are English.
std::string date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

} // namespace

std::string response_bytes(const Response &response, const Delivery &delivery) {
  namespace http = boost::beast::http;
  const bool may_have_body = response.status != 204 && response.status != 304;
  std::string bytes;
  bytes.reserve(1024 + response.body.size());
  bytes += "HTTP/1.1 " + std::to_string(response.status) + " ";
  bytes += http::obsolete_reason(static_cast<http::status>(response.status));
  bytes += "\r\nDate: " + date() + "\r\n";
  for (const auto &[name, value] : response.headers) {
    bytes += name + ": " + in_one_line(value) + "\r\n";
  }
  if (response.more != nullptr) {
    bytes += delivery.has_chunks ? "Transfer-Encoding: chunked\r\n" : "";
  } else if (may_have_body) {
    bytes += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  }
  bytes += delivery.keeps_alive
               ? "Connection: keep-alive\r\nKeep-Alive: timeout=" + std::to_string(delivery.idle_seconds) + "\r\n"
               : "Connection: close\r\n";
  bytes += "\r\n";
  if (may_have_body && delivery.has_body) {
    bytes += response.more != nullptr ? piece_bytes(response.body, false, delivery) : response.body;
  }
  return bytes;
}

std::string piece_bytes(const std::string &piece, bool is_last, const Delivery &delivery) {
  if (!delivery.has_chunks) {
    return piece;
  }
  std::string bytes;
  if (!piece.empty()) { // an empty chunk is the last one
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", piece.size());
    bytes = size.data() + piece + "\r\n";
  }
  return is_last ? bytes + "0\r\n\r\n" : bytes;
}

} // namespace host
