#include "host-sdk/src/host_view.hpp"

#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/runtime.hpp"

#include <parley/version.h>
#include <type_traits>

namespace parley::host {
namespace {

static_assert(std::is_standard_layout_v<HostView>, "a parley_host is turned back into its view");

const void *PARLEY_ABI get_extension(const parley_host *self, const parley_str *id) noexcept {
  try {
    if (self == nullptr || id == nullptr) {
      return nullptr;
    }
    const HostView &host = HostView::of(self);
    return host.runtime->extension(host, view(*id));
  } catch (...) {
    return nullptr;
  }
}

} // namespace

void fill(HostView &view, Runtime &runtime) {
  view.table = sized<parley_host>();
  view.table.abi_major = PARLEY_ABI_MAJOR;
  view.table.abi_minor = PARLEY_ABI_MINOR;
  view.table.name = str(runtime.options.name);
  view.table.version = str(runtime.options.version);
  view.table.data = runtime.options.context;
  view.table.get_extension = &get_extension;
  view.runtime = &runtime;
  view.staging = nullptr;
}

} // namespace parley::host
