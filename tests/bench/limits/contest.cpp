#include "tests/bench/limits/contest.hpp"

#include <time.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace parley::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Of this process, all its threads.
double cpu_seconds() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

Outcome turn(const Side &side, const Turns &turns) {
  std::atomic<std::int64_t> done{0};
  std::exception_ptr failure;
  std::mutex mutex;
  std::vector<std::thread> threads;
  threads.reserve(side.clients.size());
  const double cpu_before = cpu_seconds();
  const auto began = Clock::now();
  const auto end = began + turns.each;
  for (const Work &work : side.clients) {
    threads.emplace_back([&] {
      try {
        while (Clock::now() < end || done < turns.least) {
          done += work();
        }
      } catch (...) {
        const std::lock_guard lock(mutex);
        failure = std::current_exception();
        done = std::max(done.load(), turns.least); // nobody goes on
      }
    });
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  const std::chrono::duration<double> took = Clock::now() - began;
  if (failure) {
    std::rethrow_exception(failure);
  }
  if (done == 0) {
    throw std::runtime_error(side.name + " did nothing in its turn");
  }
  const auto operations = static_cast<double>(done);
  return {operations / took.count(), (cpu_seconds() - cpu_before) * 1e6 / operations};
}

} // namespace

Outcomes contest(const std::vector<Side> &sides, const Turns &turns) {
  Outcomes outcomes(sides.size());
  for (int round = -1; round < turns.rounds; ++round) {
    for (std::size_t at = 0; at < sides.size(); ++at) {
      const Outcome outcome = turn(sides[at], turns);
      if (round >= 0) {
        outcomes[at].push_back(outcome);
      }
    }
  }
  return outcomes;
}

double median(std::vector<double> figures) {
  std::sort(figures.begin(), figures.end());
  const std::size_t middle = figures.size() / 2;
  return figures.size() % 2 == 1 ? figures.at(middle) : (figures.at(middle - 1) + figures.at(middle)) / 2;
}

} // namespace parley::bench
