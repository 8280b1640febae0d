#include "sample-host/src/server/response_bytes.h"

#include <algorithm>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Timestamp.h>

namespace host {
namespace {

// No value may begin another header, whatever it was made of.
std::string in_one_line(std::string value) {
  std::replace_if(
      value.begin(), value.end(), [](char byte) { return byte == '\r' || byte == '\n' || byte == '\0'; }, ' ');
  return value;
}

} // namespace

std::string response_bytes(const Response &response, const Delivery &delivery) {
  using Poco::Net::HTTPResponse;
  const bool may_have_body = response.status != 204 && response.status != 304;
  std::string bytes;
  bytes.reserve(1024 + response.body.size());
  bytes += "HTTP/1.1 " + std::to_string(response.status) + " " +
           HTTPResponse::getReasonForStatus(static_cast<HTTPResponse::HTTPStatus>(response.status)) + "\r\n";
  bytes += "Date: " + Poco::DateTimeFormatter::format(Poco::Timestamp(), Poco::DateTimeFormat::HTTP_FORMAT) + "\r\n";
  for (const auto &[name, value] : response.headers) {
    bytes += name + ": " + in_one_line(value) + "\r\n";
  }
  if (may_have_body) {
    bytes += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  }
  bytes += delivery.keeps_alive
               ? "Connection: keep-alive\r\nKeep-Alive: timeout=" + std::to_string(delivery.idle_seconds) + "\r\n"
               : "Connection: close\r\n";
  bytes += "\r\n";
  if (may_have_body && delivery.has_body) {
    bytes += response.body;
  }
  return bytes;
}

} // namespace host
