// Values of settings in their levels: system, organization, website. The host keeps values by name and knows the meaning of
// its own alone.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_SETTINGS_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_SETTINGS_H

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace host {

class Database;

// The host's own: rows on a page of a grid; where nobody set it, each entity has its own number.
inline constexpr const char *rows_per_page = "grids.rows_per_page";

struct SettingQuestion {
  std::string name;
  std::string organization; // or empty
  std::string website;      // or empty
};

// A place where settings can have values of their own.
struct SettingLevel {
  std::string scope;        // "system", "organization", "website"
  std::string id;           // empty for the system
  std::string name;         // empty for the system
  std::string organization; // of a website: whose it is
};

// By name: JSON, or nothing where the wider level holds.
using SettingChanges = std::map<std::string, std::optional<std::string>>;

// [thread-safe]. Everything throws DatabaseError.
class Settings {
public:
  explicit Settings(Database &database) : database_(database) {}

  // JSON of each, in order; empty where nobody set one. The narrowest scope wins.
  std::vector<std::string> effective(const std::vector<SettingQuestion> &questions);
  // The system, then each organization with its websites behind it.
  std::vector<SettingLevel> levels();
  // What this level itself has: name -> JSON.
  std::map<std::string, std::string> own(const SettingLevel &level);
  // All of them, or none.
  void save(const SettingLevel &level, const SettingChanges &changes);

private:
  Database &database_;
};

} // namespace host

#endif
