// Requests as programs and browsers send them, to the whole of it: router, plugin, store, SQLite.
#include "tests/fuzz/api_world.hpp"

#include "tests/fuzz/fuzz.hpp"

namespace {

parley::fuzz::ApiWorld &world() {
  static parley::fuzz::ApiWorld only;
  return only;
}

// All 44 rules take longer than a request: one input in so many is looked at in this way, the same ones each time.
constexpr std::uint64_t thorough_share = 64;

std::uint64_t hash(std::string_view bytes) {
  std::uint64_t value = 14695981039346656037ULL; // FNV-1a
  for (const char byte : bytes) {
    value = (value ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  }
  return value;
}

} // namespace

// The plugin is loaded before the first input, so that libFuzzer sees its counters from the start.
extern "C" int LLVMFuzzerInitialize(int *, char ***) {
  world();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view input = parley::fuzz::view(data, size);
  for (const parley::fuzz::ApiRequest &request : parley::fuzz::read_requests(input)) {
    world().send(request);
  }
  world().end_of_input(hash(input) % thorough_share == 0);
  return 0;
}
