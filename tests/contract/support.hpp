// What the contract suite's tests share: an error sink that keeps what it gets, and the C host with JSON answers.
#pragma once

#include "tests/hosts/c/c_host.h"

#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace contract {

inline parley_str view(std::string_view text) {
  return {text.data(), text.size()};
}
inline std::string copy(const parley_str &text) {
  return text.size == 0 ? std::string{} : std::string{text.data, text.size};
}

struct Fault {
  std::int32_t status;
  std::string code;
  std::string detail;
  std::string pointer;
  std::string parameter;
  std::string meta;
};

inline std::ostream &operator<<(std::ostream &out, const Fault &fault) {
  return out << fault.status << ' ' << fault.code << ": " << fault.detail << " [" << fault.pointer << fault.parameter
             << "] " << fault.meta;
}

// Keeps every fault that is reported.
class Errors {
public:
  Errors() : sink_{sizeof(parley_error_sink), 0, this, report} {}
  Errors(const Errors &) = delete;
  Errors &operator=(const Errors &) = delete;

  operator const parley_error_sink *() const { return &sink_; }
  const std::vector<Fault> &all() const { return faults_; }

  // All of them as text, for searching and for people.
  std::string text() const {
    std::string all;
    for (const Fault &fault : faults_) {
      all += fault.code + ": " + fault.detail + " [" + fault.pointer + fault.parameter + "]\n";
    }
    return all;
  }

private:
  static void PARLEY_ABI report(const parley_error_sink *self, const parley_error *error) {
    static_cast<Errors *>(self->context)
        ->faults_.push_back({error->status, copy(error->code), copy(error->detail), copy(error->pointer),
                             copy(error->parameter), copy(error->meta)});
  }

  parley_error_sink sink_;
  std::vector<Fault> faults_;
};

struct Response {
  std::uint32_t status = 0;
  nlohmann::json body; // null where there is none
  std::string content_type;
  std::string location;
  std::string etag;
};

inline std::ostream &operator<<(std::ostream &out, const Response &response) {
  return out << response.status << ' ' << response.body.dump(2);
}

struct Actor {
  std::string type;
  std::string id;
};

inline const Actor admin{"users", "1"};
inline const Actor dana{"users", "3"};
inline const Actor amanda{"customerusers", "1"};
inline const Actor nora{"customerusers", "3"};

// The C host.
class Host {
public:
  explicit Host(const std::vector<c_host_table> &tables = {}, const std::string &settings = {}) : tables_{tables} {
    c_host *host = nullptr;
    status_ = c_host_create(settings.c_str(), tables_.data(), tables_.size(), &host, errors_);
    host_.reset(host);
  }

  // Of creating it.
  std::int32_t status() const { return status_; }
  const Errors &errors() const { return errors_; }

  c_host *get() const { return host_.get(); }
  parley_runtime *runtime() const { return c_host_runtime(host_.get()); }

  parley_runtime_plugin *load(const std::string &path, const Errors &errors = {}) {
    const parley_str file = view(path);
    parley_runtime_plugin *plugin = nullptr;
    load_status_ = parley_runtime_load(runtime(), &file, &plugin, errors);
    return plugin;
  }
  std::int32_t load_status() const { return load_status_; }

  static std::int32_t start(parley_runtime_plugin *plugin, const std::string &configuration = "{}",
                            const Errors &errors = {}) {
    const parley_str text = view(configuration);
    return parley_runtime_start(plugin, &text, errors);
  }

  Response request(const Actor &actor, const std::string &method, const std::string &target,
                   const nlohmann::json &body = nullptr, const std::string &if_match = {}) const {
    const std::string text = body.is_null() ? std::string{} : body.dump();
    return send(actor, method, target, text, if_match);
  }

  Response send(const Actor &actor, const std::string &method, const std::string &target, const std::string &body,
                const std::string &if_match = {}) const {
    parley_call call;
    c_host_call(host_.get(), actor.type.c_str(), actor.id.c_str(), &call);
    c_host_response raw;
    const std::int32_t status = c_host_request(host_.get(), &call, method.c_str(), target.c_str(), body.c_str(),
                                               if_match.empty() ? nullptr : if_match.c_str(), &raw);
    Response response;
    if (status == PARLEY_OK) {
      response.status = raw.status;
      response.body = raw.body_size == 0 ? nlohmann::json{} : nlohmann::json::parse(raw.body, raw.body + raw.body_size);
      response.content_type = raw.content_type != nullptr ? raw.content_type : "";
      response.location = raw.location != nullptr ? raw.location : "";
      response.etag = raw.etag != nullptr ? raw.etag : "";
    }
    c_host_response_free(&raw);
    return response;
  }

  Response get(const Actor &actor, const std::string &target) const { return request(actor, "GET", target); }

  nlohmann::json surface(const Actor &actor) const {
    parley_call call;
    c_host_call(host_.get(), actor.type.c_str(), actor.id.c_str(), &call);
    std::string text;
    const parley_sink sink{sizeof sink, 0, &text, append};
    return parley_runtime_surface(runtime(), &call, &sink, nullptr) == PARLEY_OK ? nlohmann::json::parse(text)
                                                                                 : nlohmann::json{};
  }

  nlohmann::json describe() const {
    std::string text;
    const parley_sink sink{sizeof sink, 0, &text, append};
    return parley_runtime_describe(runtime(), &sink) == PARLEY_OK ? nlohmann::json::parse(text) : nlohmann::json{};
  }

  static std::int32_t PARLEY_ABI append(const parley_sink *self, const void *bytes, std::size_t size) {
    static_cast<std::string *>(self->context)->append(static_cast<const char *>(bytes), size);
    return PARLEY_OK;
  }

private:
  struct Destroy {
    void operator()(c_host *host) const { c_host_destroy(host); }
  };

  std::vector<c_host_table> tables_;
  std::unique_ptr<c_host, Destroy> host_;
  Errors errors_;
  std::int32_t status_ = PARLEY_INTERNAL;
  std::int32_t load_status_ = PARLEY_INTERNAL;
};

inline std::string environment(const char *name) {
  const char *value = std::getenv(name);
  return value != nullptr ? value : "";
}

inline std::string note_plugin() {
  return environment("PARLEY_NOTE_PLUGIN");
}
inline std::string broken_plugin(const std::string &name) {
  return environment("PARLEY_BROKEN_PLUGINS") + "/broken-" + name + ".so";
}

// A request document.
inline nlohmann::json document(const std::string &type, const nlohmann::json &attributes,
                               const nlohmann::json &relationships = nullptr, const std::string &id = {}) {
  nlohmann::json data{{"type", type}, {"attributes", attributes}};
  if (!relationships.is_null()) {
    data["relationships"] = relationships;
  }
  if (!id.empty()) {
    data["id"] = id;
  }
  return {{"data", data}};
}

inline nlohmann::json linkage(const std::string &type, const std::string &id) {
  return {{"data", {{"type", type}, {"id", id}}}};
}

} // namespace contract
