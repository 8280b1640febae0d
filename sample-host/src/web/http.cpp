#include "sample-host/src/web/http.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace host {

std::string Request::header(std::string_view name) const {
  const std::string wanted = lower_ascii(name);
  for (const auto &[key, value] : headers) {
    if (lower_ascii(key) == wanted) {
      return value;
    }
  }
  return {};
}

bool Request::repeats(std::string_view name) const {
  const std::string wanted = lower_ascii(name);
  return std::count_if(headers.begin(), headers.end(),
                       [&](const auto &field) { return lower_ascii(field.first) == wanted; }) > 1;
}

std::string Request::cookie(std::string_view name) const {
  for (const std::string &pair : split(header("Cookie"), ';')) {
    const auto equals = pair.find('=');
    if (equals != std::string::npos && trim(pair.substr(0, equals)) == name) {
      return trim(pair.substr(equals + 1));
    }
  }
  return {};
}

Response &Response::with(std::string name, std::string value) {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

Response html(int status, std::string body) {
  return Response{
      status, {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

Response plain(int status, std::string_view text) {
  return Response{
      status, {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}}, std::string(text) + "\n"};
}

Response redirect(const std::string &location) {
  return Response{303, {{"Location", location}, {"Cache-Control", "no-store"}}, {}};
}

Response api_error(int status, std::string_view code, std::string_view title, std::string_view detail,
                   std::string_view header) {
  nlohmann::ordered_json error = {
      {"status", std::to_string(status)}, {"code", code}, {"title", title}, {"detail", detail}};
  if (!header.empty()) {
    error["source"] = {{"header", header}};
  }
  const nlohmann::ordered_json document = {{"jsonapi", {{"version", "1.1"}}}, {"errors", {std::move(error)}}};
  return Response{
      status, {{"Content-Type", "application/vnd.api+json"}, {"Cache-Control", "no-store"}}, document.dump()};
}

} // namespace host
