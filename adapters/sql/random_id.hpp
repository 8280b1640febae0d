#pragma once

#include <string>

namespace parley::adapters::sql {

/// 128 random bits in 32 hexadecimal digits. Thread-safe.
std::string random_id();

} // namespace parley::adapters::sql
