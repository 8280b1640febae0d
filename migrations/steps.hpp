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

/// The steps for SQLite, by number. Generated from sql/sqlite/ when this is built.
const std::vector<EmbeddedStep> &sqlite_steps();

} // namespace parley::migrations
