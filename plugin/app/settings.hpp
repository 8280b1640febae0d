#pragma once

#include <cstdint>
#include <string_view>

#include "plugin/app/call.hpp"
#include "plugin/domain/rules.hpp"

/// Our settings, and how their values are read. A value that the host should not have kept (it ignored the schema) is told
/// to the operator, and the default holds.
namespace parley::app {

struct FlagSetting {
  std::string_view name;
  bool fallback = false;
};

struct IntegerSetting {
  std::string_view name;
  std::int64_t fallback = 0;
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
};

namespace setting {
inline constexpr FlagSetting enabled{"conversations.enabled", false};
/// Days without a message after which an active conversation becomes inactive; 0: never.
inline constexpr IntegerSetting inactivity_days{"conversations.inactivity_days", 0, 0, 36500};
/// Days after which events are deleted; 0: never. Positions end at one place for all, so it is the system's alone.
inline constexpr IntegerSetting event_retention_days{"conversations.event_retention_days", 0, 0, 36500};
/// Types of the records that carry conversations; not set: all that the host has.
inline constexpr std::string_view record_types = "conversations.record_types";
/// Bytes of UTF-8 that a message may have.
inline constexpr IntegerSetting longest_message{"conversations.longest_message",
                                                static_cast<std::int64_t>(domain::longest_body), 1,
                                                static_cast<std::int64_t>(domain::longest_body)};
} // namespace setting

inline constexpr domain::Time one_day = 86'400'000'000; ///< microseconds

/// json: what the host answered; empty: nobody set it.
[[nodiscard]] bool value_of(const Call &call, const FlagSetting &setting, std::string_view json);
[[nodiscard]] std::int64_t value_of(const Call &call, const IntegerSetting &setting, std::string_view json);

} // namespace parley::app
