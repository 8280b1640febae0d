// The JSON:API, mounted: who asks, may a write come from here, and the rest is libparley-host's.
#ifndef PARLEY_SAMPLE_HOST_WEB_API_H
#define PARLEY_SAMPLE_HOST_WEB_API_H

#include <optional>

#include "sample-host/src/web/http.h"
#include "sample-host/src/web/site.h"

namespace host {

class Accounts;
class Plugins;
struct Visitor;

// visitor: of the session's cookie; without one HTTP Basic may say who asks.
Response answer_api(const Site &site, Accounts &accounts, Plugins &plugins, const std::optional<Visitor> &visitor,
                    const Request &request);

} // namespace host

#endif
