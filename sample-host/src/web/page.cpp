#include "sample-host/src/web/page.h"

#include <algorithm>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include <parley/ext/authority.h>
#include <parley/ext/surface.h>

#include "sample-host/src/catalogue/preferences.h"
#include "sample-host/src/catalogue/rights.h"
#include "sample-host/src/catalogue/settings.h"
#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/plugins.h"
#include "sample-host/src/web/api_reference.h"
#include "sample-host/src/web/assets.h"
#include "sample-host/src/web/configuration_pages.h"
#include "sample-host/src/web/language_page.h"
#include "sample-host/src/web/role_pages.h"
#include "sample-host/src/web/session_pages.h"
#include "sample-host/src/web/templates.h"
#include "sample-host/src/web/token_pages.h"

namespace host {

using Json = nlohmann::json;

bool has(const Json &list, std::string_view item) {
  for (const Json &entry : list) {
    if (entry == item) {
      return true;
    }
  }
  return false;
}

std::string member(const Json &object, const char *name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

namespace {

// Whether the plugin shows anything on the pages of these records.
bool attached_to(const Json &surface, const std::string &plugin, const std::string &type) {
  for (const char *group : {"panels", "recordActions"}) {
    const auto found = surface.at(group).find(type);
    const bool has_one =
        found != surface.at(group).end() &&
        std::any_of(found->begin(), found->end(), [&](const Json &one) { return one.at("plugin") == plugin; });
    if (has_one) {
      return true;
    }
  }
  return false;
}

// What elements may search: JSON for the attribute record-types, or empty.
std::string record_types(const Json &surface, const std::string &plugin) {
  Json types = Json::array();
  for (const Json &entity : surface.at("entities")) {
    if (has(entity.at("traits"), "record") && has(entity.at("actions"), "list") &&
        attached_to(surface, plugin, member(entity, "type"))) {
      types.push_back({{"type", entity.at("type")}, {"label", entity.at("pluralLabel")}});
    }
  }
  return types.empty() ? std::string() : types.dump();
}

} // namespace

class Page::Parts {
public:
  explicit Parts(const Visitor &visitor, const Request &request) : call(visitor.actor, request.id) {}

  Call call;
  std::optional<Json> surface;
  std::map<std::string, std::string> record_types; // by plugin
  std::set<std::string> plugins;                   // whose elements are on the page
};

Page::Page(const WebServices &services, const Site &site, const Visitor &visitor, const Request &request)
    : services_(services), site_(site), visitor_(visitor), request_(request),
      parts_(std::make_unique<Parts>(visitor, request)) {}

Page::~Page() = default;

const Json &Page::surface() {
  if (!parts_->surface) {
    parts_->surface = Json::parse(services_.plugins.surface(parts_->call));
  }
  return *parts_->surface;
}

const Json *Page::entity(std::string_view type) {
  for (const Json &entity : surface().at("entities")) {
    if (entity.at("type") == type) {
      return &entity;
    }
  }
  return nullptr;
}

bool Page::draws(const Json &entity) {
  if (!has(entity.at("actions"), "list")) {
    return false;
  }
  const Json &pages = surface().at("pages");
  return has(entity.at("traits"), "record") || std::any_of(pages.begin(), pages.end(), [&](const Json &page) {
           return page.at("entity") == entity.at("type");
         });
}

const Json *Page::drawn_entity(std::string_view type) {
  const Json *found = entity(type);
  return found != nullptr && draws(*found) ? found : nullptr;
}

bool Page::manages(std::string_view subject) {
  return site_.side == Side::backoffice &&
         services_.rights.grants(visitor_.actor).level(subject, managed::manage) != PARLEY_LEVEL_NONE;
}

std::string Page::label(const Json &texts) const {
  const std::string own = member(texts, visitor_.actor.locale.c_str());
  return own.empty() ? member(texts, "en") : own;
}

std::string Page::setting(std::string_view name) {
  const Actor &actor = visitor_.actor;
  return services_.settings.effective({{std::string(name), actor.organization, actor.website}}).front();
}

std::string Page::preference(std::string_view name) {
  return services_.preferences.value(visitor_.actor, name);
}

void Page::prefer(std::string_view name, const std::string &value) {
  services_.preferences.set(visitor_.actor, name, value);
}

const Json *Page::find(std::string_view list, std::string_view name) {
  for (const Json &entry : surface().at(std::string(list))) {
    if (entry.at("name") == name) {
      return &entry;
    }
  }
  return nullptr;
}

std::string Page::Reply::first_detail() const {
  const auto errors = document->find("errors");
  return errors != document->end() && errors->is_array() && !errors->empty() ? member(errors->front(), "detail")
                                                                             : std::string();
}

Page::Reply Page::api(const std::string &method, const std::string &path, const std::string &query,
                      const std::string &body) {
  ApiRequest request{method, site_.api, path, query, {{"Accept", "application/vnd.api+json"}}, body};
  if (!body.empty()) {
    request.headers.emplace_back("Content-Type", "application/vnd.api+json");
  }
  ApiAnswer answer = services_.plugins.handle(parts_->call, request);
  Json document = answer.body.empty() ? Json::object() : Json::parse(answer.body, nullptr, false);
  if (!document.is_object()) {
    document = Json::object();
  }
  return {answer.status, std::make_unique<Json>(std::move(document))};
}

std::string Page::element(const std::string &name, const std::string &plugin, const ElementSubject &subject) {
  parts_->plugins.insert(plugin);
  if (parts_->record_types.count(plugin) == 0) {
    parts_->record_types[plugin] = record_types(surface(), plugin);
  }
  return element_html(name, site_, visitor_.actor, visitor_.csrf_token(), parts_->record_types[plugin], subject);
}

namespace {

bool is_current(const Request &request, const std::string &href) {
  return request.path == href || starts_with(request.path, href + "/");
}

Json menu_item(const Request &request, const std::string &label, const std::string &href) {
  return {{"label", label}, {"href", href}, {"current", is_current(request, href)}};
}

void add_slot(Page &page, const std::string &slot, Json &items) {
  const Json &menus = page.surface().at("menus");
  if (const auto found = menus.find(slot); found != menus.end()) {
    for (const Json &item : *found) {
      const std::string name = member(item, "page");
      items.push_back(menu_item(page.request(), member(item, "label"), page.site().page_url(name)));
      // The grid of a page stands under the type of its records, too.
      const Json *registered = page.find("pages", name);
      const bool of_all = registered != nullptr && member(*registered, "query").empty();
      const std::string type = of_all ? member(*registered, "entity") : std::string();
      if (!type.empty() && is_current(page.request(), page.site().list_url(type))) {
        items.back()["current"] = true;
      }
    }
  }
}

// Slots that this host has no menu for go into the last one.
std::vector<std::string> unknown_slots(Page &page) {
  std::set<std::string> known = {page.site().user_slot};
  for (const Menu &menu : page.site().menus) {
    known.insert(menu.slot);
  }
  std::vector<std::string> unknown;
  for (const auto &[slot, items] : page.surface().at("menus").items()) {
    if (known.count(slot) == 0) {
      unknown.push_back(slot);
    }
  }
  return unknown;
}

Json menus_of(Page &page) {
  Json menus = Json::array();
  for (const Menu &menu : page.site().menus) {
    Json items = Json::array();
    for (const std::string &type : menu.types) {
      if (const Json *entity = page.drawn_entity(type)) {
        items.push_back(menu_item(page.request(), member(*entity, "pluralLabel"), page.site().list_url(type)));
      }
    }
    add_slot(page, menu.slot, items);
    if (menu.slot == PARLEY_SLOT_BACKOFFICE_SYSTEM && !page.surface().at("workflows").empty()) {
      items.push_back(menu_item(page.request(), page.words("Workflows"), page.site().list_url("workflows")));
    }
    if (menu.slot == PARLEY_SLOT_BACKOFFICE_SYSTEM && page.manages(managed::settings)) {
      items.push_back(menu_item(page.request(), page.words("Configuration"), page.site().base + configuration_path));
    }
    if (menu.slot == PARLEY_SLOT_BACKOFFICE_SYSTEM && page.manages(managed::roles)) {
      items.push_back(menu_item(page.request(), page.words("Roles"), page.site().base + roles_path));
    }
    if (&menu == &page.site().menus.back()) {
      for (const std::string &slot : unknown_slots(page)) {
        add_slot(page, slot, items);
      }
    }
    if (!items.empty()) {
      bool current = false;
      for (const Json &item : items) {
        current = current || item.at("current").get<bool>();
      }
      menus.push_back({{"label", page.words(menu.label)}, {"items", items}, {"current", current}});
    }
  }
  return menus;
}

Json frame_of(const Site &site, const std::string &locale, const std::string &title, std::string body) {
  return {{"title", title},
          {"lang", spoken(locale)},
          {"words", words_for_scripts(locale)},
          {"application", site.application},
          {"backoffice", site.side == Side::backoffice},
          {"storefront", site.side == Side::storefront},
          {"site", site.name},
          {"home", site.home()},
          {"style", host_asset_url("host.css")},
          {"script", host_asset_url("host.js")},
          {"icon", host_asset_url("icons.svg")},
          {"styles", Json::array()},
          {"modules", Json::array()},
          {"visitor", false},
          {"body", std::move(body)}};
}

} // namespace

Response Page::show(const std::string &title, std::string_view template_name, Json model, int status) {
  const std::string &locale = visitor_.actor.locale;
  const std::string csrf_token = visitor_.csrf_token();
  model["csrfField"] = csrf_field;
  model["csrfToken"] = csrf_token;
  model["icon"] = host_asset_url("icons.svg");

  Json indicators = Json::array();
  for (const Json &indicator : surface().at("indicators")) {
    ElementSubject subject;
    subject.label = member(indicator, "label");
    indicators.push_back({{"html", element(member(indicator, "element"), member(indicator, "plugin"), subject)}});
  }
  Json user_items = Json::array();
  if (site_.side == Side::storefront) {
    user_items.push_back(menu_item(request_, words("My Profile"), "/profile"));
  } else if (const Json *users = entity("users")) {
    if (has(users->at("actions"), "get")) {
      user_items.push_back(menu_item(request_, words("My Profile"), site_.record_url("users", visitor_.actor.id)));
    }
  }
  add_slot(*this, site_.user_slot, user_items);
  user_items.push_back(menu_item(request_, words("Language and Time Zone"), site_.base + language_path));
  user_items.push_back(menu_item(request_, words("Sessions"), site_.base + sessions_path));
  if (manages(managed::api_tokens)) {
    user_items.push_back(menu_item(request_, words("API Tokens"), site_.base + api_tokens_path));
    user_items.push_back(menu_item(request_, words("API Reference"), site_.base + api_reference_path));
  }

  Json frame = frame_of(site_, locale, title, render(template_name, model, locale));
  for (const Json &asset : surface().at("assets")) {
    const std::string kind = member(asset, "kind");
    const std::string plugin = member(asset, "plugin");
    const char *list = kind == "module" ? "modules" : kind == "stylesheet" ? "styles" : nullptr;
    if (list != nullptr && parts_->plugins.count(plugin) != 0) {
      frame[list].push_back({{"href", plugin_asset_url(plugin, member(asset, "path"), member(asset, "etag"))}});
    }
  }
  frame["visitor"] = {{"name", visitor_.actor.name},
                      {"menuLabel", site_.user_menu.empty() ? visitor_.actor.name : words(site_.user_menu)},
                      {"items", user_items},
                      {"logout", site_.base + "/logout"},
                      {"csrfField", csrf_field},
                      {"csrfToken", csrf_token},
                      {"timeZone", visitor_.actor.time_zone}};
  frame["menus"] = menus_of(*this);
  frame["indicators"] = std::move(indicators);
  frame["flash"] = visitor_.flash;
  if (!visitor_.flash.empty()) {
    services_.sessions.set_flash(visitor_.token, {});
  }
  return html(status, render("layout", frame, locale));
}

Response Page::not_found() {
  const std::string title = words("Page not found");
  return show(title, "message",
              {{"title", title},
               {"text", words("There is nothing at this address, or nothing that you may see.")},
               {"home", site_.home()}},
              404);
}

Response Page::failure(const Reply &reply) {
  if (reply.status == 404 || reply.status == 405) {
    return not_found();
  }
  const bool forbidden = reply.status == 403;
  const std::string title = forbidden            ? words("Not allowed")
                            : reply.status < 500 ? words("This did not work")
                                                 : words("Not available");
  const std::string detail = reply.first_detail();
  return show(title, "message",
              {{"title", title},
               {"text", detail.empty() ? words("The request could not be answered. Try again in a moment.") : detail},
               {"home", site_.home()}},
              reply.status);
}

std::string Page::back_to(const std::string &usual) const {
  const auto query = parse_fields(request_.query);
  const std::string back = query ? field(*query, "back") : std::string();
  return back.empty() ? usual : site_.own_address(back);
}

Response Page::go(const std::string &url, const std::string &message) {
  services_.sessions.set_flash(visitor_.token, message);
  return redirect(url);
}

Response bare_page(const Site &site, const std::string &locale, const std::string &title,
                   std::string_view template_name, Json model, int status) {
  model["icon"] = host_asset_url("icons.svg");
  const std::string body = render(template_name, model, locale);
  return html(status, render("layout", frame_of(site, locale, title, body), locale));
}

Response message_page(const Site &site, const std::string &locale, int status, const std::string &title,
                      const std::string &text) {
  return bare_page(site, locale, title, "message", {{"title", title}, {"text", text}, {"home", site.home()}}, status);
}

std::string accepted_language(const Request &request) {
  return accepted_language(request.header("Accept-Language"));
}

} // namespace host
