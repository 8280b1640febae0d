#include <filesystem>
#include <stdexcept>

#include "tests/support/servers/server_kind.hpp"

namespace parley::tests {

std::string program(const std::string &name, const std::vector<std::string> &folders, const std::string &package) {
  for (const std::string &folder : folders) {
    const auto path = std::filesystem::path(folder) / name;
    if (std::filesystem::exists(path)) {
      return path.string();
    }
  }
  throw std::runtime_error("There is no " + name + " in " + folders.back() + ": install the package " + package +
                           ", or run scripts/install-dependencies --test.");
}

} // namespace parley::tests
