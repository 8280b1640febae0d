// A host without libparley-host: it opens a plugin itself, and keeps the operations that the plugin registers, so that
// tests call them directly and decide about every byte of the tables that they hand over.
#pragma once

#include "support.hpp"

#include <algorithm>
#include <atomic>
#include <dlfcn.h>
#include <functional>
#include <map>
#include <parley/entry.h>
#include <parley/ext/access.h>
#include <parley/ext/clock.h>
#include <parley/ext/migrations.h>
#include <parley/ext/records.h>
#include <parley/ext/registry.h>
#include <parley/ext/settings.h>
#include <stdexcept>
#include <unistd.h>

#include "tests/support/servers/chosen_database.hpp"

namespace contract {

// A struct as later headers may have it: what is known, and noise behind it.
template <typename Table>
struct Later {
  Table now;
  std::uint64_t later[4] = {~0ULL, 1, ~0ULL, 16};

  explicit Later(const Table &table) : now{table} { now.size = sizeof(Later); }
};

class BareHost {
public:
  explicit BareHost(const std::string &library, std::uint32_t scope_size = sizeof(parley_scope),
                    std::uint32_t record_size = sizeof(parley_record))
      : scope_size_{scope_size}, record_size_{record_size},
        registry_{{sizeof(parley_registry), 0, add_entity, add_panel, add_workflow, accept<parley_page>,
                   accept<parley_menu_item>, accept<parley_record_action>, accept<parley_indicator>,
                   accept<parley_permission>, accept<parley_setting>, types}},
        access_{{sizeof(parley_access), PARLEY_ACCESS_LISTENERS, scopes, visible}},
        records_{{sizeof(parley_records), 0, resolve, search}}, clock_{{sizeof(parley_clock), 0, now}},
        settings_{{sizeof(parley_settings), 0, values}}, host_{{sizeof(parley_host), 0, PARLEY_ABI_MAJOR,
                                                                PARLEY_ABI_MINOR, view("Bare host"), view("1"), this,
                                                                get_extension}} {
    library_ = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library_ == nullptr) {
      throw std::runtime_error{dlerror()};
    }
    const auto *entry = static_cast<const parley_entry_point *>(dlsym(library_, PARLEY_ENTRY_SYMBOL));
    if (entry == nullptr || entry->create(&host_.now, &plugin_, errors_) != PARLEY_OK) {
      throw std::runtime_error{"no instance: " + errors_.text()};
    }
  }
  ~BareHost() {
    plugin_->stop(plugin_, nullptr);
    plugin_->destroy(plugin_);
    dlclose(library_);
  }
  BareHost(const BareHost &) = delete;
  BareHost &operator=(const BareHost &) = delete;

  // What the host answers from now on: a level, a status of its tables, and a title of every record.
  std::uint32_t level = PARLEY_LEVEL_GLOBAL;
  std::int32_t status = PARLEY_OK;
  std::string title = "A title";
  // Called first in every function of the host's tables, with its name; threads call it at once. Set before start.
  std::function<void(const char *)> on_callback;
  // Where they differ: the level, ids of units or customers, and organization of an actor, by its id.
  struct Right {
    std::uint32_t level;
    std::vector<std::string> ids;
  };
  std::map<std::string, Right> rights;
  // Customers of customer users, by their id.
  std::map<std::string, std::string> customers;
  // Websites for which conversations are off.
  std::vector<std::string> websites_off;
  // How often each table was asked.
  struct Asked {
    std::atomic<int> scopes{0};
    std::atomic<int> settings{0};
    std::atomic<int> records{0};
    void reset() { scopes = settings = records = 0; }
  } asked;
  // A host of before: it does not know listeners.
  void forget_listeners() { access_.now.flags = 0; }
  // How often the plugin has asked its host since the test set this.
  std::atomic<std::size_t> callbacks{0};

  const parley_plugin *plugin() const { return plugin_; }
  const Errors &errors() const { return errors_; }
  std::int32_t start(const std::string &configuration) {
    const parley_str text = view(configuration);
    return plugin_->start(plugin_, &text, errors_);
  }
  std::int32_t stop() { return plugin_->stop(plugin_, errors_); }
  template <typename Table>
  const Table *table(const char *id) const {
    const parley_str text = parley_str_of(id);
    return static_cast<const Table *>(plugin_->get_extension(plugin_, &text));
  }

  // The functions and `context` of what was registered; nothing else in the descriptors is valid any more.
  const parley_entity &entity(const std::string &type) const { return entities_.at(type); }
  const parley_panel &panel(const std::string &name) const { return panels_.at(name); }
  const parley_workflow &workflow(const std::string &name) const { return workflows_.at(name); }

  static parley_call call() {
    parley_call call{};
    call.size = sizeof call;
    call.application = PARLEY_APPLICATION_BACKOFFICE;
    call.time_left_us = PARLEY_NO_DEADLINE;
    call.actor = {view("users"), view("1")};
    return call;
  }

