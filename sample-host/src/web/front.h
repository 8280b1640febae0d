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
class Log;
class Plugins;
class Sessions;

// [thread-safe]
class Front {
public:
  Front(Accounts &accounts, Sessions &sessions, Plugins &plugins, Log &log);

  // Answers always; no exception leaves.
  Response handle(const Request &request) noexcept;

private:
  Response route(const Request &request);
  Response route_site(const Site &site, const Request &request);
  std::optional<Visitor> visitor_of(const Site &site, const Request &request);

  Accounts &accounts_;
  Sessions &sessions_;
  Plugins &plugins_;
  Log &log_;
  WebServices web_services_;
};

} // namespace host

#endif
