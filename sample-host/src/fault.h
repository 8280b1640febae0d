// An expected failure, with the status of the contract.
#ifndef PARLEY_SAMPLE_HOST_FAULT_H
#define PARLEY_SAMPLE_HOST_FAULT_H

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace host {

class Fault : public std::runtime_error {
public:
  Fault(std::int32_t status, std::string code, const std::string &detail, std::string parameter = {})
      : std::runtime_error(detail), status_(status), code_(std::move(code)), parameter_(std::move(parameter)) {}

  std::int32_t status() const { return status_; } // PARLEY_*
  const std::string &code() const { return code_; }
  const std::string &parameter() const { return parameter_; }

private:
  std::int32_t status_;
  std::string code_;
  std::string parameter_;
};

} // namespace host

#endif
