/// The one door of a plugin: every function that a host may call goes through a Guard.
///
/// It lets nothing out but a status (no exception crosses the border), refuses calls before `start`, after `stop` and in
/// a forked child, counts the calls that run so that `stop` can wait for them, and turns away what nobody waits for any
/// more. Header only, standard library only.
#pragma once

#include <parley/call.h>
#include <parley/cpp/errors.hpp>
#include <parley/status.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <new>
#include <typeinfo>

#if !defined(_WIN32)
#include <unistd.h>
#endif

namespace parley::cpp {

/// One for each instance of a plugin. All functions are safe to call from any thread; open() and close() by one at a time.
class Guard {
public:
  /// A defect that was caught: an exception that should not have happened. For the log, never for the caller.
  struct Defect {
    const parley_call *call; ///< for whose request, or NULL
    const char *type;        ///< mangled name of the exception's type, "" when it is not a std::exception
    const char *what;        ///< its text, which may hold bound values: think before you log it
  };
  using Listener = void (*)(void *context, const Defect &defect);

  Guard() = default;
  Guard(const Guard &) = delete;
  Guard &operator=(const Guard &) = delete;
  Guard(Guard &&) = delete;
  Guard &operator=(Guard &&) = delete;
  ~Guard() = default;

  /// Who is told of defects. To be set before the first call; what it throws is swallowed.
  void on_defect(Listener listener, void *context) noexcept {
    listener_ = listener;
    listener_context_ = context;
  }

  /// Lets calls in, in this process. PARLEY_OK, or PARLEY_WRONG_STATE where it is open already.
  std::int32_t open() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (open_) {
      return PARLEY_WRONG_STATE;
    }
    process_ = this_process();
    running_ = 0;
    open_ = true;
    return PARLEY_OK;
  }

  /// Refuses new calls and waits for those that run. PARLEY_OK, also where it is not open. PARLEY_WRONG_STATE from within
  /// a call, which would wait for itself; PARLEY_FORKED in a child, whose parent's threads are not there to be awaited.
  std::int32_t close(const parley_error_sink *errors) noexcept {
    return close(errors, [] {});
  }

  /// As above. `wake` is called once new calls are refused (is_open() is false), without a lock: calls that wait for
  /// something learn there that it will not come. It must not throw.
  template <class Wake>
  std::int32_t close(const parley_error_sink *errors, Wake &&wake) noexcept {
    if (forked()) {
      return report(errors, PARLEY_FORKED, "forked", "The plugin was started by the parent of this process.");
    }
    if (within_call()) {
      return report(errors, PARLEY_WRONG_STATE, "within-call", "A plugin cannot be stopped from within a call.");
    }
    std::unique_lock<std::mutex> lock(mutex_);
    open_ = false;
    lock.unlock();
    wake();
    lock.lock();
    drained_.wait(lock, [this] { return running_ == 0; });
    process_ = 0;
    return PARLEY_OK;
  }

  [[nodiscard]] bool is_open() const noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    return open_;
  }

  /// True in a child of the process that opened it.
  [[nodiscard]] bool forked() const noexcept {
    const long process = process_; // once: close() may set it to 0 meanwhile
    return process != 0 && process != this_process();
  }

  /// Does `work`, a function without arguments that answers a status, for a request. Answers that status, or:
  /// PARLEY_FORKED, PARLEY_STOPPED, PARLEY_INVALID (no call), PARLEY_CANCELLED, PARLEY_TIMED_OUT without having begun;
  /// PARLEY_INTERNAL with the error "internal" where `work` threw.
  template <class Work>
  std::int32_t run(const parley_call *call, const parley_error_sink *errors, Work &&work) noexcept {
    if (forked()) {
      return report(errors, PARLEY_FORKED, "forked", "The plugin was started by the parent of this process.");
    }
    const Running running(*this);
    if (!running.admitted()) {
      return report(errors, PARLEY_STOPPED, "stopped", "The plugin is not started.");
    }
    if (call == nullptr || !PARLEY_HAS(call, parley_call, actor)) {
      return report(errors, PARLEY_INVALID, "no-call", "A request needs a call that says who asks.");
    }
    if (PARLEY_HAS_FUNCTION(call, parley_call, cancelled) && call->cancelled(call) != 0) {
      return report(errors, PARLEY_CANCELLED, "cancelled", "The caller cancelled the call.");
    }
    if (call->time_left_us <= 0) {
      return report(errors, PARLEY_TIMED_OUT, "timed-out", "There is no time left for the call.");
    }
    return contain(call, errors, work);
  }

  /// Does `work` outside of requests: create, start, and tables that work before start. Only keeps exceptions in.
  template <class Work>
  std::int32_t contain(const parley_call *call, const parley_error_sink *errors, Work &&work) noexcept {
    try {
      return work();
    } catch (const std::bad_alloc &error) {
      tell(Defect{call, typeid(error).name(), error.what()});
    } catch (const std::exception &error) {
      tell(Defect{call, typeid(error).name(), error.what()});
    } catch (...) {
      tell(Defect{call, "", ""});
    }
    return report(errors, PARLEY_INTERNAL, "internal", "Something went wrong. The log of the host says more.");
  }

private:
  /// One call that runs, for as long as it lives. The calls of a thread are linked, so that close() finds its own.
  class Running {
  public:
    explicit Running(Guard &guard) noexcept : guard_(guard), outer_(innermost()) {
      const std::lock_guard<std::mutex> lock(guard_.mutex_);
      admitted_ = guard_.open_;
      if (admitted_) {
        ++guard_.running_;
        innermost() = this;
      }
    }
    ~Running() {
      if (!admitted_) {
        return;
      }
      innermost() = outer_;
      // Notified under the lock: once close() has returned, the guard may be gone.
      const std::lock_guard<std::mutex> lock(guard_.mutex_);
      if (--guard_.running_ == 0 && !guard_.open_) {
        guard_.drained_.notify_all();
      }
    }
    Running(const Running &) = delete;
    Running &operator=(const Running &) = delete;
    Running(Running &&) = delete;
    Running &operator=(Running &&) = delete;

    [[nodiscard]] bool admitted() const noexcept { return admitted_; }
    [[nodiscard]] const Guard *guard() const noexcept { return &guard_; }
    [[nodiscard]] const Running *outer() const noexcept { return outer_; }

    static const Running *&innermost() noexcept {
      thread_local const Running *running = nullptr;
      return running;
    }

  private:
    Guard &guard_;
    const Running *outer_;
    bool admitted_ = false;
  };

  [[nodiscard]] bool within_call() const noexcept {
    for (const Running *running = Running::innermost(); running != nullptr; running = running->outer()) {
      if (running->guard() == this) {
        return true;
      }
    }
    return false;
  }

  void tell(const Defect &defect) const noexcept {
    if (listener_ != nullptr) {
      try {
        listener_(listener_context_, defect);
      } catch (...) {
        // A defect that cannot be logged is still answered as one.
      }
    }
  }

  static long this_process() noexcept {
#if defined(_WIN32)
    return 1; // nothing forks there
#else
    return static_cast<long>(getpid());
#endif
  }

  mutable std::mutex mutex_;
  std::condition_variable drained_;
  bool open_ = false;
  std::uint64_t running_ = 0;
  std::atomic<long> process_{0}; ///< that opened it; 0: none. Read without the lock, which a child may never get
  Listener listener_ = nullptr;
  void *listener_context_ = nullptr;
};

} // namespace parley::cpp
