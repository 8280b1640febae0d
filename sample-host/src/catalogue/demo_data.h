// Fills an empty file from data/demo.json.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_DEMO_DATA_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_DEMO_DATA_H

#include <string>
#include <vector>

namespace host {

class Database;

// Does nothing where the file has data. Safe when several hosts start on one file. Throws DatabaseError.
void fill_with_demo_data(Database &database);

struct DemoLogin {
  std::string login;
  std::string name;
  std::string role;
  bool storefront;
};
std::vector<DemoLogin> demo_logins();
std::string demo_password();

} // namespace host

#endif
