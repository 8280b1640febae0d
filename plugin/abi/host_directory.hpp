#pragma once

#include <parley/call.h>
#include <parley/cpp/host_proxy.hpp>

#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/abi/types.hpp"
#include "plugin/app/directory.hpp"
#include "plugin/app/request.hpp"

namespace parley::abi {

/// What the log was told already. Thread-safe.
class OnceTold {
public:
  /// True the first time. Beyond some hundred different things nothing is new any more, so that it cannot grow for ever.
  bool first(const std::string &what);

private:
  std::mutex mutex_;
  std::set<std::string> told_;
};

/// The host's tables as the use cases see them, for one call. Every question is one host call, whatever it asks for.
class HostDirectory final : public app::Directory {
public:
  /// Borrows everything for the call.
  HostDirectory(const cpp::HostProxy &host, const parley_call &call, const app::Request &request, const Types &types,
                OnceTold &told)
      : host_(host), call_(call), request_(request), types_(types), told_(told) {}

  domain::Result<std::vector<app::RecordFacts>> resolve(const std::vector<domain::Reference> &references) override;
  domain::Result<std::vector<bool>> visible(const std::vector<domain::Reference> &references) override;
  domain::Result<std::vector<domain::Scope>> scopes(const std::vector<app::Permission> &permissions) override;
  domain::Result<std::vector<std::string>> settings(const std::vector<std::string> &names) override;
  domain::Result<std::vector<std::string>> settings_at(const std::vector<app::SettingQuestion> &asked) override;
  void bad_setting(std::string_view name, std::string_view value) override;
  domain::Result<std::vector<std::string>> carrying() override;
  domain::Result<std::vector<app::RecordType>> types() override;

  /// Logs what the host answered, and says it in the call's language.
  [[nodiscard]] domain::Failure failed(std::int32_t status, const char *what) const;

private:
  const cpp::HostProxy &host_;
  const parley_call &call_;
  const app::Request &request_;
  const Types &types_;
  OnceTold &told_;
};

/// Level, organization, ids and customer of an answer; audience and actor are the caller's to set.
domain::Scope scope_from(cpp::ScopeAnswer answer);

} // namespace parley::abi
