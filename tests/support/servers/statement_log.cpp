#include "tests/support/servers/statement_log.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace parley::tests {
namespace {

namespace fs = std::filesystem;
using Kind = RoundTrip::Kind;

bool begins(const std::string &text, const std::string &begin) {
  return text.compare(0, begin.size(), begin) == 0;
}

Kind kind_of_command(const std::string &command) {
  if (command == "Query") {
    return Kind::query;
  }
  if (command == "Prepare") {
    return Kind::prepare;
  }
  return command == "Execute" ? Kind::execute : Kind::other;
}

} // namespace

StatementLog::StatementLog(TestServer &server, const std::string &connection)
    : server_(server), database_(connection.substr(connection.rfind('/') + 1)) {
  if (server.kind() == ServerKind::postgresql) {
    // log_statement tells each statement before it runs, but not that one is prepared: the other setting tells it.
    for (const char *setting :
         {"log_statement = 'all'", "log_min_duration_statement = 0", "log_parameter_max_length = 0"}) {
      server.administer("alter database " + database_ + " set " + setting);
    }
    file_ = server.folder() + "/server.log";
    read_ = fs::file_size(file_);
  } else {
    file_ = server.folder() + "/statements-" + database_ + ".log";
    server.administer("set global general_log_file = '" + file_ + "'");
    server.administer("set global general_log = 1");
  }
}

StatementLog::~StatementLog() {
  try {
    if (server_.kind() == ServerKind::postgresql) {
      server_.administer("alter database " + database_ + " reset all");
    } else {
      server_.administer("set global general_log = 0");
    }
  } catch (const std::runtime_error &) { // The server is gone, and its log with it.
  }
}

std::vector<RoundTrip> StatementLog::take() {
  const std::string text = new_text();
  return server_.kind() == ServerKind::postgresql ? of_postgresql(text) : of_mariadb(text);
}

std::string StatementLog::new_text() {
  std::ifstream file(file_);
  file.seekg(static_cast<std::streamoff>(read_));
  std::string text{std::istreambuf_iterator<char>(file), {}};
  read_ += text.size();
  return text;
}

std::vector<RoundTrip> StatementLog::of_postgresql(const std::string &text) const {
  // As log_line_prefix has it: <process>|<database>|LOG:  <what>
  static const std::regex told(
      "(\\d+)\\|([^|]*)\\|LOG:  (duration: [0-9.]+ ms  )?(statement|parse|execute)( \\S+)?: (.*)");
  std::vector<RoundTrip> trips;
  bool last = false; // the lines that follow, indented, belong to the last one
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (begins(line, "\t")) {
      if (last) {
        trips.back().text += "\n" + line.substr(1);
      }
      continue;
    }
    std::smatch found;
    last = std::regex_match(line, found, told) && found[2] == database_;
    if (last) {
      const std::string verb = found[4];
      trips.push_back({found[1],
                       verb == "parse"     ? Kind::prepare
                       : verb == "execute" ? Kind::execute
                                           : Kind::query,
                       found[6]});
    }
  }
  return trips;
}

std::vector<RoundTrip> StatementLog::of_mariadb(const std::string &text) {
  static const std::regex told(
      "(\\d{6} [ \\d]\\d:\\d\\d:\\d\\d)?\\t+ *(\\d+) "
      "(Connect|Quit|Close stmt|Reset stmt|Query|Prepare|Execute|Init DB|Ping|Change user|Statistics|"
      "Field List|Fetch|Long Data|Set option|Reset connection)\\t(.*)");
  std::vector<RoundTrip> trips;
  bool last = false; // the lines that follow belong to the last one
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (!std::regex_match(line, found, told)) {
      if (last) {
        trips.back().text += "\n" + line;
      }
      continue;
    }
    const std::string session = found[2];
    const std::string command = found[3];
    const std::string argument = found[4];
    last = false;
    if (command == "Connect") {
      ours_[session] = argument.find(" on " + database_ + " ") != std::string::npos;
    } else if (command == "Quit") {
      ours_.erase(session);
    } else if (command != "Close stmt" && ours_[session]) { // which is not answered
      trips.push_back({session, kind_of_command(command), argument});
      last = true;
    }
  }
  return trips;
}

} // namespace parley::tests
