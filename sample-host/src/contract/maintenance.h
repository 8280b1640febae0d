// Runs the plugins' jobs.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_MAINTENANCE_H
#define PARLEY_SAMPLE_HOST_CONTRACT_MAINTENANCE_H

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace host {

class Log;
class Plugins;

// Runs each job when it starts and then in its interval, one after the other on a thread of its own.
class Maintenance {
public:
  // Both outlive it.
  Maintenance(Plugins &plugins, Log &log) : plugins_(plugins), log_(log) {}
  ~Maintenance() { stop(); }
  Maintenance(const Maintenance &) = delete;
  Maintenance &operator=(const Maintenance &) = delete;

  void start();
  // Cancels a job that runs, and waits for its end.
  void stop();

private:
  void run();

  Plugins &plugins_;
  Log &log_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::thread thread_;
};

// Runs the jobs of this name to their end, whichever plugin has them. Throws UsageError where nobody has one, and Fault.
void run_job_now(Plugins &plugins, const std::string &name);

} // namespace host

#endif
