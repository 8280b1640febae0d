#include "sample-host/src/application.h"

#include <csignal>
#include <filesystem>
#include <iostream>

#include <nlohmann/json.hpp>

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/auth/api_tokens.h"
#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/auth/sessions.h"
#include "sample-host/src/catalogue/database.h"
#include "sample-host/src/catalogue/demo_data.h"
#include "sample-host/src/catalogue/entity_reader.h"
#include "sample-host/src/catalogue/preferences.h"
#include "sample-host/src/catalogue/rights.h"
#include "sample-host/src/catalogue/roles.h"
#include "sample-host/src/catalogue/settings.h"
#include "sample-host/src/contract/log.h"
#include "sample-host/src/contract/maintenance.h"
#include "sample-host/src/contract/plugins.h"
#include "sample-host/src/server/http_server.h"
#include "sample-host/src/web/api.h"
#include "sample-host/src/web/front.h"

namespace host {
namespace {

// What SQLite keeps beside a file goes with it.
void remove_database(const std::filesystem::path &file) {
  for (const char *suffix : {"", "-wal", "-shm", "-journal"}) {
    std::filesystem::remove(file.string() + suffix);
  }
}

void greet(std::uint16_t port) {
  const std::string address = "http://127.0.0.1:" + std::to_string(port);
  std::cout << "Listening on " << address << "\n\n"
            << "  back office  " << address << "/admin\n"
            << "  storefront   " << address << "/\n\n"
            << "Everybody's password is " << demo_password() << ".\n\n";
  for (const DemoLogin &login : demo_logins()) {
    const std::size_t width = 20;
    std::cout << "  " << (login.storefront ? "storefront   " : "back office  ") << login.login
              << std::string(login.login.size() < width ? width - login.login.size() : 1, ' ') << login.name << ", "
              << login.role << "\n";
  }
  std::cout << std::endl;
}

int wait_for_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  int signal = 0;
  sigwait(&signals, &signal);
  return signal;
}

} // namespace

void run(const Options &options) {
  const std::filesystem::path folder = options.data;
  std::filesystem::create_directories(folder);
  if (options.fresh) {
    remove_database(folder / "host.db");
    remove_database(folder / "parley.db");
  }
  prepare_secrets();

  Log log;
  Database database((folder / "host.db").string());
  fill_with_demo_data(database);
  Accounts accounts(database);
  ApiTokens tokens(database, accounts);
  Sessions sessions(database);
  Rights rights(database);
  EntityReader records(database);
  const Services services{database, accounts, rights, records, log};

  Plugins plugins(services, {security_schemes(backoffice_site()), security_schemes(storefront_site())});
  const std::string plugin_database =
      options.database.empty() ? "sqlite:" + (folder / "parley.db").string() : options.database;
  for (const std::string &file : options.plugins) {
    plugins.load(file, {{"database", plugin_database}});
  }

  if (!options.run_job.empty()) {
    run_job_now(plugins, options.run_job);
    plugins.stop();
    return;
  }

  Maintenance maintenance(plugins, log);
  Preferences preferences(database);
  Settings settings(database);
  Roles roles(database);
  Front front({accounts, tokens, sessions, rights, preferences, settings, roles, plugins, log});
  HttpServer server(
      options.port, [&front](const Request &request) { return front.handle(request); }, refusal, options.limits);
  server.start();
  maintenance.start();
  greet(server.port());
  wait_for_signal();
  maintenance.stop();
  server.stop();
  plugins.stop();
}

} // namespace host
