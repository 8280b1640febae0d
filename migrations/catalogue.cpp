#include "migrations/catalogue.hpp"

#include <utility>

namespace parley::migrations {

SchemaDescription described_tables(adapters::Session &session, const char *tables, const char *columns,
                                   const adapters::Parameters &where,
                                   const std::function<std::string(const std::string &)> &cleaned) {
  SchemaDescription description;
  {
    auto rows = session.query(tables, "tt", where);
    while (rows.next()) {
      const std::string name = rows.text();
      description[{"table", name}] = {name, rows.text(), {}};
    }
  }
  auto rows = session.query(columns, "ttt", where);
  while (rows.next()) {
    auto &table = description[{"table", rows.text()}];
    std::string name = rows.text();
    table.columns.emplace(std::move(name), cleaned(rows.text()));
  }
  return description;
}

} // namespace parley::migrations
