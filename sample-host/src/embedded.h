// Files that were built into the program: templates, assets, demo data.
#ifndef PARLEY_SAMPLE_HOST_EMBEDDED_H
#define PARLEY_SAMPLE_HOST_EMBEDDED_H

#include <optional>
#include <string_view>

namespace host {

// The bytes of a file by its path under sample-host/ ("assets/host.css"). [thread-safe]
std::optional<std::string_view> embedded_file(std::string_view path);

} // namespace host

#endif
