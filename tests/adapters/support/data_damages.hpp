#pragma once

#include <string>
#include <vector>

#include "migrations/data_checks.hpp"
#include "tests/adapters/support/store_test.hpp"

/// What tests of data rules have in common: a database that keeps all rules, and what breaks each of them.
namespace parley::tests {

/// What somebody did to the tables behind the plugin's back. Conversation 1 has the messages
///   1 public text by Amanda, 2 internal text by Dana, 3 assigned to Charlie, 4 public text by John, 5 context added,
///   6 closed, 7 reopened;
/// conversation 2 has a public text by Brian; 3 was deleted.
struct Damage {
  std::string rule;
  std::int64_t conversation; ///< that it is blamed on
  std::vector<std::string> statements;
};

const std::vector<Damage> &damages();

/// Names of the rules that are broken.
std::vector<std::string> broken(const migrations::DataReport &report);
std::string explained(const migrations::DataReport &report);
const migrations::DataResult &result_of(const migrations::DataReport &report, const std::string &name);

/// With the conversations that Damage tells of, and the stores closed.
class SampleDataTest : public StoreTest {
protected:
  SampleDataTest();

  ConversationId first_ = 0;
};

} // namespace parley::tests
