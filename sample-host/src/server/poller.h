// Waits for many descriptors at once, and for being woken.
#ifndef PARLEY_SAMPLE_HOST_SERVER_POLLER_H
#define PARLEY_SAMPLE_HOST_SERVER_POLLER_H

#include <chrono>
#include <cstdint>
#include <vector>

#include "sample-host/src/server/descriptor.h"

namespace host {

// For one thread; wake() is [thread-safe].
class Poller {
public:
  enum class For { reading, writing };

  // Throws std::system_error where the system has no more of what it needs.
  Poller();

  // `key` comes back from wait(); 0 is taken. Throws std::system_error.
  void add(int descriptor, std::uint64_t key, For what);
  void change(int descriptor, std::uint64_t key, For what);
  void remove(int descriptor) noexcept;
  // Answers the keys of those that are ready, or broken.
  const std::vector<std::uint64_t> &wait(std::chrono::milliseconds longest);
  void wake() noexcept;

private:
  Descriptor epoll_;
  Descriptor woken_;
  std::vector<std::uint64_t> ready_;
};

} // namespace host

#endif
