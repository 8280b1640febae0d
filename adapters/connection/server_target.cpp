#include "adapters/connection/server_target.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace parley::adapters {
namespace {

constexpr std::uint16_t kPostgresqlPort = 5432;
constexpr std::uint16_t kMariadbPort = 3306;
constexpr std::size_t kLongestSchema = 63;

constexpr std::array kPostgresqlOptions{
    "sslmode",    "sslrootcert",          "sslcert", "sslkey", "sslcrl", "ssl_min_protocol_version", "channel_binding",
    "gssencmode", "target_session_attrs", "passfile"};
constexpr std::array kMariadbOptions{"sslmode", "sslrootcert", "sslcert", "sslkey"};

/// Where what is wrong may be a piece of a password.
constexpr auto kEncode = " In a user or password write \"?\" as %3F, \"@\" as %40, \"/\" as %2F, \"%\" as %25.";

[[noreturn]] void refuse(const std::string &message) {
  throw InvalidConnection(message);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// `what` says in a refusal which part it is.
std::string decoded(std::string_view text, const std::string &what) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
      const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
      if (high < 0 || low < 0) {
        refuse("The connection string's " + what +
               " holds a \"%\" that two hexadecimal digits do not follow: write %25.");
      }
      c = static_cast<char>(high * 16 + low);
      at += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20) {
      refuse("The connection string's " + what + " holds a control character.");
    }
    result += c;
  }
  return result;
}

std::uint16_t port_of(std::string_view digits) {
  unsigned long port = 0;
  const bool number = !digits.empty() && digits.size() <= 5 &&
                      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (number) {
    port = std::stoul(std::string(digits));
  }
  if (port == 0 || port > 65535) {
    refuse(std::string("A port in the connection string should be a number from 1 to 65535.") + kEncode);
  }
  return static_cast<std::uint16_t>(port);
}

ServerHost host_of(std::string_view text, std::uint16_t usual_port) {
  std::string_view name = text;
  std::string_view after;
  if (!text.empty() && text.front() == '[') {
    const auto end = text.find(']');
    if (end == std::string_view::npos) {
      refuse("A host in the connection string begins with \"[\" and has no \"]\".");
    }
    name = text.substr(1, end - 1);
    after = text.substr(end + 1);
  } else if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    name = text.substr(0, colon);
    after = text.substr(colon);
  }
  if (!after.empty() && after.front() != ':') {
    refuse("What follows the \"]\" of a host in the connection string should be a port.");
  }
  ServerHost host{decoded(name, "host"), after.empty() ? usual_port : port_of(after.substr(1))};
  if (host.name.empty()) {
    refuse("The connection string holds an empty host.");
  }
  if (host.name.find_first_of(", /'\\") != std::string::npos) {
    refuse(std::string("A host in the connection string holds a character that no host's name has.") + kEncode);
  }
  return host;
}

template <class Text>
bool one_of(const Text &names, const std::string &name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_schema(const std::string &schema) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (schema.empty() || schema.size() > kLongestSchema || !std::all_of(schema.begin(), schema.end(), allowed)) {
    refuse("The option \"schema\" should be 1 to 63 characters from a-z, 0-9 and _.");
  }
}

void check_mariadb_sslmode(const std::string &mode) {
  if (mode != "disable" && mode != "require" && mode != "verify-ca") {
    refuse("The option \"sslmode\" of a MariaDB connection should be disable, require or verify-ca.");
  }
}

/// SOCI lets MariaDB's client encrypt only where it is given an authority; the server's certificate is checked then.
void check_mariadb_authority(const ServerTarget &target) {
  bool demanded = false;
  for (const auto &[name, value] : target.options) {
    demanded = demanded || (name == "sslmode" && value != "disable");
    if (name == "sslrootcert") {
      return;
    }
  }
  if (demanded) {
    refuse("The option \"sslmode\" of a MariaDB connection needs \"sslrootcert\": the file of the authority that "
           "signed the "
           "server's certificate.");
  }
}

