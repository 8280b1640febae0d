#pragma once

#include <string>
#include <vector>

#include "adapters/connection/connection_string.hpp"

namespace parley::migrations {

/// One rule that stored data keeps.
struct DataRule {
  std::string name;      ///< stable: "message-all-numbers"
  std::string table;     ///< without prefix: whose rows break it; empty: the file
  std::string sentence;  ///< the rule, for the operator
  std::string offenders; ///< a select of those that break it: conversation (0: none), and what is wrong with it
};

/// All rules that hold on this kind of database, in its words; those of SQLite's file first: whoever breaks one of these
/// breaks others, too.
std::vector<DataRule> data_rules(adapters::Database database);

} // namespace parley::migrations
