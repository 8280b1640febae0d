#include "sample-host/src/contract/maintenance.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <vector>

#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/log.h"
#include "sample-host/src/contract/plugins.h"
#include "sample-host/src/options.h"

namespace host {
namespace {

using Clock = std::chrono::steady_clock;

struct Due {
  JobDescription job;
  Clock::time_point at;
};

// Whatever a plugin says: not more often.
constexpr std::chrono::milliseconds shortest_interval{100};

Clock::time_point next_time(const JobDescription &job) {
  return Clock::now() + std::max<Clock::duration>(job.interval, shortest_interval);
}

} // namespace

void Maintenance::start() {
  thread_ = std::thread([this] { run(); });
}

void Maintenance::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void Maintenance::run() {
  std::vector<Due> jobs;
  for (JobDescription &job : plugins_.jobs()) {
    jobs.push_back({std::move(job), Clock::now()});
  }
  while (!jobs.empty() && !stopping_) {
    Due &next = *std::min_element(jobs.begin(), jobs.end(), [](const Due &a, const Due &b) { return a.at < b.at; });
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_until(lock, next.at, [this] { return stopping_.load(); })) {
        return;
      }
    }
    try {
      const Call call("job-" + next.job.name, stopping_);
      // What is left waits its turn behind jobs that are due.
      next.at = plugins_.run_job(call, next.job) ? Clock::now() : next_time(next.job);
    } catch (const std::exception &error) {
      log_.write(PARLEY_LOG_WARNING, "job.failed", next.job.plugin + "/" + next.job.name + ": " + error.what());
      next.at = next_time(next.job);
    }
  }
}

void run_job_now(Plugins &plugins, const std::string &name) {
  const std::atomic<bool> never{false};
  std::string known;
  bool found = false;
  for (const JobDescription &job : plugins.jobs()) {
    known += (known.empty() ? "" : ", ") + job.name;
    if (job.name == name) {
      found = true;
      const Call call("job-" + name, never);
      while (plugins.run_job(call, job)) {
      }
    }
  }
  if (!found) {
    throw UsageError("no plugin has the job " + name + (known.empty() ? "; there are none" : "; there are: " + known));
  }
}

} // namespace host
