// What people like: small texts by name, kept for each of them.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_PREFERENCES_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_PREFERENCES_H

#include <string>
#include <string_view>

#include "sample-host/src/actor.h"

namespace host {

class Database;

// [thread-safe]. Everything throws DatabaseError.
class Preferences {
public:
  explicit Preferences(Database &database) : database_(database) {}

  // Empty where the person chose nothing.
  std::string value(const Actor &actor, std::string_view name);
  // An empty value forgets the choice.
  void set(const Actor &actor, std::string_view name, const std::string &value);

private:
  Database &database_;
};

} // namespace host

#endif
