#pragma once

#include <parley/entry.h>

#include "plugin/abi/backend.hpp"

namespace parley::abi {

/// Makes an instance from its parts. For parley_entry_point::create, whose rules hold.
std::int32_t create(const parley_host *host, const parley_plugin **plugin, const parley_error_sink *errors,
                    Parts (*join)()) noexcept;

} // namespace parley::abi
