#pragma once

#include <parley/call.h>
#include <parley/cpp/host_proxy.hpp>

#include "plugin/app/notices.hpp"

namespace parley::abi {

/// While this object lives, notices that come from this thread are logged for that call. One in another: the inner one holds.
class NoticesOf {
public:
  explicit NoticesOf(const parley_call *call) noexcept;
  NoticesOf(const NoticesOf &) = delete;
  NoticesOf &operator=(const NoticesOf &) = delete;
  ~NoticesOf();

private:
  const parley_call *outer_;
};

/// Writes a notice of the stores to the host's log.
void log_notice(const cpp::HostProxy &host, const app::Notice &notice);

} // namespace parley::abi
