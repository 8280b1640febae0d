// The plugin's configuration.
#include "plugin/jsonapi/configuration.hpp"

#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  using parley::fuzz::expect;
  const std::string_view text = parley::fuzz::view(data, size);
  const auto read = parley::jsonapi::read_configuration(text);
  if (!read) {
    expect(!read.failure().faults.empty(), "a failure has faults");
    for (const auto &fault : read.failure().faults) {
      expect(!fault.code.empty() && !fault.detail.empty(), "a fault says what is wrong");
    }
    return 0;
  }
  expect(parley::fuzz::depth_of(text) <= 64, "what is nested deeper is refused");
  expect(read.value().database.find(':') != std::string::npos, "the database is a connection string");
  expect(read.value().database.find('\0') == std::string::npos, "the database holds no NUL");
  expect(read.value().pool_size >= 1 && read.value().pool_size <= 256, "the pool has its limits");
  expect(read.value().table_prefix.size() <= 32, "the prefix has its limits");
  for (const char letter : read.value().table_prefix) {
    expect((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_',
           "the prefix goes into SQL as it is");
  }
  return 0;
}
