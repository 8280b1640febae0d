// Faults: what went wrong, owned, on its way between error sinks.
#ifndef PARLEY_HOST_FAULTS_HPP
#define PARLEY_HOST_FAULTS_HPP

#include <cstdint>
#include <parley/status.h>
#include <string>
#include <vector>

namespace parley::host {

struct Fault {
  std::int32_t status = PARLEY_INTERNAL;
  std::string code;
  std::string detail;
  std::string pointer;
  std::string parameter;
  std::string meta;
};

using Faults = std::vector<Fault>;

// A status that nobody knows counts as PARLEY_INTERNAL.
std::int32_t known_status(std::int32_t status);

// The gravest status of faults: PARLEY_INCOMPATIBLE before PARLEY_CONFLICT before the first. PARLEY_OK without faults.
std::int32_t gravest(const Faults &faults);

// NULL sinks are allowed.
void report(const parley_error_sink *sink, const Fault &fault);
void report(const parley_error_sink *sink, const Faults &faults);

// An error sink that keeps what is reported.
class FaultSink {
public:
  FaultSink();
  FaultSink(const FaultSink &) = delete;
  FaultSink &operator=(const FaultSink &) = delete;

  const parley_error_sink *get() const { return &sink_; }
  Faults take() { return std::move(faults_); }

private:
  parley_error_sink sink_;
  Faults faults_;
};

} // namespace parley::host

#endif
