#include "sample-host/src/server/poller.h"

#include <array>
#include <cerrno>
#include <system_error>

#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace host {
namespace {

constexpr std::uint64_t waker = 0;

[[noreturn]] void fail(const char *what) {
  throw std::system_error(errno, std::generic_category(), what);
}

epoll_event event_of(std::uint64_t key, Poller::For what) {
  epoll_event event{};
  event.events = what == Poller::For::writing ? EPOLLOUT : EPOLLIN;
  event.data.u64 = key;
  return event;
}

} // namespace

Poller::Poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)), woken_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (epoll_.number() < 0 || woken_.number() < 0) {
    fail("cannot wait for connections");
  }
  add(woken_.number(), waker, For::reading);
}

void Poller::add(int descriptor, std::uint64_t key, For what) {
  epoll_event event = event_of(key, what);
  if (::epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, descriptor, &event) != 0) {
    fail("cannot wait for a connection");
  }
}

void Poller::change(int descriptor, std::uint64_t key, For what) {
  epoll_event event = event_of(key, what);
  if (::epoll_ctl(epoll_.number(), EPOLL_CTL_MOD, descriptor, &event) != 0) {
    fail("cannot wait for a connection");
  }
}

void Poller::remove(int descriptor) noexcept {
  ::epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, descriptor, nullptr);
}

const std::vector<std::uint64_t> &Poller::wait(std::chrono::milliseconds longest) {
  std::array<epoll_event, 64> events{};
  const int count =
      ::epoll_wait(epoll_.number(), events.data(), static_cast<int>(events.size()), static_cast<int>(longest.count()));
  ready_.clear();
  for (int i = 0; i < count; ++i) {
    const std::uint64_t key = events.at(static_cast<std::size_t>(i)).data.u64;
    if (key != waker) {
      ready_.push_back(key);
      continue;
    }
    std::uint64_t times = 0;
    while (::read(woken_.number(), &times, sizeof times) > 0) {
    }
  }
  return ready_;
}

void Poller::wake() noexcept {
  const std::uint64_t once = 1;
  // Fails where so many wakes are waiting already that one more makes no difference.
  [[maybe_unused]] const auto written = ::write(woken_.number(), &once, sizeof once);
}

} // namespace host
