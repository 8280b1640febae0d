// Who registered something, and how many of its operations run just now.
#ifndef PARLEY_HOST_OWNER_HPP
#define PARLEY_HOST_OWNER_HPP

#include "host-sdk/src/faults.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>

namespace parley::host {

// Thread-safe. A request may still hold a registry that was replaced; what it calls through a closed owner is refused.
class Owner {
public:
  explicit Owner(std::string name) : name_(std::move(name)) {}
  Owner(const Owner &) = delete;
  Owner &operator=(const Owner &) = delete;

  // Name of the plugin; empty: the host.
  const std::string &name() const { return name_; }

  // False once it is closed. Each success is followed by leave().
  bool enter() noexcept;
  void leave() noexcept;

  // Lets nobody in any more and waits until all have left.
  void close();

private:
  static constexpr std::uint64_t closed = std::uint64_t{1} << 63;

  std::string name_;
  std::atomic<std::uint64_t> state_{0};
  std::mutex mutex_;
  std::condition_variable left_;
};

// Calls a function of the owner, unless it was stopped.
template <class Function>
std::int32_t call_owned(Owner &owner, Function &&function) {
  if (!owner.enter()) {
    return PARLEY_STOPPED;
  }
  struct Leave {
    Owner &owner;
    ~Leave() { owner.leave(); }
  } leave{owner};
  return known_status(function());
}

} // namespace parley::host

#endif
