#include "sample-host/src/options.h"

#include <fstream>
#include <sstream>

#include "sample-host/src/text.h"

namespace host {
namespace {

constexpr std::int64_t most_of_a_limit = 1'000'000'000;

std::uint16_t parse_port(const std::string &value) {
  const auto port = parse_id(value);
  if (!port || *port > 65535) {
    throw UsageError("--port needs a number between 0 and 65535");
  }
  return static_cast<std::uint16_t>(*port);
}

// "head-seconds=5"
void read_limit(HttpLimits &limits, const std::string &text) {
  const auto equals = text.find('=');
  const auto value = equals == std::string::npos ? std::nullopt : parse_id(std::string_view(text).substr(equals + 1));
  if (!value || *value < 1 || *value > most_of_a_limit) {
    throw UsageError("--limit needs <name>=<number from 1 to 1000000000>, not \"" + text + "\"");
  }
  if (!set_limit(limits, std::string_view(text).substr(0, equals), *value)) {
    throw UsageError("--limit: there is no limit \"" + text.substr(0, equals) + "\"");
  }
}

// "@<file>" stands for what is in the file, so that a password shows in no list of processes.
std::string read_database(const std::string &value) {
  if (!starts_with(value, "@")) {
    return value;
  }
  const std::string path = value.substr(1);
  std::ifstream file(path);
  std::ostringstream text;
  if (!(text << file.rdbuf())) {
    throw UsageError("--database: there is nothing to read in the file \"" + path + "\"");
  }
  std::string line = trim(text.str());
  if (line.empty() || line.find('\n') != std::string::npos) {
    throw UsageError("--database: the file \"" + path + "\" should hold one line, a connection string");
  }
  return line;
}

} // namespace

Options parse_options(int count, const char *const *arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    std::string name = arguments[i];
    std::string value;
    const auto equals = name.find('=');
    const bool has_value = starts_with(name, "--") && equals != std::string::npos;
    if (has_value) {
      value = name.substr(equals + 1);
      name.resize(equals);
    }
    if (name == "--help" || name == "-h") {
      options.help = true;
      continue;
    }
    if (name == "--fresh" && !has_value) {
      options.fresh = true;
      continue;
    }
    if (name != "--port" && name != "--data" && name != "--plugin" && name != "--database" && name != "--run-job" &&
        name != "--limit") {
      throw UsageError("unknown option: " + name);
    }
    if (!has_value) {
      if (i + 1 == count) {
        throw UsageError(name + " needs a value");
      }
      value = arguments[++i];
    }
    if (value.empty()) {
      throw UsageError(name + " needs a value");
    }
    if (name == "--port") {
      options.port = parse_port(value);
    } else if (name == "--data") {
      options.data = value;
    } else if (name == "--plugin") {
      options.plugins.push_back(value);
    } else if (name == "--limit") {
      read_limit(options.limits, value);
    } else if (name == "--run-job") {
      options.run_job = value;
    } else {
      options.database = read_database(value);
    }
  }
  if (options.data.empty() && !options.help) {
    throw UsageError("--data is missing");
  }
  return options;
}

std::string usage() {
  return "Usage: parley-sample-host --data <folder> [--port <number>] [--plugin <file.so>]...\n"
         "                          [--database <connection string>] [--run-job <name>] [--fresh]\n"
         "                          [--limit <name>=<number>]...\n"
         "\n"
         "A small CRM and web shop on http://127.0.0.1 that loads Parley plugins. Ctrl-C stops it.\n"
         "\n"
         "  --data <folder>      where users, orders and so on are kept; made and filled at the first start\n"
         "  --port <number>      where to listen (default: 8080; 0: any that is free)\n"
         "  --plugin <file.so>   a plugin to load; may be given several times\n"
         "  --database <string>  where plugins keep their data (default: sqlite:<folder>/parley.db);\n"
         "                       @<file> for a string with a password, which stands in that file\n"
         "  --run-job <name>     run this maintenance job of the plugins to its end, for cron, and listen to nobody\n"
         "  --fresh              delete what the folder has first, but no database that --database names\n"
         "  --limit <name>=<n>   how much and how long the HTTP server waits for; names and defaults:\n" +
         describe_limits() + "  --help               this text\n";
}

} // namespace host
