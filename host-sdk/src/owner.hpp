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
  explicit Owner(std::string name);
  Owner(const Owner &) = delete;
  Owner &operator=(const Owner &) = delete;

  // Name of the plugin; empty: the host.
  const std::string &name() const { return name_; }

  // One call of its operations, on the stack of the thread that makes it.
  class Visit {
  public:
    explicit Visit(Owner &owner) noexcept;
    ~Visit();
    Visit(const Visit &) = delete;
    Visit &operator=(const Visit &) = delete;

    // False once the owner is closed: then nothing may be called.
    bool admitted() const { return admitted_; }

  private:
    friend class Owner;
    Owner &owner_;
    const Visit *outer_; // of this thread
    bool admitted_;
  };

  // Does the calling thread make one of these calls just now? close() would wait for itself then.
  bool within() const noexcept;
  // In a child of the process that made the owner, whose calls nobody there will ever end.
  bool forked() const noexcept;

  // Lets nobody in any more and waits until all have left.
  void close();

private:
  static constexpr std::uint64_t closed = std::uint64_t{1} << 63;

  bool enter() noexcept;
  void leave() noexcept;

  std::string name_;
  const long process_;
  std::atomic<std::uint64_t> state_{0};
  std::mutex mutex_;
  std::condition_variable left_;
};

// Calls a function of the owner, unless it was stopped.
template <class Function>
std::int32_t call_owned(Owner &owner, Function &&function) {
  const Owner::Visit visit(owner);
  return visit.admitted() ? known_status(function()) : PARLEY_STOPPED;
}

} // namespace parley::host

#endif
