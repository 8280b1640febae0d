// Percent-encoding (RFC 3986).
#ifndef PARLEY_HOST_HTTP_PERCENT_HPP
#define PARLEY_HOST_HTTP_PERCENT_HPP

#include <string>
#include <string_view>

namespace parley::host {

// False for a bad escape, and where what comes out is not UTF-8 or holds NUL. plus_is_blank: as in query strings.
bool percent_decode(std::string_view text, bool plus_is_blank, std::string &decoded);
// All but letters, digits and "-._~".
std::string percent_encode(std::string_view text);
// A path or query as somebody sent it, with what may not stand there encoded: "page[size]=5" -> "page%5Bsize%5D=5".
std::string as_uri(std::string_view sent);

} // namespace parley::host

#endif
