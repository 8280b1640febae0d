#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "adapters/connection/session.hpp"
#include "plugin/domain/result.hpp"

namespace parley::adapters {

/// SQLite has one writer at a time. Here the commands that wait for it share one transaction and so one wait for the
/// disk: the first caller carries out the whole batch, each command under a savepoint of its own, and nobody hears of
/// success before the batch was committed. What they leave to its end (LateRows) is carried out before that.
///
/// Safe to use from any thread; needs no thread of its own.
class Writer {
public:
  using Factory = std::function<std::unique_ptr<Session>()>;

  /// `patience`: how long a command waits for its turn, unless its caller waits less long (store::Deadline).
  Writer(Factory factory, std::chrono::milliseconds patience);
  Writer(const Writer &) = delete;
  Writer &operator=(const Writer &) = delete;
  ~Writer();

  /// Runs a command, maybe in the thread of another caller. What it did is taken back when it fails or throws.
  /// Throws what the command throws, and DatabaseError.
  template <class Value>
  domain::Result<Value> run(const std::function<domain::Result<Value>(Session &)> &command) {
    std::optional<domain::Result<Value>> outcome;
    run([&](Session &session) {
      outcome.emplace(command(session));
      return outcome->ok();
    });
    return std::move(*outcome);
  }

  /// The same for a command that says whether its changes are to be kept.
  void run(const std::function<bool(Session &)> &command);

  /// How many transactions were committed; for tests.
  [[nodiscard]] std::uint64_t commits() const;
  /// How many commands wait for their turn.
  [[nodiscard]] std::size_t waiting() const;

private:
  struct Job;
  using Batch = std::vector<Job *>;

  /// Carries out the batch of those who wait, `job` first. `lock` is of mutex_.
  void lead(Job &job, std::unique_lock<std::mutex> &lock);
  void gather(std::unique_lock<std::mutex> &lock);
  std::exception_ptr begun();
  void carry_out(const Batch &batch);
  void run_all(const Batch &batch);
  void run_alone(Job &job);
  void run_under_savepoint(Job &job);

  const Factory factory_;
  const std::chrono::milliseconds patience_;
  std::unique_ptr<Session> session_; ///< of whoever leads
  mutable std::mutex mutex_;
  std::deque<Job *> waiting_;
  bool led_ = false; ///< somebody carries out a batch, or was told to
  std::uint64_t commits_ = 0;
  std::condition_variable gathered_;
  bool gathering_ = false;                 ///< who leads waits for others
  std::size_t expected_ = 1;               ///< so many are likely to share the next batch
  std::chrono::microseconds last_took_{0}; ///< the last batch; of whoever leads
};

} // namespace parley::adapters
