#pragma once

#include <parley/call.h>
#include <parley/cpp/host_proxy.hpp>

#include <string_view>
#include <vector>

#include "plugin/abi/host_directory.hpp"
#include "plugin/app/read_feed.hpp"

namespace parley::abi {

/// What the host's tables say of listeners, for one call that serves them all. A host that does not heed listeners in one
/// question is asked once for each, with the listener's own call.
class HostListeners final : public app::ListenerRights {
public:
  /// Borrows everything for the call.
  HostListeners(const cpp::HostProxy &host, const parley_call &call, const HostDirectory &directory,
                const parley_call *const *listeners)
      : host_(host), call_(call), directory_(directory), listeners_(listeners) {}

  domain::Result<std::vector<domain::Scope>> scopes(std::string_view permission,
                                                    const std::vector<std::uint32_t> &listeners) override;

private:
  std::int32_t ask(std::string_view permission, const std::vector<std::uint32_t> &listeners,
                   std::vector<cpp::ScopeAnswer> &answers) const;

  const cpp::HostProxy &host_;
  const parley_call &call_;
  const HostDirectory &directory_;
  const parley_call *const *listeners_;
};

} // namespace parley::abi