void set_option(ServerTarget &target, const std::string &name, std::string value) {
  const bool postgresql = target.database == Database::postgresql;
  const auto given = [&](const auto &each) { return each.first == name; };
  if (value.empty()) {
    refuse("The option \"" + name + "\" of the connection string is empty.");
  }
  if (postgresql && name == "schema") {
    check_schema(value);
    target.schema = std::move(value);
  } else if (name == (postgresql ? "host" : "socket")) {
    if (value.front() != '/') {
      refuse("The option \"" + name + "\" should be an absolute path of a Unix socket" +
             std::string(postgresql ? "'s folder." : "."));
    }
    target.socket = std::move(value);
  } else if (postgresql ? one_of(kPostgresqlOptions, name) : one_of(kMariadbOptions, name)) {
    if (std::any_of(target.options.begin(), target.options.end(), given)) {
      refuse("The option \"" + name + "\" occurs twice in the connection string.");
    }
    if (!postgresql && name == "sslmode") {
      check_mariadb_sslmode(value);
    }
    target.options.emplace_back(name, std::move(value));
  } else {
    refuse("The connection string's option \"" + name + "\" is not known.");
  }
}

void read_options(ServerTarget &target, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const std::string_view option = text.substr(0, end);
    const auto equals = option.find('=');
    if (equals == std::string_view::npos) {
      refuse("An option of the connection string has no \"=\".");
    }
    set_option(target, decoded(option.substr(0, equals), "option"), decoded(option.substr(equals + 1), "option"));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

} // namespace

std::string hosts_of(const ServerTarget &target) {
  std::string text = target.socket;
  for (const ServerHost &host : target.hosts) {
    const bool ip6 = host.name.find(':') != std::string::npos;
    text += (text.empty() ? "" : ", ") + (ip6 ? "[" + host.name + "]" : host.name) + ":" + std::to_string(host.port);
  }
  return text;
}

std::string place_of(const ServerTarget &target) {
  return std::string("The ") + (target.database == Database::mariadb ? "MariaDB" : "PostgreSQL") + " database \"" +
         target.name + "\" at " + hosts_of(target);
}

namespace {

ServerTarget parse_parts(Database database, const std::string &text) {
  ServerTarget target;
  target.database = database;
  std::string_view rest = text;

  std::string_view options;
  if (const auto question = rest.find('?'); question != std::string_view::npos) {
    options = rest.substr(question + 1);
    rest = rest.substr(0, question);
  }
  // The last "@", so that a password may hold one that was not encoded.
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view who = rest.substr(0, at);
    const auto colon = who.find(':');
    target.user = decoded(who.substr(0, colon), "user");
    if (colon != std::string_view::npos) {
      target.password = decoded(who.substr(colon + 1), "password");
    }
    rest = rest.substr(at + 1);
  }
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos || slash + 1 == rest.size()) {
    refuse("The connection string names no database: write <scheme>://<host>/<database>.");
  }
  target.name = decoded(rest.substr(slash + 1), "database");
  if (target.name.find('/') != std::string::npos) {
    refuse("The name of the database in the connection string holds a \"/\".");
  }

  read_options(target, options);
  if (database == Database::mariadb) {
    check_mariadb_authority(target);
  }
  std::string_view hosts = rest.substr(0, slash);
  if (!target.socket.empty() && !hosts.empty()) {
    refuse("The connection string names both a host and a Unix socket.");
  }
  if (target.socket.empty() && hosts.empty()) {
    refuse("The connection string names no host.");
  }
  const std::uint16_t usual_port = database == Database::postgresql ? kPostgresqlPort : kMariadbPort;
  while (!hosts.empty()) {
    const auto end = std::min(hosts.find(','), hosts.size());
    target.hosts.push_back(host_of(hosts.substr(0, end), usual_port));
    if (end + 1 == hosts.size()) {
      refuse("The connection string holds an empty host.");
    }
    hosts.remove_prefix(std::min(end + 1, hosts.size()));
  }
  return target;
}

} // namespace

ServerTarget parse_server(Database database, const std::string &text) {
  try {
    return parse_parts(database, text);
  } catch (const InvalidConnection &) {
    const auto question = text.find('?');
    if (question == std::string::npos || text.find('@', question) == std::string::npos) {
      throw;
    }
    // What was found wrong is a piece of the password then, and not to be repeated.
    refuse(std::string("The connection string holds an \"@\" behind a \"?\", with which its options begin.") + kEncode);
  }
}

} // namespace parley::adapters
