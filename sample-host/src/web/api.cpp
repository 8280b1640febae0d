#include "sample-host/src/web/api.h"

#include <set>

#include <nlohmann/json.hpp>

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/auth/api_tokens.h"
#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/plugins.h"
#include "sample-host/src/web/login_pages.h"
#include "sample-host/src/web/page.h"

namespace host {
namespace {

Response unauthenticated(const Site &site, const Request &request) {
  Response response = api_error(401, "unauthenticated", "Unauthorized", "Log in first.");
  const std::string realm = " realm=\"" + site.name + "\"";
  if (!request.header("Sec-Fetch-Site").empty()) {
    // A browser's script gets a scheme that no browser asks a password for.
    return response.with("WWW-Authenticate", "Session" + realm);
  }
  return response.with("WWW-Authenticate", "Basic" + realm + ", charset=\"UTF-8\", Bearer" + realm);
}

LoginAnswer from_basic(const Site &site, Accounts &accounts, const std::string &encoded) {
  const std::string credentials = base64_decode(trim(encoded));
  const auto colon = credentials.find(':');
  if (colon == std::string::npos || !is_clean_utf8(credentials)) {
    return {};
  }
  return accounts.log_in_quickly(site.side, credentials.substr(0, colon),
                                 std::string_view(credentials).substr(colon + 1));
}

// What browsers send along by themselves, a cookie or remembered HTTP Basic credentials, does not show who wants to write.
Response forged(std::string_view detail) {
  return api_error(403, "csrf", "Forbidden", detail);
}

bool writes(const Request &request) {
  return !request.reads() && request.method != "OPTIONS";
}

bool is_basic(const std::string &authorization) {
  return lower_ascii(authorization.substr(0, authorization.find(' '))) == "basic";
}

LoginAnswer from_header(const Site &site, const Authorities &authorities, const std::string &authorization) {
  const auto blank = authorization.find(' ');
  const std::string scheme = lower_ascii(authorization.substr(0, blank));
  const std::string credentials = blank == std::string::npos ? "" : authorization.substr(blank + 1);
  if (scheme == "basic") {
    return from_basic(site, authorities.accounts, credentials);
  }
  return scheme == "bearer" ? authorities.tokens.log_in(site.side, trim(credentials)) : LoginAnswer{};
}

ApiRequest to_plugins(const Site &site, const Request &request) {
  // The server leaves out the body for HEAD, and says its length as GET would.
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  ApiRequest forwarded{method, site.api, request.path.substr(site.api.size()), request.query, {}, request.body};
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

std::string security_schemes(const Site &site) {
  return nlohmann::json{
      {"basic", {{"type", "http"}, {"scheme", "basic"}}},
      {"token", {{"type", "http"}, {"scheme", "bearer"}, {"description", "A token that an administrator made."}}},
      {"session",
       {{"type", "apiKey"},
        {"in", "cookie"},
        {"name", site.cookie},
        {"description", std::string("For the host's own pages. Writes need the header ") + csrf_header + "."}}}}
      .dump();
}

Response answer_api(const Site &site, const Authorities &authorities, Plugins &plugins,
                    const std::optional<Visitor> &visitor, const Request &request) {
  if (request.repeats("Authorization")) { // whose of them it is, two readers could take differently
    return api_error(400, "duplicate-header", "Bad Request", "The header Authorization is there twice.",
                     "Authorization");
  }
  std::optional<Actor> actor;
  if (const std::string authorization = request.header("Authorization"); !authorization.empty()) {
    if (writes(request) && is_basic(authorization) && !comes_from_here(request)) {
      return forged("A page of another site cannot write with HTTP Basic; use a token.");
    }
    LoginAnswer answer = from_header(site, authorities, authorization);
    if (answer.wait_seconds > 0) {
      return api_error(429, "too-many-attempts", "Too Many Requests", "Too many attempts to log in.")
          .with("Retry-After", std::to_string(answer.wait_seconds));
    }
    actor = std::move(answer.actor);
  } else if (visitor) {
    const std::string token = request.header(csrf_header);
    const bool own = same_secret(token, visitor->csrf_token());
    if (writes(request) && !own) {
      return forged(std::string("A write needs the header ") + csrf_header + " with the token of the session.");
    }
    // A page that somebody opened before another one logged in does not show what that one reads.
    if (!token.empty() && !own) {
      return forged(std::string("The header ") + csrf_header + " has the token of another session.");
    }
    actor = visitor->actor;
  }
  if (!actor) {
    return unauthenticated(site, request);
  }
  const Call call(*actor, request.id, request.header("traceparent"), request.header("Idempotency-Key"));
  ApiAnswer answer = plugins.handle(call, to_plugins(site, request));
  Response response{answer.status, std::move(answer.headers), std::move(answer.body)};
  return response.with("Vary", "Cookie, Authorization");
}

} // namespace host
