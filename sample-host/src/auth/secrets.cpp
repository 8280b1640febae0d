#include "sample-host/src/auth/secrets.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include <sodium.h>

namespace host {
namespace {

constexpr int most_at_once = 2;  // each verification needs 64 MiB
constexpr int most_waiting = 16; // each holds a thread that others would be answered by

struct Gate {
  std::mutex mutex;
  std::condition_variable left;
  int inside = 0;
  int waiting = 0;
};

Gate &gate() {
  static Gate gate;
  return gate;
}

} // namespace

VerificationPass::VerificationPass() {
  std::unique_lock lock(gate().mutex);
  if (gate().inside >= most_at_once && gate().waiting >= most_waiting) {
    return;
  }
  ++gate().waiting;
  gate().left.wait(lock, [] { return gate().inside < most_at_once; });
  --gate().waiting;
  ++gate().inside;
  granted_ = true;
}

VerificationPass::~VerificationPass() {
  if (granted_) {
    {
      const std::lock_guard lock(gate().mutex);
      --gate().inside;
    }
    gate().left.notify_one();
  }
}

void prepare_secrets() {
  if (sodium_init() < 0) {
    throw std::runtime_error("libsodium does not start");
  }
}

std::string hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    throw std::runtime_error("not enough memory for a password hash");
  }
  return hash.data();
}

bool verify_password(const std::string &hash, std::string_view password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void verify_nothing(std::string_view password) {
  static const std::string nobody = hash_password("nobody has this password");
  verify_password(nobody, password);
}

std::string random_token() {
  std::array<char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return base64url_encode({bytes.data(), bytes.size()});
}

std::string digest(std::string_view bytes, std::string_view key) {
  std::array<unsigned char, 32> hash{};
  const auto *data = reinterpret_cast<const unsigned char *>(bytes.data());
  const auto *key_data = reinterpret_cast<const unsigned char *>(key.data());
  crypto_generichash(hash.data(), hash.size(), data, bytes.size(), key.empty() ? nullptr : key_data,
                     std::min<std::size_t>(key.size(), crypto_generichash_KEYBYTES_MAX));
  std::array<char, 65> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

bool same_secret(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string base64url_encode(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(),
                    variant);
  text.pop_back(); // the terminator
  return text;
}

std::string base64_decode(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '=') {
      plain.push_back(c == '+' ? '-' : c == '/' ? '_' : c);
    }
  }
  std::string bytes(plain.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char *>(bytes.data()), bytes.size(), plain.data(), plain.size(),
                        nullptr, &length, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return {};
  }
  bytes.resize(length);
  return bytes;
}

} // namespace host
