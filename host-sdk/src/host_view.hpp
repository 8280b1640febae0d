// The host as one plugin sees it, or as the runtime itself does.
#ifndef PARLEY_HOST_HOST_VIEW_HPP
#define PARLEY_HOST_HOST_VIEW_HPP

#include <parley/host.h>

namespace parley::host {

class Runtime;
class Staging;

// Standard layout: the table comes first, so its address is that of the view.
struct HostView {
  parley_host table;
  Runtime *runtime;
  Staging *staging; // while start runs; guarded by Runtime::registration

  static const HostView &of(const parley_host *host) { return *reinterpret_cast<const HostView *>(host); }
};

// Fills a view. `runtime` outlives it.
void fill(HostView &view, Runtime &runtime);

} // namespace parley::host

#endif
