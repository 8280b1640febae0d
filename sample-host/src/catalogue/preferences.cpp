#include "sample-host/src/catalogue/preferences.h"

#include "sample-host/src/catalogue/database.h"

namespace host {

std::string Preferences::value(const Actor &actor, std::string_view name) {
  const Rows rows = database_.rows("select value from preferences where actor_type = ? and actor_id = ? and name = ?",
                                   {actor.type, actor.id, std::string(name)});
  return rows.empty() ? std::string() : text(rows[0][0]);
}

void Preferences::set(const Actor &actor, std::string_view name, const std::string &value) {
  database_.write([&](Connection &connection) {
    if (value.empty()) {
      connection.execute("delete from preferences where actor_type = ? and actor_id = ? and name = ?",
                         {actor.type, actor.id, std::string(name)});
    } else {
      connection.execute("insert into preferences (actor_type, actor_id, name, value) values (?, ?, ?, ?)"
                         " on conflict (actor_type, actor_id, name) do update set value = excluded.value",
                         {actor.type, actor.id, std::string(name), value});
    }
  });
}

} // namespace host
