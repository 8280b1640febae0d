#include "sample-host/src/catalogue/settings.h"

#include "sample-host/src/catalogue/database.h"

namespace host {

std::vector<std::string> Settings::effective(const std::vector<SettingQuestion> &questions) {
  std::vector<std::string> values;
  for (const SettingQuestion &question : questions) {
    const Rows rows = database_.rows(
        "select value from settings where name = ? and (scope = 'system' or (scope = 'organization' and scope_id = ?)"
        " or (scope = 'website' and scope_id = ?))"
        " order by case scope when 'website' then 0 when 'organization' then 1 else 2 end limit 1",
        {question.name, question.organization, question.website});
    values.push_back(rows.empty() ? std::string() : text(rows[0][0]));
  }
  return values;
}

std::vector<SettingLevel> Settings::levels() {
  std::vector<SettingLevel> levels{{"system", "", "", ""}};
  for (const Row &organization : database_.rows("select id, name from organizations order by id")) {
    levels.push_back({"organization", text(organization[0]), text(organization[1]), ""});
    for (const Row &website : database_.rows("select id, name from websites where organization_id = ? order by id",
                                             {number(organization[0])})) {
      levels.push_back({"website", text(website[0]), text(website[1]), text(organization[0])});
    }
  }
  return levels;
}

std::map<std::string, std::string> Settings::own(const SettingLevel &level) {
  std::map<std::string, std::string> values;
  for (const Row &row :
       database_.rows("select name, value from settings where scope = ? and scope_id = ?", {level.scope, level.id})) {
    values.emplace(text(row[0]), text(row[1]));
  }
  return values;
}

void Settings::save(const SettingLevel &level, const SettingChanges &changes) {
  database_.write([&](Connection &connection) {
    for (const auto &[name, value] : changes) {
      if (value) {
        connection.execute("insert into settings (name, scope, scope_id, value) values (?, ?, ?, ?)"
                           " on conflict (name, scope, scope_id) do update set value = excluded.value",
                           {name, level.scope, level.id, *value});
      } else {
        connection.execute("delete from settings where name = ? and scope = ? and scope_id = ?",
                           {name, level.scope, level.id});
      }
    }
  });
}

} // namespace host
