#include "sample-host/src/catalogue/roles.h"

#include <parley/ext/authority.h>

#include "sample-host/src/catalogue/database.h"

namespace host {
namespace {

constexpr const char *select_roles =
    "select r.id, r.name, r.application, (select count(*) from actor_roles a where a.role_id = r.id) from roles r";

Role role_from(const Row &row) {
  return {number(row[0]), text(row[1]), text(row[2]) == "storefront" ? Side::storefront : Side::backoffice,
          number(row[3])};
}

// Ends the transaction of a change that its editor may not want.
struct LockedOut {};

void set_level(Connection &to, const Role &role, const Grant &grant) {
  if (grant.level == PARLEY_LEVEL_NONE) {
    to.execute("delete from role_permissions where role_id = ? and subject = ? and permission = ?",
               {role.id, grant.subject, grant.permission});
    return;
  }
  to.execute("insert into role_permissions (role_id, subject, permission, level) values (?, ?, ?, ?)"
             " on conflict (role_id, subject, permission) do update set level = excluded.level",
             {role.id, grant.subject, grant.permission, static_cast<std::int64_t>(grant.level)});
}

} // namespace

std::vector<Role> Roles::all() {
  std::vector<Role> roles;
  for (const Row &row : database_.rows(std::string(select_roles) + " order by r.application, r.id")) {
    roles.push_back(role_from(row));
  }
  return roles;
}

std::optional<Role> Roles::find(std::int64_t id) {
  const Rows rows = database_.rows(std::string(select_roles) + " where r.id = ?", {id});
  return rows.empty() ? std::nullopt : std::optional(role_from(rows.front()));
}

Grants Roles::grants(const Role &role) {
  std::vector<Grant> grants;
  for (const Row &row :
       database_.rows("select subject, permission, level from role_permissions where role_id = ?", {role.id})) {
    grants.push_back({text(row[0]), text(row[1]), static_cast<std::uint32_t>(number(row[2]))});
  }
  return {std::move(grants), false};
}

bool Roles::save(const Role &role, const RoleChange &change, const Actor &editor) {
  try {
    database_.write([&](Connection &connection) {
      if (change.everything) {
        set_level(connection, role, {"*", "*", PARLEY_LEVEL_GLOBAL});
      } else {
        connection.execute("delete from role_permissions where role_id = ? and (subject = '*' or permission = '*')",
                           {role.id});
      }
      for (const Grant &grant : change.grants) {
        set_level(connection, role, grant);
      }
      if (Rights::grants(connection, editor).level(managed::roles, managed::manage) == PARLEY_LEVEL_NONE) {
        throw LockedOut();
      }
      Rights::bump_version(connection);
    });
  } catch (const LockedOut &) {
    return false;
  }
  return true;
}

} // namespace host
