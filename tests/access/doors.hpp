// Every way by which a conversation could show. A door is one entry of the table in doors.cpp.
#pragma once

#include "tests/access/visit.hpp"

namespace access_test {

struct Door {
  const char *name;
  std::uint32_t applications;
  bool changes; // the database: such doors come last
  void (*go)(Visit &visit);
};

const std::vector<Door> &doors();

} // namespace access_test
