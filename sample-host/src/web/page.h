// One page for somebody who is logged in: what it may show, the API behind it, and the frame around it.
#ifndef PARLEY_SAMPLE_HOST_WEB_PAGE_H
#define PARLEY_SAMPLE_HOST_WEB_PAGE_H

#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "sample-host/src/actor.h"
#include "sample-host/src/auth/sessions.h"
#include "sample-host/src/web/elements.h"
#include "sample-host/src/web/http.h"
#include "sample-host/src/web/site.h"
#include "sample-host/src/words.h"

namespace host {

class Plugins;
class Preferences;
class Rights;
class Settings;

// What the pages work with. All of it is [thread-safe].
struct WebServices {
  Plugins &plugins;
  Sessions &sessions;
  Rights &rights;
  Preferences &preferences;
  Settings &settings;
};

struct Visitor {
  Actor actor;
  std::string token; // of the session
  std::string flash; // a message of the page before

  std::string csrf_token() const { return Sessions::csrf_token(token); }
};

// Lives for one request, on one thread.
class Page {
public:
  Page(const WebServices &services, const Site &site, const Visitor &visitor, const Request &request);
  ~Page();
  Page(const Page &) = delete;
  Page &operator=(const Page &) = delete;

  const Site &site() const { return site_; }
  const Visitor &visitor() const { return visitor_; }
  const Request &request() const { return request_; }
  const WebServices &services() const { return services_; }

  // The host's own words in the visitor's language; see words.h.
  std::string words(std::string_view english, const Places &places = {}) const {
    return host::words(visitor_.actor.locale, english, places);
  }
  // What plugins and the host itself show to this visitor: see docs/contract.md. Asked for once.
  const nlohmann::json &surface();
  // Descriptor of an entity that this visitor has; nullptr: there is none.
  const nlohmann::json *entity(std::string_view type);
  // The same, where its grid, records and forms have pages: it has the trait "record", or a registered page names it.
  const nlohmann::json *drawn_entity(std::string_view type);
  bool draws(const nlohmann::json &entity);
  // Whether this visitor may manage what is the host's own: see managed in rights.h.
  bool manages(std::string_view subject);
  // A text of a descriptor (JSON object, locale -> text) in the visitor's language.
  std::string label(const nlohmann::json &texts) const;
  // JSON of a setting where this visitor is; empty where nobody set it.
  std::string setting(std::string_view name);
  // What this visitor chose once, by name; see Preferences.
  std::string preference(std::string_view name);
  void prefer(std::string_view name, const std::string &value);
  // Entry `name` of a list of the surface ("pages", "workflows").
  const nlohmann::json *find(std::string_view list, std::string_view name);

  // Asks the API as the visitor's browser would. Answers the document; `status` is that of HTTP.
  struct Reply {
    int status = 500;
    std::unique_ptr<nlohmann::json> document;
    bool ok() const { return status >= 200 && status < 300; }
    std::string first_detail() const; // of an error
  };
  Reply api(const std::string &method, const std::string &path, const std::string &query = {},
            const std::string &body = {});

  // An element of a plugin, whose assets the page then loads; `plugin` as in the surface.
  std::string element(const std::string &name, const std::string &plugin, const ElementSubject &subject = {});

  Response show(const std::string &title, std::string_view template_name, nlohmann::json model, int status = 200);
  Response not_found();
  // A page for an answer of the API that is no success.
  Response failure(const Reply &reply);
  // Goes on elsewhere, with a message on the next page.
  Response go(const std::string &url, const std::string &message);
  // Where the visitor came from, as the parameter "back" of this page's address says; else `usual`.
  std::string back_to(const std::string &usual) const;

private:
  class Parts;
  const WebServices &services_;
  const Site &site_;
  const Visitor &visitor_;
  const Request &request_;
  std::unique_ptr<Parts> parts_;
};

// The frame for nobody in particular, in a language that the caller knows. Title and text are in it already.
Response bare_page(const Site &site, const std::string &locale, const std::string &title,
                   std::string_view template_name, nlohmann::json model, int status);
Response message_page(const Site &site, const std::string &locale, int status, const std::string &title,
                      const std::string &text);
// What the browser of somebody who is not logged in asks for.
std::string accepted_language(const Request &request);

bool has(const nlohmann::json &list, std::string_view item);
std::string member(const nlohmann::json &object, const char *name);

} // namespace host

#endif
