// Where every request arrives: finds out who asks, and which page or file answers.
#ifndef PARLEY_SAMPLE_HOST_WEB_FRONT_H
#define PARLEY_SAMPLE_HOST_WEB_FRONT_H

#include <optional>
#include <string>
#include <vector>

#include "sample-host/src/web/http.h"
#include "sample-host/src/web/page.h"
#include "sample-host/src/web/site.h"

namespace host {

class Accounts;
class ApiTokens;
class Log;
class Plugins;
class Preferences;
class Rights;
class Roles;
class Sessions;
class Settings;

// What requests are answered with. All of it is [thread-safe].
struct FrontServices {
  Accounts &accounts;
  ApiTokens &tokens;
  Sessions &sessions;
  Rights &rights;
  Preferences &preferences;
  Settings &settings;
  Roles &roles;
  Plugins &plugins;
  Log &log;
};

// [thread-safe]
class Front {
public:
  explicit Front(const FrontServices &services);

  // Answers always; no exception leaves.
  Response handle(const Request &request) noexcept;

private:
  Response route(const Request &request);
  Response route_site(const Site &site, const Request &request);
  std::optional<Visitor> visitor_of(const Site &site, const Request &request);
  Response read_page(Page &page, const std::vector<std::string> &at);
  Response write_page(Page &page, const std::vector<std::string> &at, const Fields &form);

  Accounts &accounts_;
  ApiTokens &tokens_;
  Sessions &sessions_;
  Settings &settings_;
  Roles &roles_;
  Plugins &plugins_;
  Log &log_;
  WebServices web_services_;
};

// For what the HTTP server refuses before it is a request: the API's clients get an error object, others a line of text.
Response refusal(const std::string &path, int status, const std::string &reason);

} // namespace host

#endif
