#pragma once

#include <string>
#include <string_view>

/// Connection strings as they may be shown to people.
namespace parley::module {

/// Without the password of a "scheme://user:password@host/..." or of a "password=..." in its query.
std::string without_password(std::string_view connection);

/// As one word of a POSIX shell.
std::string shell_quoted(std::string_view text);

} // namespace parley::module
