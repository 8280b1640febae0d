// What the tests of lists look at: conversations whose members repeat, so that keys have ties.
#pragma once

#include <vector>

#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {

/// Who sees all of them in the storefront: Amanda, of no customer, in those of both customers and in her own of none.
Scope whole_shop();

class ListTest : public StoreTest {
protected:
  void SetUp() override;

  static store::ConversationQuery query(const Scope &scope = everything());

  std::vector<ConversationId> ids_;
};

} // namespace parley::tests
