#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "plugin/domain/result.hpp"
#include "plugin/store/conversation_store.hpp"
#include "plugin/store/event_store.hpp"
#include "plugin/store/maintenance_store.hpp"
#include "plugin/store/notice.hpp"

/// The one door to the stores: whoever opens them names a database and sees nothing of the adapter behind it.
namespace parley::adapters {

struct StoreOptions {
  /// Of every table: [a-z0-9_], at most 32 characters, no digit first.
  std::string table_prefix = "parley_";
  /// How many connections are used at the same time. SQLite: how many read; one more writes.
  unsigned connections = 8;
  /// How long a call waits for a connection, or for another writer, before it answers busy.
  std::chrono::milliseconds patience{5000};
  /// Servers: how long a statement may take before it is given up (busy).
  std::chrono::milliseconds statement_limit{30'000};
  /// Servers: a thread may be started that cuts connections to a server that hangs. Without it what is left are the
  /// timeouts of the client libraries.
  bool threads = false;
  /// Who hears what whoever runs the host should know of the database while the stores work.
  store::Tell tell;
};

/// They share their connections, which close with the last of them. Safe to use from any thread.
struct Stores {
  std::unique_ptr<store::ConversationStore> conversations;
  std::unique_ptr<store::WorkflowStore> workflows;
  std::unique_ptr<store::EventStore> events;
  std::unique_ptr<store::MaintenanceStore> maintenance;
};

/// Opens what a connection string names (adapters/connection/connection_string.hpp). Creates nothing: the schema must be
/// there and be the one that this build knows.
///
/// Failures: malformed (connection string, options), schema (empty, older or newer; the fault's code is "schema-empty",
/// "schema-behind" or "schema-ahead"), busy, unavailable.
domain::Result<Stores> open(const std::string &connection, const StoreOptions &options = {});

} // namespace parley::adapters
