#pragma once

#include <parley/call.h>
#include <parley/cpp/host_proxy.hpp>

#include <string>
#include <vector>

#include "plugin/abi/types.hpp"
#include "plugin/app/directory.hpp"
#include "plugin/app/request.hpp"

namespace parley::abi {

/// The host's tables as the use cases see them, for one call. Every question is one host call, whatever it asks for.
class HostDirectory final : public app::Directory {
public:
  /// Borrows everything for the call.
  HostDirectory(const cpp::HostProxy &host, const parley_call &call, const app::Request &request, const Types &types)
      : host_(host), call_(call), request_(request), types_(types) {}

  domain::Result<std::vector<app::RecordFacts>> resolve(const std::vector<domain::Reference> &references) override;
  domain::Result<std::vector<bool>> visible(const std::vector<domain::Reference> &references) override;
  domain::Result<std::vector<domain::Scope>> scopes(const std::vector<app::Permission> &permissions) override;
  domain::Result<std::vector<std::string>> settings(const std::vector<std::string> &names) override;
  domain::Result<std::vector<app::RecordType>> types() override;

  /// Logs what the host answered, and says it in the call's language.
  [[nodiscard]] domain::Failure failed(std::int32_t status, const char *what) const;

private:
  const cpp::HostProxy &host_;
  const parley_call &call_;
  const app::Request &request_;
  const Types &types_;
};

/// Level, organization, ids and customer of an answer; audience and actor are the caller's to set.
domain::Scope scope_from(cpp::ScopeAnswer answer);

} // namespace parley::abi
