// The JSON:API, mounted: who asks, may a write come from here, and the rest is libparley-host's.
#ifndef PARLEY_SAMPLE_HOST_WEB_API_H
#define PARLEY_SAMPLE_HOST_WEB_API_H

#include <optional>
#include <string>

#include "sample-host/src/web/http.h"
#include "sample-host/src/web/site.h"

namespace host {

class Accounts;
class ApiTokens;
class Plugins;
struct Visitor;

// Who can say who somebody is.
struct Authorities {
  Accounts &accounts;
  ApiTokens &tokens;
};

// How a program says who it is, as OpenAPI has it: a JSON object of security schemes.
std::string security_schemes(const Site &site);

// visitor: of the session's cookie. An Authorization header (Basic or Bearer) decides, where there is one.
Response answer_api(const Site &site, const Authorities &authorities, Plugins &plugins,
                    const std::optional<Visitor> &visitor, const Request &request);

} // namespace host

#endif
