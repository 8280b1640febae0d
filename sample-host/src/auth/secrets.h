// Password hashes, random tokens, digests. libsodium stays in the .cpp. [thread-safe]
#ifndef PARLEY_SAMPLE_HOST_AUTH_SECRETS_H
#define PARLEY_SAMPLE_HOST_AUTH_SECRETS_H

#include <string>
#include <string_view>

namespace host {

// To be called once, before anything else here.
void prepare_secrets();

std::string hash_password(std::string_view password);

// Leave to verify a password: few have it at once, the others wait. Not granted where too many wait already, so that logins never take
// all the threads that answer.
class VerificationPass {
public:
  VerificationPass();
  ~VerificationPass();
  VerificationPass(const VerificationPass &) = delete;
  VerificationPass &operator=(const VerificationPass &) = delete;

  bool granted() const { return granted_; }

private:
  bool granted_ = false;
};

// Takes tens of milliseconds and 64 MiB, with a VerificationPass in hand.
bool verify_password(const std::string &hash, std::string_view password);
// For a login that does not exist: takes as long as a real one.
void verify_nothing(std::string_view password);

// 256 random bits, in characters that cookies and addresses may hold.
std::string random_token();
// Keyed digest in hexadecimal; `key` may be empty.
std::string digest(std::string_view bytes, std::string_view key = {});
bool same_secret(std::string_view left, std::string_view right);

std::string base64url_encode(std::string_view bytes);
// Takes both alphabets, with and without padding; empty when broken.
std::string base64_decode(std::string_view text);

} // namespace host

#endif
