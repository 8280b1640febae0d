// libparley-host, as this host uses it: its own entities, the plugins, and requests over both.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_PLUGINS_H
#define PARLEY_SAMPLE_HOST_CONTRACT_PLUGINS_H

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sample-host/src/contract/services.h"

namespace host {

class Call;

// A plugin that does not load or start. what() has a line for each fault.
class PluginError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

struct ApiRequest {
  std::string method;
  std::string base;  // where the API is mounted
  std::string path;  // rest of the path, percent-encoded
  std::string query; // percent-encoded
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct ApiAnswer {
  int status = 500;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct Asset {
  std::string_view bytes; // valid until the plugins are stopped
  std::string content_type;
  std::string etag;
};

// Maintenance of a plugin.
struct JobDescription {
  std::string plugin;
  std::string name;
  std::chrono::microseconds interval{0};
};

// How programs log in to the API of either side; see parley_runtime_options.
struct SecuritySchemes {
  std::string backoffice;
  std::string storefront;
};

class Plugins {
public:
  // Registers the host's own entities. Throws PluginError.
  Plugins(const Services &services, const SecuritySchemes &security_schemes);
  ~Plugins();
  Plugins(const Plugins &) = delete;
  Plugins &operator=(const Plugins &) = delete;

  // configuration: members that this host can fill in; a plugin gets those that its schema names.
  // Not while requests run. Throws PluginError.
  void load(const std::string &file, const std::vector<std::pair<std::string, std::string>> &configuration);
  void stop();

  // These are [thread-safe].
  std::vector<JobDescription> jobs();
  // Runs a job once, for as long as a request may take. True: work is left. Throws Fault.
  bool run_job(const Call &call, const JobDescription &job);
  ApiAnswer handle(const Call &call, const ApiRequest &request);
  // What the actor gets to see, as JSON; throws Fault.
  std::string surface(const Call &call);
  // Everything that is registered, as JSON with labels in all locales; throws Fault.
  std::string description();
  // Tells plugins what happened (PARLEY_HAPPENED_*), after the commit; `type` and `id` are those of parley_host_event. What a
  // plugin answers stands in the log: what happened stands, and plugins find later what they missed.
  void tell(const Call &call, std::uint32_t happened, const std::string &type = {}, const std::string &id = {});
  std::optional<Asset> asset(const std::string &plugin, const std::string &path);

private:
  class Runtime;
  std::unique_ptr<Runtime> runtime_;
};

} // namespace host

#endif
