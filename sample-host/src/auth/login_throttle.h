// Slows down guessing: after some failures a login has to wait.
#ifndef PARLEY_SAMPLE_HOST_AUTH_LOGIN_THROTTLE_H
#define PARLEY_SAMPLE_HOST_AUTH_LOGIN_THROTTLE_H

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace host {

// [thread-safe]; in memory, so that a restart forgets.
class LoginThrottle {
public:
  // Seconds to wait before the login may be tried again; 0: now.
  std::int64_t wait_seconds(const std::string &login);
  void failed(const std::string &login);
  void succeeded(const std::string &login);

private:
  struct Failures {
    int count = 0;
    std::int64_t last_us = 0;
  };
  static std::int64_t pause_us(int count);

  std::mutex mutex_;
  std::map<std::string, Failures> failures_;
};

} // namespace host

#endif
