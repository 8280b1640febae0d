// Whole requests: "POST /notes" in the first line, the body behind it. Routes, documents, relationships, operations.
#include "tests/fuzz/http_world.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static parley::fuzz::HttpWorld world;
  const std::string_view input = parley::fuzz::view(data, size);
  const std::size_t line = input.find('\n');
  const std::string_view head = input.substr(0, line);
  const std::size_t space = head.find(' ');
  world.request(std::string(head.substr(0, space)),
                space == std::string_view::npos ? std::string() : std::string(head.substr(space + 1)),
                line == std::string_view::npos ? std::string() : std::string(input.substr(line + 1)));
  return 0;
}
