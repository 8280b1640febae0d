// The query string of a list: paging, sort, filters, includes, fieldsets.
#include "tests/fuzz/http_world.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static parley::fuzz::HttpWorld world;
  world.request("GET", "/notes?" + std::string(parley::fuzz::view(data, size)), {});
  return 0;
}
