#include "sample-host/src/web/api.h"

#include <set>

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/plugins.h"
#include "sample-host/src/web/page.h"

namespace host {
namespace {

Response unauthenticated(const Site &site, const Request &request) {
  // A browser's script gets a scheme that no browser asks a password for.
  const bool browser = !request.header("Sec-Fetch-Site").empty();
  return api_error(401, "unauthenticated", "Unauthorized", "Log in first.")
      .with("WWW-Authenticate",
            std::string(browser ? "Session" : "Basic") + " realm=\"" + site.name + "\", charset=\"UTF-8\"");
}

LoginAnswer from_basic(const Site &site, Accounts &accounts, const std::string &authorization) {
  const std::string credentials = base64_decode(trim(authorization.substr(6)));
  const auto colon = credentials.find(':');
  if (colon == std::string::npos || !is_clean_utf8(credentials)) {
    return {};
  }
  return accounts.log_in_quickly(site.side, credentials.substr(0, colon),
                                 std::string_view(credentials).substr(colon + 1));
}

ApiRequest to_plugins(const Site &site, const Request &request) {
  ApiRequest forwarded{request.method, site.api, request.path.substr(site.api.size()), request.query, {}, request.body};
  // Every line as it came: what is there twice, or empty, is not ours to judge.
  static const std::set<std::string> wanted = {"accept", "content-type", "if-match", "if-none-match",
                                               "idempotency-key"};
  for (const auto &[name, value] : request.headers) {
    if (wanted.count(lower_ascii(name)) != 0) {
      forwarded.headers.emplace_back(name, value);
    }
  }
  return forwarded;
}

} // namespace

Response answer_api(const Site &site, Accounts &accounts, Plugins &plugins, const std::optional<Visitor> &visitor,
                    const Request &request) {
  std::optional<Actor> actor;
  if (visitor) {
    if (!request.reads() && !same_secret(request.header(csrf_header), visitor->csrf_token())) {
      return api_error(403, "csrf", "Forbidden",
                       std::string("A write needs the header ") + csrf_header + " with the token of the session.");
    }
    actor = visitor->actor;
  } else if (const std::string authorization = request.header("Authorization");
             lower_ascii(authorization.substr(0, 6)) == "basic ") {
    const LoginAnswer answer = from_basic(site, accounts, authorization);
    if (answer.wait_seconds > 0) {
      return api_error(429, "too-many-attempts", "Too Many Requests", "Too many attempts to log in.")
          .with("Retry-After", std::to_string(answer.wait_seconds));
    }
    actor = answer.actor;
  }
  if (!actor) {
    return unauthenticated(site, request);
  }
  const Call call(*actor, request.id, request.header("traceparent"), request.header("Idempotency-Key"));
  ApiAnswer answer = plugins.handle(call, to_plugins(site, request));
  Response response{answer.status, std::move(answer.headers), std::move(answer.body)};
  return response.with("Cache-Control", "private, no-cache").with("Vary", "Cookie, Authorization");
}

} // namespace host
