#pragma once

#include <parley/status.h>

#include <cstdint>

#include "plugin/app/call.hpp"

namespace parley::abi {

/// The status of the contract for a kind of failure.
std::int32_t status_of(domain::Code code) noexcept;

/// The kind of failure for a status that a host table answered.
domain::Code code_of(std::int32_t host_status) noexcept;

/// Reports every fault, and answers the status.
std::int32_t report_failure(const parley_error_sink *errors, const domain::Failure &failure);

} // namespace parley::abi
