#pragma once

#include <string>
#include <vector>

/// What docs/operators.md gives to the role that runs, so that tests run with these rights and no others.
namespace parley::tests {

/// "select, insert, update, delete on tables" and the like, one for each kind of thing in a schema. Throws std::runtime_error
/// where the page has none, as the next one does.
std::vector<std::string> documented_postgresql_rights();
/// "select, insert, update", on a whole database.
std::string documented_mariadb_rights();

/// The statements that a part of the page gives to an administrator or an owner, block by block. `heading` is that of the part.
std::vector<std::vector<std::string>> documented_statements(const std::string &heading);

} // namespace parley::tests
