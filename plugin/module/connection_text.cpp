#include "plugin/module/connection_text.hpp"

#include <algorithm>

namespace parley::module {
namespace {

void cut_user_password(std::string &connection) {
  const std::size_t scheme = connection.find("://");
  if (scheme == std::string::npos) {
    return;
  }
  const std::size_t begin = scheme + 3;
  // A password may hold an unescaped "@" or "/": the last "@" before the query ends it.
  const std::size_t end = connection.find('?', begin);
  const std::size_t at = connection.rfind('@', end == std::string::npos ? end : end - 1);
  const std::size_t colon = connection.find(':', begin);
  if (at != std::string::npos && at > begin && colon < at) {
    connection.erase(colon, at - colon);
  }
}

void cut_parameter(std::string &connection, std::string_view name) {
  const std::string start = std::string(name) + "=";
  std::size_t at = 0;
  while ((at = connection.find(start, at)) != std::string::npos) {
    const bool begins = at == 0 || std::string_view("?& ;").find(connection[at - 1]) != std::string_view::npos;
    if (!begins) {
      at += start.size();
      continue;
    }
    const std::size_t end = std::min(connection.find_first_of("&; ", at), connection.size());
    connection.erase(at, end - at);
  }
}

} // namespace

std::string without_password(std::string_view connection) {
  std::string shown(connection);
  if (shown.compare(0, 7, "sqlite:") == 0) {
    return shown;
  }
  cut_user_password(shown);
  cut_parameter(shown, "password");
  return shown;
}

std::string shell_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char character : text) {
    if (character == '\'') {
      quoted += "'\\''";
    } else {
      quoted += character;
    }
  }
  return quoted += '\'';
}

} // namespace parley::module
