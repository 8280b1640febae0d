#include "sample-host/src/catalogue/settings.h"

#include "sample-host/src/catalogue/database.h"

namespace host {

std::vector<std::string> setting_values(Database &database, const std::vector<SettingQuestion> &questions) {
  std::vector<std::string> values;
  for (const SettingQuestion &question : questions) {
    const Rows rows = database.rows(
        "select value from settings where name = ? and (scope = 'system' or (scope = 'organization' and scope_id = ?)"
        " or (scope = 'website' and scope_id = ?))"
        " order by case scope when 'website' then 0 when 'organization' then 1 else 2 end limit 1",
        {question.name, question.organization, question.website});
    values.push_back(rows.empty() ? std::string() : text(rows[0][0]));
  }
  return values;
}

} // namespace host
