#include "sample-host/src/catalogue/rights.h"

#include <algorithm>
#include <map>

#include <parley/call.h>
#include <parley/ext/authority.h>

#include "sample-host/src/catalogue/database.h"

namespace host {

std::uint32_t level_by_name(std::string_view name) {
  static const std::map<std::string_view, std::uint32_t> levels = {{"none", PARLEY_LEVEL_NONE},
                                                                   {"user", PARLEY_LEVEL_USER},
                                                                   {"unit", PARLEY_LEVEL_UNIT},
                                                                   {"division", PARLEY_LEVEL_DIVISION},
                                                                   {"organization", PARLEY_LEVEL_ORGANIZATION},
                                                                   {"global", PARLEY_LEVEL_GLOBAL}};
  return levels.at(name);
}

std::uint32_t Grants::level(std::string_view subject, std::string_view permission) const {
  if (everything_) {
    return PARLEY_LEVEL_GLOBAL;
  }
  std::uint32_t highest = PARLEY_LEVEL_NONE;
  for (const Grant &grant : grants_) {
    if ((grant.subject == subject || grant.subject == "*") &&
        (grant.permission == permission || grant.permission == "*")) {
      highest = std::max(highest, grant.level);
    }
  }
  return highest;
}

namespace {

// Rows of `source`, a database or one connection of it.
template <class Source>
Grants grants_in(Source &source, const Actor &actor) {
  if (actor.type == PARLEY_ACTOR_SYSTEM) {
    return {{}, true};
  }
  std::vector<Grant> grants;
  for (const Row &row :
       source.rows("select p.subject, p.permission, p.level from actor_roles a"
                   " join roles r on r.id = a.role_id and r.application = ?"
                   " join role_permissions p on p.role_id = a.role_id"
                   " where a.actor_type = ? and a.actor_id = ?",
                   {std::string(actor.side == Side::backoffice ? "backoffice" : "storefront"), actor.type, actor.id})) {
    grants.push_back({text(row[0]), text(row[1]), static_cast<std::uint32_t>(number(row[2]))});
  }
  return {std::move(grants), false};
}

} // namespace

Grants Rights::grants(const Actor &actor) {
  return grants_in(database_, actor);
}

Grants Rights::grants(Connection &connection, const Actor &actor) {
  return grants_in(connection, actor);
}

std::string subtree_sql(std::string_view table) {
  const std::string name(table);
  return "with recursive below (id) as (select id from " + name + " where id = ? union select child.id from " + name +
         " child join below on child.parent_id = below.id) select id from below";
}

namespace {
std::vector<std::string> subtree(Database &database, std::string_view table, const std::string &root) {
  std::vector<std::string> ids;
  for (const Row &row : database.rows(subtree_sql(table), {root})) {
    ids.push_back(text(row[0]));
  }
  return ids;
}
} // namespace

std::vector<std::string> Rights::units_from(const std::string &unit) {
  return subtree(database_, "businessunits", unit);
}

std::vector<std::string> Rights::customers_from(const std::string &customer) {
  return subtree(database_, "customers", customer);
}

std::uint64_t Rights::version() {
  return static_cast<std::uint64_t>(
      number(database_.rows("select value from counters where name = 'rights'").at(0).at(0)));
}

void Rights::bump_version(Connection &connection) {
  connection.execute("update counters set value = value + 1 where name = 'rights'");
}

} // namespace host
