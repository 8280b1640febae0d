#pragma once

#include <string>
#include <vector>

#include "plugin/store/conversation_store.hpp"
#include "tests/support/sqlite/sqlite_meter.hpp"

namespace parley::tests {

/// A scope of somebody on a generated database.
struct NamedScope {
  std::string name;
  domain::Scope scope;
};
std::vector<NamedScope> generated_scopes(std::int64_t groups);

/// What one read of the store cost.
struct ReadWork {
  std::string name; ///< "panel orders/hot: back office, unit dense"
  std::size_t rows = 0;
  Work work;
};

/// Does every kind of read that people wait for on a generated database, for each kind of scope in both audiences, and
/// says what each cost. Throws std::runtime_error where one fails. `groups`: how many units, and customers, the largest
/// scopes list.
std::vector<ReadWork> measure_reads(store::ConversationStore &store, SqliteMeter &meter, std::int64_t groups);

} // namespace parley::tests
