#pragma once

#include <parley/status.h>

#include <cstdint>

namespace parley::abi {

class Instance;
struct Types;

/// Registers everything that the plugin brings. Stops at the first thing that the host refuses, and answers its status;
/// the host has reported why.
std::int32_t register_everything(Instance &instance, const Types &types, const parley_error_sink *errors);

} // namespace parley::abi
