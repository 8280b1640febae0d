// Requests and responses as the pages see them; the server translates.
#ifndef PARLEY_SAMPLE_HOST_WEB_HTTP_H
#define PARLEY_SAMPLE_HOST_WEB_HTTP_H

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sample-host/src/text.h"

namespace host {

struct Request {
  std::string method;
  std::string path;  // percent-encoded
  std::string query; // percent-encoded
  Fields headers;
  std::string body;
  std::string id; // of the request, for logs

  // Empty where it is not there.
  std::string header(std::string_view name) const;
  // It is there in several lines.
  bool repeats(std::string_view name) const;
  std::string cookie(std::string_view name) const;
  bool reads() const { return method == "GET" || method == "HEAD"; }
};

struct Response {
  int status = 200;
  Fields headers;
  std::string body;
  // What follows the body, for answers that are too large to be made at once: asked each time that the client has taken
  // what came before, by one thread at a time, and outlives the request. Puts the next piece into its argument; false:
  // there is none behind it. What it throws breaks the connection off, so that nobody takes the part for the whole.
  std::function<bool(std::string &)> more = {};

  Response &with(std::string name, std::string value);
};

Response html(int status, std::string body);
Response plain(int status, std::string_view text);
// 303: go and GET it.
Response redirect(const std::string &location);
// One JSON:API error. header: of the request, that it comes of; or empty.
Response api_error(int status, std::string_view code, std::string_view title, std::string_view detail,
                   std::string_view header = {});

} // namespace host

#endif
