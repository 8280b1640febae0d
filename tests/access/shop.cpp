#include "tests/access/shop.hpp"

#include <cstdlib>
#include <parley/ext/access.h>
#include <parley/ext/clock.h>
#include <parley/ext/feed.h>
#include <parley/ext/records.h>
#include <parley/ext/settings.h>
#include <stdexcept>
#include <string_view>

namespace access_test {
namespace {

parley_str view(std::string_view text) {
  return {text.data(), text.size()};
}
std::string copy(const parley_str &text) {
  return text.size == 0 ? std::string() : std::string(text.data, text.size);
}
Ref copy(const parley_ref &ref) {
  return {copy(ref.type), copy(ref.id)};
}
parley_ref borrow(const Ref &ref) {
  return {view(ref.first), view(ref.second)};
}

void demand(std::int32_t status, const std::string &what) {
  if (status != PARLEY_OK) {
    throw std::runtime_error(what + ": status " + std::to_string(status));
  }
}

// Errors end the test where they are not answered to a request.
void PARLEY_ABI report(const parley_error_sink *, const parley_error *error) {
  throw std::runtime_error(copy(error->code) + ": " + copy(error->detail));
}

constexpr std::uint32_t both = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;

} // namespace

std::string Answer::header(const std::string &name) const {
  for (const auto &each : headers) {
    if (each.first == name) {
      return each.second;
    }
  }
  return {};
}

std::string Answer::bytes() const {
  std::string text = std::to_string(status) + "\n";
  for (const auto &each : headers) {
    text += each.first + ": " + each.second + "\n";
  }
  return text + body + "\n";
}

const Record *Catalogue::find(const Ref &ref) const {
  const auto found = records.find(ref);
  return found != records.end() ? &found->second : nullptr;
}

std::string Catalogue::unit_of(const Person &person) const {
  const Record *record = find(person.actor);
  return record != nullptr ? record->unit : std::string();
}

std::string Catalogue::customer_of(const Person &person) const {
  const Record *record = find(person.actor);
  return record != nullptr ? record->customer : std::string();
}

std::set<std::string> Catalogue::below(const std::map<std::string, std::string> &above, const std::string &top) {
  std::set<std::string> found;
  if (!top.empty()) {
    found.insert(top);
  }
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    for (const auto &[each, parent] : above) {
      if (found.count(parent) > 0) {
        found.insert(each);
      }
    }
  }
  return found;
}

bool Catalogue::visible(const Person &person, const Ref &ref) const {
  const Record *record = find(ref);
  if (record == nullptr || record->secret) {
    return false;
  }
  if (person.backoffice()) {
    return record->organization == person.organization;
  }
  const std::string own = customer_of(person);
  return !own.empty() && record->customer == own && ref.first != "users";
}

struct Shop::Kind {
  Shop *shop;
  std::string type;
  std::uint32_t traits;
};

struct Shop::Thunks {
  static Shop &shop(const parley_host *host) { return *static_cast<Shop *>(host->data); }
  static const Person &person(const parley_call *call) { return *static_cast<const Person *>(call->host_context); }

