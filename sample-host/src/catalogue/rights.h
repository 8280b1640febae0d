// Roles: how far the permissions of an actor reach.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_RIGHTS_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_RIGHTS_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sample-host/src/actor.h"

namespace host {

class Connection;
class Database;

// What the host itself lets people manage: the permission, and its subjects.
namespace managed {
inline constexpr const char *manage = "manage";
inline constexpr const char *api_tokens = "apitokens";
inline constexpr const char *settings = "settings";
inline constexpr const char *roles = "roles";
} // namespace managed

// "none" .. "global" -> PARLEY_LEVEL_*; throws std::out_of_range.
std::uint32_t level_by_name(std::string_view name);

// One row of a role: a permission on a subject, '*' for any.
struct Grant {
  std::string subject;
  std::string permission;
  std::uint32_t level;
};

// All grants of one actor. A plain value.
class Grants {
public:
  Grants(std::vector<Grant> grants, bool everything) : grants_(std::move(grants)), everything_(everything) {}
  std::uint32_t level(std::string_view subject, std::string_view permission) const;

private:
  std::vector<Grant> grants_;
  bool everything_;
};

// [thread-safe]. Throws DatabaseError.
class Rights {
public:
  explicit Rights(Database &database) : database_(database) {}

  // Reads all roles of the actor once.
  Grants grants(const Actor &actor);
  // The same within a transaction.
  static Grants grants(Connection &connection, const Actor &actor);
  // Ids of a business unit and those below it; of a customer and its subsidiaries.
  std::vector<std::string> units_from(const std::string &unit);
  std::vector<std::string> customers_from(const std::string &customer);
  // Grows whenever somebody's rights may have changed.
  std::uint64_t version();
  static void bump_version(Connection &connection);

private:
  Database &database_;
};

// SQL of a list of ids: the root, bound as one "?", and all below it in a table with parent_id.
std::string subtree_sql(std::string_view table);

} // namespace host

#endif
