#include "host-sdk/src/loading/required.hpp"

#include "host-sdk/src/abi.hpp"

#include <parley/ext/access.h>
#include <parley/ext/assets.h>
#include <parley/ext/clock.h>
#include <parley/ext/configure.h>
#include <parley/ext/draft/events.h>
#include <parley/ext/draft/health.h>
#include <parley/ext/draft/metrics.h>
#include <parley/ext/feed.h>
#include <parley/ext/host_events.h>
#include <parley/ext/info.h>
#include <parley/ext/jobs.h>
#include <parley/ext/log.h>
#include <parley/ext/migrations.h>
#include <parley/ext/records.h>
#include <parley/ext/settings.h>

namespace parley::host {
namespace {

template <class Table, class Member>
void need(const Table *table, Member Table::*member, const char *name, std::string_view id, Faults &faults) {
  if (!has_function(table, member)) {
    Fault fault;
    fault.status = PARLEY_INCOMPATIBLE;
    fault.code = "missing-function";
    fault.detail = std::string(id) + ": the required function " + name + " is missing.";
    faults.push_back(std::move(fault));
  }
}

template <class Table>
struct Required {
  const Table *table;
  std::string_view id;
  Faults &faults;

  template <class Member>
  Required &function(Member Table::*member, const char *name) {
    if (table != nullptr) {
      need(table, member, name, id, faults);
    }
    return *this;
  }
};

template <class Table>
Required<Table> required(const FindTable &find, std::string_view id, Faults &faults) {
  return {static_cast<const Table *>(find(id)), id, faults};
}

} // namespace

void check_plugin_functions(const parley_plugin &plugin, Faults &faults) {
  Required<parley_plugin>{&plugin, "parley_plugin", faults}
      .function(&parley_plugin::start, "parley_plugin::start")
      .function(&parley_plugin::stop, "parley_plugin::stop")
      .function(&parley_plugin::destroy, "parley_plugin::destroy")
      .function(&parley_plugin::get_extension, "parley_plugin::get_extension");
}

void check_plugin_tables(const FindTable &find, Faults &faults) {
  required<parley_configure>(find, PARLEY_CONFIGURE_ID, faults)
      .function(&parley_configure::schema, "parley_configure::schema")
      .function(&parley_configure::validate, "parley_configure::validate");
  required<parley_migrations>(find, PARLEY_MIGRATIONS_ID, faults)
      .function(&parley_migrations::status, "parley_migrations::status")
      .function(&parley_migrations::plan, "parley_migrations::plan")
      .function(&parley_migrations::apply, "parley_migrations::apply")
      .function(&parley_migrations::verify, "parley_migrations::verify");
  required<parley_assets>(find, PARLEY_ASSETS_ID, faults).function(&parley_assets::list, "parley_assets::list");
  required<parley_host_events>(find, PARLEY_HOST_EVENTS_ID, faults)
      .function(&parley_host_events::notify, "parley_host_events::notify");
  required<parley_jobs>(find, PARLEY_JOBS_ID, faults)
      .function(&parley_jobs::list, "parley_jobs::list")
      .function(&parley_jobs::run, "parley_jobs::run");
  required<parley_feed>(find, PARLEY_FEED_ID, faults)
      .function(&parley_feed::read, "parley_feed::read")
      .function(&parley_feed::wait, "parley_feed::wait")
      .function(&parley_feed::locate, "parley_feed::locate");
  required<parley_health>(find, PARLEY_HEALTH_ID, faults).function(&parley_health::ready, "parley_health::ready");
  required<parley_metrics>(find, PARLEY_METRICS_ID, faults).function(&parley_metrics::write, "parley_metrics::write");
}

void check_host_tables(const FindTable &find, Faults &faults) {
  required<parley_access>(find, PARLEY_ACCESS_ID, faults)
      .function(&parley_access::scopes, "parley_access::scopes")
      .function(&parley_access::visible, "parley_access::visible");
  required<parley_records>(find, PARLEY_RECORDS_ID, faults)
      .function(&parley_records::resolve, "parley_records::resolve");
  required<parley_clock>(find, PARLEY_CLOCK_ID, faults).function(&parley_clock::now_us, "parley_clock::now_us");
  required<parley_log>(find, PARLEY_LOG_ID, faults)
      .function(&parley_log::write, "parley_log::write")
      .function(&parley_log::level, "parley_log::level");
  required<parley_settings>(find, PARLEY_SETTINGS_ID, faults)
      .function(&parley_settings::values, "parley_settings::values");
  required<parley_events>(find, PARLEY_EVENTS_ID, faults).function(&parley_events::hint, "parley_events::hint");
}

} // namespace parley::host
