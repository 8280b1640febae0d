// What the host's tables and entities work with.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_SERVICES_H
#define PARLEY_SAMPLE_HOST_CONTRACT_SERVICES_H

namespace host {

class Accounts;
class Database;
class EntityReader;
class Log;
class Rights;

// Becomes parley_host::data. Everything in it is [thread-safe].
struct Services {
  Database &database;
  Accounts &accounts;
  Rights &rights;
  EntityReader &records;
  Log &log;
};

} // namespace host

#endif
