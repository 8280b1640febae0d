// The rows of the test: who asks.
#pragma once

#include "tests/access/shop.hpp"

namespace access_test {

const std::vector<Person> &persons();

} // namespace access_test
