#include "plugin/abi/fingerprint.hpp"

#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

#include <array>

namespace parley::abi {
namespace {

void add(crypto_hash_sha256_state &state, std::string_view bytes) {
  // Views of nothing have no address that a C function may be given.
  const std::string text(bytes);
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char *>(text.data()), text.size());
}

} // namespace

std::string fingerprint(const std::vector<std::string_view> &parts) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const std::string_view part : parts) {
    add(state, std::to_string(part.size()) + ':');
    add(state, part);
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::array<char, crypto_hash_sha256_BYTES * 2 + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), digest.data(), digest.size());
  return digits.data();
}

} // namespace parley::abi
