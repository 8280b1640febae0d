#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley::text {

/// The address as a link may bear it, percent-encoded but not yet escaped for HTML; nothing where it is not an absolute
/// http, https or mailto address. `address` has its entities decoded already.
[[nodiscard]] std::optional<std::string> safe_link(std::string_view address);

} // namespace parley::text
