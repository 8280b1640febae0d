#include "host-sdk/src/faults.hpp"

#include "host-sdk/src/abi.hpp"

#include <algorithm>

namespace parley::host {
namespace {

void PARLEY_ABI keep(const parley_error_sink *self, const parley_error *error) {
  try {
    if (error == nullptr) {
      return;
    }
    Fault fault;
    fault.status = known_status(get(error, &parley_error::status));
    fault.code = text_of(error, &parley_error::code);
    fault.detail = text_of(error, &parley_error::detail);
    fault.pointer = text_of(error, &parley_error::pointer);
    fault.parameter = text_of(error, &parley_error::parameter);
    fault.meta = text_of(error, &parley_error::meta);
    static_cast<Faults *>(self->context)->push_back(std::move(fault));
  } catch (...) {
    // Out of memory: the status that follows still says that something is wrong.
  }
}

} // namespace

std::int32_t known_status(std::int32_t status) {
  return status >= PARLEY_OK && status <= PARLEY_INTERNAL ? status : PARLEY_INTERNAL;
}

std::int32_t gravest(const Faults &faults) {
  if (faults.empty()) {
    return PARLEY_OK;
  }
  for (const std::int32_t status : {PARLEY_INCOMPATIBLE, PARLEY_CONFLICT}) {
    if (std::any_of(faults.begin(), faults.end(), [&](const Fault &fault) { return fault.status == status; })) {
      return status;
    }
  }
  return faults.front().status;
}

void report(const parley_error_sink *sink, const Fault &fault) {
  if (sink == nullptr || !has_function(sink, &parley_error_sink::report)) {
    return;
  }
  auto error = sized<parley_error>();
  error.status = fault.status;
  error.code = str(fault.code);
  error.detail = str(fault.detail);
  error.pointer = str(fault.pointer);
  error.parameter = str(fault.parameter);
  error.meta = str(fault.meta);
  sink->report(sink, &error);
}

void report(const parley_error_sink *sink, const Faults &faults) {
  for (const auto &fault : faults) {
    report(sink, fault);
  }
}

FaultSink::FaultSink() : sink_(sized<parley_error_sink>()) {
  sink_.context = &faults_;
  sink_.report = &keep;
}

} // namespace parley::host