  static std::int32_t PARLEY_ABI scopes(const parley_host *host, const parley_call *call,
                                        const parley_scope_request *requests, std::size_t count, std::uint32_t size,
                                        const parley_scope_sink *result, const parley_error_sink *) {
    const Catalogue &all = shop(host).catalogue_;
    for (std::size_t index = 0; index < count; ++index) {
      const auto *request = PARLEY_AT(parley_scope_request, requests, size, index);
      const bool named = PARLEY_HAS(request, parley_scope_request, listener) && request->listener != nullptr;
      const Person &asking = person(named ? request->listener : call);
      parley_scope scope{};
      scope.size = sizeof scope;
      scope.version = 1;
      scope.level = asking.level(copy(request->permission), copy(request->subject));
      scope.organization = view(asking.organization);
      const std::string customer = all.customer_of(asking);
      if (!asking.backoffice() && !customer.empty()) {
        scope.customer = {parley_str_of("customers"), view(customer)};
      }
      const std::string top = asking.backoffice() ? all.unit_of(asking) : all.customer_of(asking);
      std::vector<parley_str> ids;
      if (scope.level == PARLEY_LEVEL_UNIT && !top.empty()) {
        ids.push_back(view(top));
      } else if (scope.level == PARLEY_LEVEL_DIVISION) {
        for (const std::string &each : shop(host).reached(asking.backoffice(), top)) {
          ids.push_back(view(each));
        }
      }
      (asking.backoffice() ? scope.units : scope.customers) = ids.data();
      (asking.backoffice() ? scope.unit_count : scope.customer_count) = ids.size();
      if (result->put(result, index, &scope) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  }

  static std::int32_t PARLEY_ABI visible(const parley_host *host, const parley_call *call, const parley_ref *refs,
                                         std::size_t count, std::uint8_t *answers, const parley_error_sink *) {
    for (std::size_t index = 0; index < count; ++index) {
      answers[index] = shop(host).catalogue_.visible(person(call), copy(refs[index])) ? 1 : 0;
    }
    return PARLEY_OK;
  }

  static std::int32_t PARLEY_ABI resolve(const parley_host *host, const parley_call *, const parley_ref *refs,
                                         std::size_t count, const parley_record_sink *result,
                                         const parley_error_sink *) {
    for (std::size_t index = 0; index < count; ++index) {
      parley_record record{};
      record.size = sizeof record;
      record.ref = refs[index];
      std::string full;
      if (const Record *found = shop(host).catalogue_.find(copy(refs[index]))) {
        const auto to = [](const char *type, const std::string &id) {
          return id.empty() ? parley_ref{} : parley_ref{parley_str_of(type), view(id)};
        };
        full = found->ref.first + " " + found->title;
        record.flags = PARLEY_RECORD_EXISTS | PARLEY_RECORD_HAS_PAGE;
        record.title = view(found->title);
        record.full_title = view(full);
        record.sort_key = view(found->title);
        record.owner = to("users", found->owner);
        record.unit = to("businessunits", found->unit);
        record.customer = to("customers", found->customer);
        record.customer_user = to("customerusers", found->customer_user);
        record.organization = to("organizations", found->organization);
      }
      if (result->put(result, &record) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  }

  static std::int32_t PARLEY_ABI search(const parley_host *, const parley_call *, const parley_record_search *,
                                        const parley_record_sink *, const parley_error_sink *) {
    return PARLEY_OK;
  }

  static std::int64_t PARLEY_ABI now_us(const parley_host *host) { return shop(host).now; }

  static std::int32_t PARLEY_ABI values(const parley_host *host, const parley_call *,
                                        const parley_setting_request *requests, std::size_t count, std::uint32_t size,
                                        const parley_str_sink *result, const parley_error_sink *) {
    for (std::size_t index = 0; index < count; ++index) {
      const auto *request = PARLEY_AT(parley_setting_request, requests, size, index);
      const bool dark = copy(request->website) == shop(host).catalogue_.dark_website;
      const char *value = dark ? "false" : "true";
      const parley_str json = parley_str_of(copy(request->name) == "conversations.enabled" ? value : "");
      if (result->put(result, &json) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  }

  static const void *PARLEY_ABI get_extension(const parley_host *, const parley_str *id) {
    static const parley_access access{sizeof access, PARLEY_ACCESS_LISTENERS, scopes, visible};
    static const parley_records records{sizeof records, 0, resolve, search};
    static const parley_clock clock{sizeof clock, 0, now_us};
    static const parley_settings settings{sizeof settings, 0, values};
    static const std::map<std::string, const void *> tables{{PARLEY_ACCESS_ID, &access},
                                                            {PARLEY_RECORDS_ID, &records},
                                                            {PARLEY_CLOCK_ID, &clock},
                                                            {PARLEY_SETTINGS_ID, &settings}};
    const auto found = tables.find(copy(*id));
    return found != tables.end() ? found->second : nullptr;
  }

  static std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                          const parley_result_sink *result, const parley_error_sink *) {
    const Kind &kind = *static_cast<Kind *>(self);
    for (std::size_t index = 0; index < get->id_count; ++index) {
      const Ref ref{kind.type, copy(get->ids[index])};
      if (!kind.shop->catalogue_.visible(person(call), ref)) {
        continue;
      }
      const std::string json = nlohmann::json{{"type", ref.first},
                                              {"id", ref.second},
                                              {"attributes", {{"name", kind.shop->catalogue_.find(ref)->title}}},
                                              {"meta", {{"can", nlohmann::json::object()}}}}
                                   .dump();
      parley_document document{};
      document.size = sizeof document;
      document.related_size = sizeof(parley_related);
      document.ref = borrow(ref);
      document.json = view(json);
      if (result->document(result, &document) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  }

  static std::int32_t PARLEY_ABI add(void *context, const parley_host *host, const parley_registry *registry,
                                     const parley_error_sink *errors) {
    for (const auto &kind : static_cast<Shop *>(context)->kinds_) {
      const std::string label = R"({"en":")" + kind->type + R"("})";
      const parley_attribute name{sizeof name,
                                  PARLEY_TYPE_STRING,
                                  PARLEY_FIELD_TITLE,
                                  both,
                                  parley_str_of("name"),
                                  parley_str_of(R"({"en":"Name"})"),
                                  0,
                                  0};
      parley_entity entity{};
      entity.size = sizeof entity;
      entity.traits = kind->traits;
      entity.backoffice_actions = entity.storefront_actions = PARLEY_ACTION_GET;
      entity.attribute_size = sizeof name;
      entity.relationship_size = sizeof(parley_relationship);
      entity.operation_size = sizeof(parley_operation);
      entity.permission_size = sizeof(parley_action_permission);
      entity.type = view(kind->type);
      entity.label = entity.plural_label = view(label);
      entity.attributes = &name;
      entity.attribute_count = 1;
      entity.context = kind.get();
      entity.get_many = get_many;
      if (const std::int32_t status = registry->add_entity(host, &entity, errors); status != PARLEY_OK) {
        return status;
      }
    }
    return PARLEY_OK;
  }

  static std::int32_t PARLEY_ABI begin(const parley_http_sink *sink, std::uint32_t status,
                                       const parley_http_header *headers, std::size_t count) {
    auto &answer = *static_cast<Answer *>(sink->context);
    answer.status = status;
    for (std::size_t index = 0; index < count; ++index) {
      answer.headers.emplace_back(copy(headers[index].name), copy(headers[index].value));
    }
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI write(const parley_http_sink *sink, const void *bytes, std::size_t size) {
    static_cast<Answer *>(sink->context)->body.append(static_cast<const char *>(bytes), size);
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI append(const parley_sink *sink, const void *bytes, std::size_t size) {
    static_cast<std::string *>(sink->context)->append(static_cast<const char *>(bytes), size);
    return PARLEY_OK;
  }

  static std::int32_t PARLEY_ABI put(const parley_feed_sink *sink, const parley_feed_event *event) {
    static_cast<std::vector<Told> *>(sink->context)
        ->push_back({event->position,
                     copy(event->cursor),
                     copy(event->json),
                     {event->listeners, event->listeners + event->listener_count}});
    return PARLEY_OK;
  }

  static parley_call call(const Person &person) {
    parley_call call{};
    call.size = sizeof call;
    call.application = person.application;
    call.time_left_us = PARLEY_NO_DEADLINE;
    call.actor = borrow(person.actor);
    call.organization = view(person.organization);
    call.website = view(person.website);
    call.locale = parley_str_of("en");
    call.host_context = const_cast<Person *>(&person); // nobody writes through it
    return call;
  }
};

Shop::Shop(Catalogue &catalogue, const std::string &connection) : database(connection), catalogue_(catalogue) {
  const std::vector<std::pair<std::string, std::uint32_t>> types{
      {"organizations", PARLEY_TRAIT_ORGANIZATION},
      {"businessunits", PARLEY_TRAIT_UNIT},
      {"users", PARLEY_TRAIT_RECORD | PARLEY_TRAIT_USER},
      {"customers", PARLEY_TRAIT_CUSTOMER},
      {"customerusers", PARLEY_TRAIT_RECORD | PARLEY_TRAIT_CUSTOMER_USER},
      {"orders", PARLEY_TRAIT_RECORD}};
  for (const auto &[type, traits] : types) {
    kinds_.push_back(std::make_unique<Kind>(Kind{this, type, traits}));
  }
  const parley_error_sink errors{sizeof errors, 0, nullptr, report};
  parley_runtime_options options{};
  options.size = sizeof options;
  options.name = parley_str_of("Shop of the access test");
  options.version = parley_str_of("1");
  options.context = this;
  options.get_extension = Thunks::get_extension;
  demand(parley_runtime_create(&options, &runtime_, &errors), "create");
  demand(parley_runtime_register(runtime_, Thunks::add, this, &errors), "register");
  const char *library = std::getenv("PARLEY_PLUGIN");
  const parley_str path = parley_str_of(library);
  parley_runtime_plugin *plugin = nullptr;
  demand(parley_runtime_load(runtime_, &path, &plugin, &errors), "load");
  const std::string configuration = nlohmann::json{{"database", database}, {"poolSize", 2}}.dump();
  const parley_str text = view(configuration);
  demand(parley_runtime_start(plugin, &text, &errors), "start");
  plugin_ = parley_runtime_instance(plugin);
}

const std::vector<std::string> &Shop::reached(bool backoffice, const std::string &top) {
  const auto [found, fresh] = reached_.try_emplace({backoffice, top});
  if (fresh) {
    const auto all = Catalogue::below(backoffice ? catalogue_.unit_above : catalogue_.customer_above, top);
    found->second.assign(all.begin(), all.end());
  }
  return found->second;
}

Shop::~Shop() {
  parley_runtime_destroy(runtime_);
}

Answer Shop::request(const Person &person, const std::string &method, const std::string &target,
                     const nlohmann::json &body,
                     const std::vector<std::pair<std::string, std::string>> &headers) const {
  const std::size_t question = target.find('?');
  const std::string path = target.substr(0, question);
  const std::string query = question == std::string::npos ? std::string() : target.substr(question + 1);
  const std::string text = body.is_null() ? std::string() : body.dump();
  std::vector<parley_http_header> lines{{parley_str_of("Accept"), parley_str_of("application/vnd.api+json")},
                                        {parley_str_of("Content-Type"), parley_str_of("application/vnd.api+json")}};
  for (const auto &each : headers) {
    lines.push_back({view(each.first), view(each.second)});
  }
  parley_http_request request{};
  request.size = sizeof request;
  request.method = view(method);
  request.base = parley_str_of("/api");
  request.path = view(path);
  request.query = view(query);
  request.headers = lines.data();
  request.header_count = lines.size();
  request.body = view(text);
  Answer answer;
  const parley_http_sink sink{sizeof sink, 0, &answer, Thunks::begin, Thunks::write};
  const parley_call call = Thunks::call(person);
  demand(parley_http_handle(runtime_, &call, &request, &sink), method + " " + target);
  return answer;
}

void Shop::changed(const Ref &ref) const {
  const Person system{"system", {"system", ""}, PARLEY_APPLICATION_BACKOFFICE, "", {}, ""};
  const parley_call call = Thunks::call(system);
  const parley_host_event event{sizeof event, PARLEY_HAPPENED_RECORD_CHANGED, borrow(ref)};
  demand(parley_runtime_notify(runtime_, &call, &event, 1, sizeof event, nullptr), "notify");
}

std::string Shop::surface(const Person &person) const {
  const parley_call call = Thunks::call(person);
  std::string text;
  const parley_sink sink{sizeof sink, 0, &text, Thunks::append};
  demand(parley_runtime_surface(runtime_, &call, &sink, nullptr), "surface");
  return text;
}

std::vector<Told> Shop::feed(const std::vector<const Person *> &listeners) const {
  const parley_str id = parley_str_of(PARLEY_FEED_ID);
  const auto *feed = static_cast<const parley_feed *>(plugin_->get_extension(plugin_, &id));
  std::vector<parley_call> calls;
  for (const Person *each : listeners) {
    calls.push_back(Thunks::call(*each));
  }
  std::vector<const parley_call *> all;
  for (const parley_call &each : calls) {
    all.push_back(&each);
  }
  const Person system{"system", {PARLEY_ACTOR_SYSTEM, ""}, PARLEY_APPLICATION_BACKOFFICE, "", {}, ""};
  const parley_call call = Thunks::call(system);
  std::vector<Told> told;
  const parley_feed_sink sink{sizeof sink, 0, &told, Thunks::put};
  parley_feed_state state{sizeof state, PARLEY_FEED_MORE, 0};
  while ((state.flags & PARLEY_FEED_MORE) != 0) {
    demand(feed->read(plugin_, &call, all.data(), all.size(), state.position, 0, &sink, &state, nullptr), "feed");
    demand((state.flags & PARLEY_FEED_RELOAD) == 0 ? PARLEY_OK : PARLEY_NOT_FOUND, "feed from the beginning");
  }
  return told;
}

Catalogue catalogue() {
  Catalogue all;
  const auto add = [&all](Record record) { all.records[record.ref] = std::move(record); };
  // Units: 1 above 2 above 3; 4 beside 2. 9 is of the other organization.
  all.unit_above = {{"2", "1"}, {"3", "2"}, {"4", "1"}};
  // 20 takes part by notes alone, 21 in public; both are of a unit where nothing happens.
  for (const auto &[id, unit] : std::map<std::string, std::string>{
           {"1", "1"}, {"2", "2"}, {"3", "3"}, {"4", "4"}, {"9", "9"}, {"20", "5"}, {"21", "5"}}) {
    add({{"users", id}, "zruser" + id + "q", id, unit, "", "", unit == "9" ? "o2" : "o1"});
  }
  // Customers: 1 above 2 above 3; 4 is no relation; 9 is of the other organization.
  all.customer_above = {{"2", "1"}, {"3", "2"}};
  for (const char *id : {"1", "2", "3", "4", "9"}) {
    const std::string organization = std::string(id) == "9" ? "o2" : "o1";
    add({{"customers", id}, std::string("zrcustomer") + id + "q", "2", "2", id, "", organization});
  }
  // Customer users: 11, 12 and 13 of customer 1 (13 moves away later), 21 of 2, 31 of 3, 41 of 4, 91 of 9.
  for (const char *id : {"11", "12", "13", "21", "31", "41", "91"}) {
    const std::string customer(1, id[0]);
    const bool other = customer == "9";
    add({{"customerusers", id},
         std::string("zrbuyer") + id + "q",
         other ? "9" : "2",
         other ? "9" : "2",
         customer,
         id,
         other ? "o2" : "o1"});
    add({{"orders", id},
         std::string("zrorder") + id + "q",
         other ? "9" : "2",
         other ? "9" : "2",
         customer,
         id,
         other ? "o2" : "o1"});
  }
  // An order of customer 1 that nobody may see.
  add({{"orders", "19"}, "zrorder19q", "2", "2", "1", "11", "o1", true});
  return all;
}

} // namespace access_test
