#include "adapters/sqlite/writer.hpp"

#include <algorithm>

#include "adapters/connection/late_rows.hpp"
#include "plugin/store/deadline.hpp"

namespace parley::adapters {
namespace {

/// So that nobody waits for ever behind a batch that grows.
constexpr std::size_t kLargestBatch = 64;

/// How long a batch may wait for those who are likely to come.
constexpr std::chrono::microseconds kLongestGathering{1000};

/// The commands of a session leave rows to the end, as long as this lives.
class Leaving {
public:
  explicit Leaving(Session &session) : session_(session) { session_.leave_to(&rows_); }
  ~Leaving() { session_.leave_to(nullptr); }
  Leaving(const Leaving &) = delete;
  Leaving &operator=(const Leaving &) = delete;
  LateRows *operator->() { return &rows_; }

private:
  Session &session_;
  LateRows rows_;
};

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
  } else if (gathering_ && waiting_.size() >= expected_) {
    gathered_.notify_one();
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

/// Whoever was in the last batch is about to come again, where many clients do nothing but write: without a pause two
/// halves of them would take turns, each with a commit of its own. It lasts half as long as the last batch at most, and
/// who writes alone never waits.
void Writer::gather(std::unique_lock<std::mutex> &lock) {
  gathering_ = true;
  gathered_.wait_for(lock, std::min(last_took_ / 2, kLongestGathering),
                     [this] { return waiting_.size() >= expected_; });
  gathering_ = false;
}

void Writer::lead(Job &job, std::unique_lock<std::mutex> &lock) {
  gather(lock);
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
    const auto began = std::chrono::steady_clock::now();
    carry_out(batch);
    last_took_ = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    lock.lock();
  }
  expected_ = std::min(batch.size() + waiting_.size(), kLargestBatch);
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
    Leaving late(*session_);
    for (Job *job : batch) {
      run_under_savepoint(*job);
    }
    late->carry_out(*session_);
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
  LateRows &late = *session_->late_rows();
  const std::size_t left_before = late.size();
  bool keep = false;
  try {
    keep = (*job.work)(*session_);
  } catch (...) {
    job.error = std::current_exception();
  }
  if (!keep) {
    session_->execute("rollback to command");
    late.back_to(left_before);
  }
  session_->execute("release command");
}

} // namespace parley::adapters
