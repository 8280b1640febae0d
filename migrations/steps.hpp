#pragma once

#include <string_view>
#include <vector>

namespace parley::migrations {

/// A step as it was built in; {prefix} stands for the table prefix.
struct EmbeddedStep {
  int number;
  std::string_view name;
  std::string_view checksum;
  std::string_view sql;
};

/// The steps for each database, by number. Generated from sql/<database>/ when this is built.
const std::vector<EmbeddedStep> &sqlite_steps();
const std::vector<EmbeddedStep> &postgresql_steps();
const std::vector<EmbeddedStep> &mariadb_steps();

} // namespace parley::migrations
