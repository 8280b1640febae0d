#include "adapters/sqlite/writer.hpp"

#include <algorithm>

#include "plugin/store/deadline.hpp"

namespace parley::adapters {
namespace {

/// So that nobody waits for ever behind a batch that grows.
constexpr std::size_t kLargestBatch = 64;

} // namespace

struct Writer::Job {
  const std::function<bool(Session &)> *work = nullptr;
  std::condition_variable wake;
  bool taken = false; ///< in a batch
  bool lead = false;  ///< its caller is to carry out the next batch
  bool done = false;
  std::exception_ptr error;
};

Writer::Writer(Factory factory, std::chrono::milliseconds patience)
    : factory_(std::move(factory)), patience_(patience) {}

Writer::~Writer() = default;

std::uint64_t Writer::commits() const {
  const std::lock_guard lock(mutex_);
  return commits_;
}

std::size_t Writer::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void Writer::run(const std::function<bool(Session &)> &command) {
  Job job;
  job.work = &command;
  std::unique_lock lock(mutex_);
  waiting_.push_back(&job);
  if (!led_) {
    led_ = true;
    job.lead = true;
  }
  const auto deadline = store::Deadline::within(patience_);
  while (!job.done && !job.lead) {
    // Once it is in a batch it is carried out, however long that takes.
    if (job.taken) {
      job.wake.wait(lock);
    } else if (job.wake.wait_until(lock, deadline) == std::cv_status::timeout && !job.taken && !job.lead) {
      waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &job));
      throw DatabaseError(ErrorKind::busy, "The database did not become free for writing in time.");
    }
  }
  if (!job.done) {
    lead(job, lock);
  }
  if (job.error) {
    std::rethrow_exception(job.error);
  }
}

void Writer::lead(Job &job, std::unique_lock<std::mutex> &lock) {
  // Before the batch is put together: whoever waits no longer can still leave while another process holds the lock.
  lock.unlock();
  job.error = begun();
  lock.lock();
  const auto size = job.error ? 1 : std::min(waiting_.size(), kLargestBatch);
  const Batch batch(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(size));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(size));
  for (Job *each : batch) {
    each->taken = true;
  }
  if (!job.error) {
    lock.unlock();
    carry_out(batch);
    lock.lock();
  }
  for (Job *each : batch) {
    each->done = true;
    each->wake.notify_one(); // under the lock: its caller takes the job away as soon as it sees that it is done
  }
  led_ = !waiting_.empty();
  if (led_) {
    waiting_.front()->lead = true;
    waiting_.front()->wake.notify_one();
  }
}

/// Begins a transaction, for which the caller waits as long as it likes. Nothing, or why not.
std::exception_ptr Writer::begun() {
  try {
    if (!session_) {
      session_ = factory_();
    } else if (session_->broken()) {
      session_->reconnect();
    }
    session_->wait_until(store::Deadline::until());
    session_->begin("begin immediate");
    // The commands are others' as well.
    session_->wait_until(Session::Clock::time_point::max());
    return nullptr;
  } catch (...) {
    return std::current_exception();
  }
}

void Writer::carry_out(const Batch &batch) {
  try {
    run_all(batch);
  } catch (...) {
    // Nothing of the batch was stored, whatever its commands found.
    for (Job *job : batch) {
      job->error = std::current_exception();
    }
    session_->rollback();
  }
}

void Writer::run_all(const Batch &batch) {
  if (batch.size() == 1) {
    run_alone(*batch.front());
  } else {
    for (Job *job : batch) {
      run_under_savepoint(*job);
    }
  }
  if (session_->in_transaction()) {
    session_->commit();
    const std::lock_guard lock(mutex_);
    ++commits_;
  }
}

void Writer::run_alone(Job &job) {
  bool keep = false;
  try {
    keep = (*job.work)(*session_);
  } catch (...) {
    job.error = std::current_exception();
  }
  if (!keep) {
    session_->rollback();
  }
}

void Writer::run_under_savepoint(Job &job) {
  session_->execute("savepoint command");
  bool keep = false;
  try {
    keep = (*job.work)(*session_);
  } catch (...) {
    job.error = std::current_exception();
  }
  if (!keep) {
    session_->execute("rollback to command");
  }
  session_->execute("release command");
}

} // namespace parley::adapters
