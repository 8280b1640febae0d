#include "adapters/sql/random_id.hpp"

#include <random>

namespace parley::adapters::sql {

std::string random_id() {
  static constexpr char kHex[] = "0123456789abcdef";
  thread_local std::random_device device; // the system's own source, asked each time: nothing to predict
  std::string text;
  text.reserve(32);
  for (int word = 0; word < 4; ++word) {
    unsigned bits = device();
    for (int digit = 0; digit < 8; ++digit) {
      text += kHex[bits & 0xfU];
      bits >>= 4U;
    }
  }
  return text;
}

} // namespace parley::adapters::sql