  static parley_query query() {
    parley_query query{};
    query.size = sizeof query;
    query.flags = PARLEY_QUERY_ALL_FIELDS;
    query.filter_size = sizeof(parley_filter);
    query.sort_size = sizeof(parley_sort);
    query.page_size = 25;
    return query;
  }

private:
  static BareHost &self(const parley_host *host) { return *static_cast<BareHost *>(host->data); }
  static BareHost &called(const parley_host *host, const char *function) {
    BareHost &own = self(host);
    ++own.callbacks;
    if (own.on_callback) {
      own.on_callback(function);
    }
    return own;
  }

  static std::int32_t PARLEY_ABI add_entity(const parley_host *host, const parley_entity *entity,
                                            const parley_error_sink *) {
    self(host).entities_[copy(entity->type)] = *entity;
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI add_panel(const parley_host *host, const parley_panel *panel,
                                           const parley_error_sink *) {
    self(host).panels_[copy(panel->name)] = *panel;
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI add_workflow(const parley_host *host, const parley_workflow *workflow,
                                              const parley_error_sink *) {
    self(host).workflows_[copy(workflow->name)] = *workflow;
    return PARLEY_OK;
  }
  template <typename Descriptor>
  static std::int32_t PARLEY_ABI accept(const parley_host *, const Descriptor *, const parley_error_sink *) {
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI types(const parley_host *, std::uint32_t traits, const parley_str_sink *result) {
    const std::vector<std::pair<std::uint32_t, const char *>> known{
        {PARLEY_TRAIT_RECORD, "orders"},
        {PARLEY_TRAIT_RECORD | PARLEY_TRAIT_USER, "users"},
        {PARLEY_TRAIT_RECORD | PARLEY_TRAIT_CUSTOMER_USER, "customerusers"},
        {PARLEY_TRAIT_CUSTOMER, "customers"}};
    for (const auto &[has, type] : known) {
      const parley_str name = parley_str_of(type);
      if ((has & traits) == traits && result->put(result, &name) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  }

  // Answers end where the test says; behind the end is noise.
  static std::int32_t PARLEY_ABI scopes(const parley_host *host, const parley_call *call,
                                        const parley_scope_request *requests, std::size_t count,
                                        std::uint32_t request_size, const parley_scope_sink *result,
                                        const parley_error_sink *) {
    called(host, "scopes");
    ++self(host).asked.scopes;
    const bool heeds = (self(host).access_.now.flags & PARLEY_ACCESS_LISTENERS) != 0;
    for (std::size_t i = 0; i < count && self(host).status == PARLEY_OK; ++i) {
      const auto *request = PARLEY_AT(parley_scope_request, requests, request_size, i);
      const bool named = heeds && PARLEY_HAS(request, parley_scope_request, listener) && request->listener != nullptr;
      const auto right = self(host).rights.find(copy((named ? request->listener : call)->actor.id));
      parley_scope scope{};
      scope.level = self(host).level;
      scope.version = 1;
      std::vector<parley_str> ids;
      if (right != self(host).rights.end()) {
        scope.level = right->second.level;
        for (const std::string &id : right->second.ids) {
          ids.push_back(view(id));
        }
        scope.units = scope.customers = ids.data();
        scope.unit_count = scope.customer_count = ids.size();
      }
      const auto customer = self(host).customers.find(copy((named ? request->listener : call)->actor.id));
      if (customer != self(host).customers.end()) {
        scope.customer = {view("customers"), view(customer->second)};
      }
      cut(scope, self(host).scope_size_);
      if (result->put(result, i, &scope) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return self(host).status;
  }
  static std::int32_t PARLEY_ABI visible(const parley_host *host, const parley_call *, const parley_ref *,
                                         std::size_t count, std::uint8_t *answers, const parley_error_sink *) {
    if (called(host, "visible").status == PARLEY_OK) {
      std::fill(answers, answers + count, std::uint8_t{1});
    }
    return self(host).status;
  }
  static std::int32_t PARLEY_ABI resolve(const parley_host *host, const parley_call *, const parley_ref *refs,
                                         std::size_t count, const parley_record_sink *result,
                                         const parley_error_sink *) {
    called(host, "resolve");
    ++self(host).asked.records;
    for (std::size_t i = 0; i < count && self(host).status == PARLEY_OK; ++i) {
      parley_record record{};
      record.flags = PARLEY_RECORD_EXISTS | PARLEY_RECORD_HAS_PAGE;
      record.ref = refs[i];
      record.title = view(self(host).title);
      record.full_title = record.title;
      const auto customer = self(host).customers.find(copy(refs[i].id));
      if (customer != self(host).customers.end() && copy(refs[i].type) == "customerusers") {
        record.customer = {view("customers"), view(customer->second)};
      }
      cut(record, self(host).record_size_);
      if (result->put(result, &record) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return self(host).status;
  }
  static std::int32_t PARLEY_ABI search(const parley_host *, const parley_call *, const parley_record_search *,
                                        const parley_record_sink *, const parley_error_sink *) {
    return PARLEY_OK;
  }
  static std::int64_t PARLEY_ABI now(const parley_host *host) {
    called(host, "now_us");
    return 1'769'846'400'000'000;
  }
  // Plugins hand back the call that they ask for.
  static std::int32_t PARLEY_ABI values(const parley_host *host, const parley_call *call,
                                        const parley_setting_request *requests, std::size_t count, std::uint32_t size,
                                        const parley_str_sink *result, const parley_error_sink *) {
    called(host, "values");
    ++self(host).asked.settings;
    if (call == nullptr) {
      return PARLEY_INVALID;
    }
    const std::vector<std::string> &off = self(host).websites_off;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string website = copy(PARLEY_AT(parley_setting_request, requests, size, i)->website);
      const parley_str value = view(std::find(off.begin(), off.end(), website) == off.end() ? "true" : "false");
      if (result->put(result, &value) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  }

  template <typename Struct>
  static void cut(Struct &value, std::uint32_t size) {
    value.size = size;
    if (size < sizeof value) {
      std::memset(reinterpret_cast<char *>(&value) + size, 0x7f, sizeof value - size);
    }
  }

  static const void *PARLEY_ABI get_extension(const parley_host *host, const parley_str *id) {
    const BareHost &own = self(host);
    const std::map<std::string, const void *> tables{{PARLEY_REGISTRY_ID, &own.registry_.now},
                                                     {PARLEY_ACCESS_ID, &own.access_.now},
                                                     {PARLEY_RECORDS_ID, &own.records_.now},
                                                     {PARLEY_CLOCK_ID, &own.clock_.now},
                                                     {PARLEY_SETTINGS_ID, &own.settings_.now}};
    const auto found = tables.find(copy(*id));
    return found != tables.end() ? found->second : nullptr;
  }

  std::uint32_t scope_size_;
  std::uint32_t record_size_;
  Later<parley_registry> registry_;
  Later<parley_access> access_;
  Later<parley_records> records_;
  Later<parley_clock> clock_;
  Later<parley_settings> settings_;
  Later<parley_host> host_;
  Errors errors_;
  void *library_ = nullptr;
  const parley_plugin *plugin_ = nullptr;
  std::map<std::string, parley_entity> entities_;
  std::map<std::string, parley_panel> panels_;
  std::map<std::string, parley_workflow> workflows_;
};

// A configuration for a plugin; one that stores gets a database of its own.
inline std::string configuration_of(const std::string &library) {
  if (library != environment("PARLEY_PLUGIN")) {
    return "{}";
  }
  static int databases = 0; // each test starts with an empty one
  const std::string file =
      environment("PARLEY_TEST_DIR") + "/" + std::to_string(getpid()) + "-" + std::to_string(++databases) + ".sqlite";
  return nlohmann::json{{"database", parley::tests::empty_database(file)}}.dump();
}

// Makes the stored schema, where the plugin has one.
inline void migrate(const parley_plugin *plugin, const std::string &configuration) {
  const parley_str id = parley_str_of(PARLEY_MIGRATIONS_ID);
  const auto *table = static_cast<const parley_migrations *>(plugin->get_extension(plugin, &id));
  const parley_str text = view(configuration);
  const Errors errors;
  if (table != nullptr && table->apply(plugin, &text, errors) != PARLEY_OK) {
    throw std::runtime_error{"no schema: " + errors.text()};
  }
}

// Collects documents; refuses from the given one on.
class Documents {
public:
  explicit Documents(std::size_t refuse_from = SIZE_MAX)
      : refuse_from_{refuse_from}, sink_{sizeof(parley_result_sink), 0, this, document, page, meta} {}
  Documents(const Documents &) = delete;
  Documents &operator=(const Documents &) = delete;

  operator const parley_result_sink *() const { return &sink_; }
  // Called first in every function of the sink, with its name.
  std::function<void(const char *)> on_callback;
  const std::vector<nlohmann::json> &all() const { return documents_; }
  bool has_page() const { return has_page_; }

private:
  static std::int32_t PARLEY_ABI document(const parley_result_sink *sink, const parley_document *document) {
    auto &self = *static_cast<Documents *>(sink->context);
    if (self.on_callback) {
      self.on_callback("document");
    }
    if (self.documents_.size() >= self.refuse_from_) {
      return PARLEY_UNAVAILABLE;
    }
    self.documents_.push_back(nlohmann::json::parse(copy(document->json)));
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI page(const parley_result_sink *sink, const parley_page_info *) {
    static_cast<Documents *>(sink->context)->has_page_ = true;
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI meta(const parley_result_sink *, const parley_str *) { return PARLEY_OK; }

  std::size_t refuse_from_;
  parley_result_sink sink_;
  std::vector<nlohmann::json> documents_;
  bool has_page_ = false;
};

} // namespace contract
