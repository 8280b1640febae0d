// Effective values of settings. The host keeps values by name and knows no setting's meaning.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_SETTINGS_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_SETTINGS_H

#include <string>
#include <vector>

namespace host {

class Database;

struct SettingQuestion {
  std::string name;
  std::string organization; // or empty
  std::string website;      // or empty
};

// JSON of each, in order; empty where nobody set one. The narrowest scope wins. Throws DatabaseError.
std::vector<std::string> setting_values(Database &database, const std::vector<SettingQuestion> &questions);

} // namespace host

#endif
