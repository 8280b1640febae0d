// Roles as administrators edit them: how far each permission reaches.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_ROLES_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_ROLES_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sample-host/src/actor.h"
#include "sample-host/src/catalogue/rights.h"

namespace host {

struct Role {
  std::int64_t id;
  std::string name;
  Side side;
  std::int64_t people; // who have it
};

struct RoleChange {
  bool everything;           // every permission, of plugins to come too
  std::vector<Grant> grants; // those that change; PARLEY_LEVEL_NONE takes one away
};

// [thread-safe]. Everything throws DatabaseError.
class Roles {
public:
  explicit Roles(Database &database) : database_(database) {}

  std::vector<Role> all();
  std::optional<Role> find(std::int64_t id);
  Grants grants(const Role &role);
  // All of it, or none: false where the editor could no longer manage roles. Where the role had everything and has it no
  // longer, `grants` are all that it keeps; those of plugins that are not loaded are kept as they are.
  bool save(const Role &role, const RoleChange &change, const Actor &editor);

private:
  Database &database_;
};

} // namespace host

#endif
