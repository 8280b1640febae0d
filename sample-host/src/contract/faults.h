// The guard that every function of ours runs in when a plugin or the router calls it: no exception leaves.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_FAULTS_H
#define PARLEY_SAMPLE_HOST_CONTRACT_FAULTS_H

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <parley/call.h>
#include <parley/status.h>

#include "sample-host/src/contract/services.h"

namespace host {

// To be called in a catch block: reports what was thrown, and answers its status.
std::int32_t report_current_exception(const Services &services, const parley_call *call,
                                      const parley_error_sink *errors) noexcept;

template <typename Work>
std::int32_t guarded(const Services &services, const parley_call *call, const parley_error_sink *errors,
                     const Work &work) noexcept {
  try {
    return work();
  } catch (...) {
    return report_current_exception(services, call, errors);
  }
}

// Collects what a function reports, as lines for people.
class FaultLines {
public:
  FaultLines();
  FaultLines(const FaultLines &) = delete;
  FaultLines &operator=(const FaultLines &) = delete;
  const parley_error_sink *sink() const { return &sink_; }
  const std::vector<std::string> &lines() const { return lines_; }

private:
  parley_error_sink sink_;
  std::vector<std::string> lines_;
};

} // namespace host

#endif
