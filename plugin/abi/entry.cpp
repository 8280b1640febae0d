#include "plugin/abi/entry.hpp"

#include <memory>
#include <string>

#include "plugin/abi/instance.hpp"

namespace parley::abi {

std::int32_t create(const parley_host *host, const parley_plugin **plugin, const parley_error_sink *errors,
                    Parts (*join)()) noexcept {
  cpp::Guard guard;
  return guard.contain(nullptr, errors, [&]() -> std::int32_t {
    if (host == nullptr || plugin == nullptr || !PARLEY_HAS_FUNCTION(host, parley_host, get_extension)) {
      return cpp::report(errors, PARLEY_INCOMPATIBLE, "no-host", "There is no host to ask for tables.");
    }
    if (parley_versions_fit(host->abi_major, host->abi_minor, PARLEY_ABI_MAJOR, PARLEY_ABI_MINOR) == 0) {
      return cpp::report(errors, PARLEY_INCOMPATIBLE, "wrong-version",
                         "The host was built with a version of the contract that does not fit.");
    }
    auto instance = std::make_unique<Instance>(host, join());
    const auto missing = instance->host().missing();
    for (const std::string &name : missing) {
      cpp::report(errors, PARLEY_INCOMPATIBLE, "missing-table", "The host lacks " + name + ".");
    }
    if (!missing.empty()) {
      return PARLEY_INCOMPATIBLE;
    }
    *plugin = instance.release()->plugin();
    return PARLEY_OK;
  });
}

} // namespace parley::abi
