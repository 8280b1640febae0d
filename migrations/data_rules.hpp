#pragma once

#include <string>
#include <vector>

namespace parley::migrations {

/// One rule that stored data keeps.
struct DataRule {
  std::string name;      ///< stable: "message-all-numbers"
  std::string table;     ///< without prefix: whose rows break it; empty: the file
  std::string sentence;  ///< the rule, for the operator
  std::string offenders; ///< a select of those that break it: conversation (0: none), and what is wrong with it
};

/// All rules, in the words of SQLite; those of the file itself first: whoever breaks one of these breaks others, too.
const std::vector<DataRule> &data_rules();

} // namespace parley::migrations
