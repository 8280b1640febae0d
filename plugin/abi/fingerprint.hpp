#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::abi {

/// SHA-256 over the parts of a request, each with its length before it, as 64 hexadecimal digits: stable over builds and
/// machines, since it is stored.
std::string fingerprint(const std::vector<std::string_view> &parts);

} // namespace parley::abi
