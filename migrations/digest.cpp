#include "migrations/digest.hpp"

#include <sodium.h>

#include <array>

namespace parley::migrations {

struct Digest::State {
  crypto_hash_sha256_state hash{};

  void add(const void *bytes, std::size_t size) {
    crypto_hash_sha256_update(&hash, static_cast<const unsigned char *>(bytes), size);
  }
  void add(char mark, std::uint64_t value) {
    std::array<unsigned char, 9> bytes{static_cast<unsigned char>(mark)};
    for (std::size_t at = 1; at < bytes.size(); ++at) {
      bytes.at(at) = static_cast<unsigned char>(value);
      value >>= 8;
    }
    add(bytes.data(), bytes.size());
  }
};

Digest::Digest() : state_(std::make_unique<State>()) {
  crypto_hash_sha256_init(&state_->hash);
}
Digest::Digest(Digest &&) noexcept = default;
Digest &Digest::operator=(Digest &&) noexcept = default;
Digest::~Digest() = default;

void Digest::text(const std::string &value) {
  state_->add('t', value.size());
  state_->add(value.data(), value.size());
}

void Digest::integer(std::int64_t value) {
  state_->add('i', static_cast<std::uint64_t>(value));
}

void Digest::null() {
  state_->add('n', 0);
}

std::string Digest::hex() const {
  auto copy = state_->hash;
  std::array<unsigned char, crypto_hash_sha256_BYTES> bytes{};
  crypto_hash_sha256_final(&copy, bytes.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

} // namespace parley::migrations
