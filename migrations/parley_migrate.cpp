// The operator's command line for the schema.

#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "migrations/copy.hpp"
#include "migrations/migrations.hpp"

namespace {

namespace migrations = parley::migrations;

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;

/// How many offenders of one rule are printed: enough to see what they have in common.
constexpr std::size_t kMostExamples = 20;

constexpr auto kHelp =
    R"(usage: parley-migrate status|plan|up|verify --database <connection string> [--prefix <table prefix>]
       parley-migrate verify --data ...
       parley-migrate copy --from <connection string> --to <connection string> [--prefix ...] [--to-prefix ...]

  status   says where the schema stands: current, empty, behind, ahead or missing, and the numbers of its steps
  plan     prints the SQL that "up" would run
  up       takes the missing steps; several may run it at once. All or none, but on MariaDB, where a step that was
           interrupted goes on where it ended
  verify   compares the schema with what its steps make, and names every difference
  copy     copies everything from one database into another of any kind, which is empty, but for its schema; what was
           copied is read again and compared. Interrupted, it goes on when it is called again. Nothing may write in
           the source meanwhile

  --database   sqlite:<path>
               postgresql://[user[:password]@]host[:port]/database[?schema=<name>]
               mariadb://[user[:password]@]host[:port]/database
               @<file>, in place of any of these: the file's only line is the connection string. A password on a
               command line shows in the list of processes
  --prefix     of every table: at most 32 characters from a-z, 0-9 and _; parley_ when nothing is said
  --to-prefix  of the tables that are copied into; that of the source when nothing is said
  --data       with verify: then checks what is stored, too, and names what contradicts itself; changes nothing, and
               may run while the database is in use
  --help       prints this

Exit codes: 0 done, and all is well; 1 failed, the schema is not current, or verify or copy found something; 2 wrong
usage.
)";

/// Progress is told this often.
constexpr std::chrono::seconds kTold{2};

struct Arguments {
  std::string command;
  std::optional<std::string> database;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::optional<std::string> to_prefix;
  migrations::Options options;
  bool data = false;
  bool help = false;
};

/// A connection string as it was given, or the line of the file that "@<file>" names. Throws Error.
std::string connection_of(const std::string &option, const std::string &value) {
  if (value.rfind('@', 0) != 0) {
    return value;
  }
  const std::string path = value.substr(1);
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  std::string line = text.str();
  line.erase(line.find_last_not_of(" \t\r\n") + 1);
  line.erase(0, line.find_first_not_of(" \t\r\n"));
  if (line.empty()) {
    throw migrations::Error(migrations::Error::Why::usage, option + ": the file \"" + path + "\" " +
                                                               (file.is_open() ? "is empty." : "cannot be read."));
  }
  if (line.find('\n') != std::string::npos) {
    throw migrations::Error(migrations::Error::Why::usage,
                            option + ": the file \"" + path + "\" should hold one line, a connection string.");
  }
  return line;
}

/// What is wrong with the arguments; nothing when they are fine. Throws Error.
std::optional<std::string> read(const std::vector<std::string> &words, Arguments &arguments) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string word = words[at];
    if (word == "--help" || word == "-h") {
      arguments.help = true;
      return std::nullopt;
    }
    if (word == "--data") {
      arguments.data = true;
      continue;
    }
    if (word.rfind("--", 0) != 0) {
      if (!arguments.command.empty()) {
        return "one command only: \"" + word + "\" is too many";
      }
      arguments.command = word;
      continue;
    }
    std::optional<std::string> value;
    if (const auto equals = word.find('='); equals != std::string::npos) {
      value = word.substr(equals + 1);
      word.resize(equals);
    }
    const std::map<std::string, std::optional<std::string> *> options{{"--database", &arguments.database},
                                                                      {"--from", &arguments.from},
                                                                      {"--to", &arguments.to},
                                                                      {"--to-prefix", &arguments.to_prefix}};
    const auto option = options.find(word);
    if (option == options.end() && word != "--prefix") {
      return "unknown option " + word;
    }
    if (!value) {
      if (at + 1 == words.size()) {
        return word + " needs a value";
      }
      value = words[++at];
    }
    if (option != options.end()) {
      *option->second = connection_of(word, *value);
    } else {
      arguments.options.table_prefix = *value;
    }
  }
  if (arguments.command.empty()) {
    return "a command is missing";
  }
  const std::set<std::string> commands{"status", "plan", "up", "verify", "copy"};
  if (commands.count(arguments.command) == 0) {
    return "unknown command \"" + arguments.command + "\"";
  }
  if (arguments.data && arguments.command != "verify") {
    return "--data goes with verify only";
  }
  if (arguments.command == "copy") {
    if (arguments.database || !arguments.from || !arguments.to) {
      return "copy needs --from and --to, and no --database";
    }
    return std::nullopt;
  }
  if (arguments.from || arguments.to || arguments.to_prefix) {
    return "--from, --to and --to-prefix go with copy only";
  }
  if (!arguments.database) {
    return "--database is missing";
  }
  return std::nullopt;
}

int show_status(const Arguments &arguments) {
  const auto status = migrations::status(*arguments.database, arguments.options);
  if (!status.missing.empty()) {
    std::cout << "missing: " << status.missing << '\n';
  } else {
    std::cout << migrations::name_of(status.state) << ": at step " << status.present << " of " << status.newest << '\n';
  }
  for (const std::string &more : {status.unfinished, status.elsewhere}) {
    if (!more.empty()) {
      std::cout << more << '\n';
    }
  }
  return status.state == migrations::State::current && status.unfinished.empty() ? kDone : kFailed;
}

/// Whoever is about to make a second schema may have forgotten to say where the first one is.
void tell_elsewhere(const Arguments &arguments) {
  const auto status = migrations::status(*arguments.database, arguments.options);
  if (!status.elsewhere.empty()) {
    std::cerr << "Nothing is there yet. " << status.elsewhere << '\n';
  }
}

int show_plan(const Arguments &arguments) {
  tell_elsewhere(arguments);
  const auto steps = migrations::plan(*arguments.database, arguments.options);
  if (steps.empty()) {
    std::cout << "-- nothing to do\n";
  }
  for (const auto &step : steps) {
    std::cout << "-- step " << step.number << ": " << step.name << '\n' << step.sql;
  }
  return kDone;
}

int take_steps(const Arguments &arguments) {
  tell_elsewhere(arguments);
  const auto steps = migrations::apply(*arguments.database, arguments.options);
  for (const auto &step : steps) {
    std::cout << "applied step " << step.number << ": " << step.name << '\n';
  }
  std::cout << "current: at step " << migrations::newest() << " of " << migrations::newest() << '\n';
  return kDone;
}

int show_violations(const Arguments &arguments) {
  const auto report = migrations::verify_data(*arguments.database, kMostExamples, arguments.options);
  std::size_t failed = 0;
  for (const auto &result : report.results) {
    if (result.violations == 0) {
      continue;
    }
    ++failed;
    std::cerr << result.name << ": " << result.sentence << '\n';
    for (const auto &example : result.examples) {
      std::cerr << "  " << example.table;
      if (example.conversation != 0) {
        std::cerr << ", conversation " << example.conversation;
      }
      std::cerr << ": " << example.what << '\n';
    }
    if (result.violations > result.examples.size()) {
      std::cerr << "  and " << result.violations - result.examples.size() << " more\n";
    }
  }
  if (failed != 0) {
    std::cerr << report.violations() << " violations, of " << failed << " of " << report.results.size() << " rules\n";
    return kFailed;
  }
  std::cout << "ok: " << report.conversations << " conversations with " << report.messages << " messages keep all "
            << report.results.size() << " rules\n";
  return kDone;
}

int show_differences(const Arguments &arguments) {
  const auto verification = migrations::verify_schema(*arguments.database, arguments.options);
  for (const auto &difference : verification.differences) {
    std::cerr << difference << '\n';
  }
  if (!verification.differences.empty()) {
    if (arguments.data) {
      std::cerr << "The data was not checked: the schema comes first.\n";
    }
    return kFailed;
  }
  const auto status = migrations::status(*arguments.database, arguments.options);
  std::cout << "as expected at step " << status.present << " of " << status.newest << " (compared with "
            << verification.compared_with << ")\n";
  return arguments.data ? show_violations(arguments) : kDone;
}

/// Says how far the copy is, a line a table and another every few seconds.
class ProgressLines {
public:
  void operator()(const migrations::CopyProgress &progress) {
    const auto now = std::chrono::steady_clock::now();
    const bool first = progress.table != table_ || progress.doing != doing_;
    if (!first && progress.rows < progress.of && now - told_ < kTold) {
      return;
    }
    table_ = progress.table;
    doing_ = progress.doing;
    told_ = now;
    std::cout << (progress.doing == migrations::CopyProgress::Doing::copying ? "copying " : "checking ")
              << progress.table << ": " << progress.rows << " of " << progress.of << " rows" << std::endl;
  }

private:
  std::string table_;
  migrations::CopyProgress::Doing doing_ = migrations::CopyProgress::Doing::copying;
  std::chrono::steady_clock::time_point told_;
};

int copy_everything(const Arguments &arguments) {
  auto to_options = arguments.options;
  to_options.table_prefix = arguments.to_prefix.value_or(arguments.options.table_prefix);
  ProgressLines lines;
  const auto report = migrations::copy(*arguments.from, arguments.options, *arguments.to, to_options, std::ref(lines));
  for (const auto &table : report.tables) {
    std::cout << table.name << ": " << table.rows << " rows, sha256 " << table.checksum << '\n';
  }
  for (const auto &difference : report.differences) {
    std::cerr << difference << '\n';
  }
  if (!report.differences.empty()) {
    std::cerr << "The copy must not be used.\n";
    return kFailed;
  }
  std::cout << "ok: everything was copied, and reads the same on both sides\n";
  return kDone;
}

int run(const Arguments &arguments) {
  if (arguments.command == "copy") {
    return copy_everything(arguments);
  }
  if (arguments.command == "status") {
    return show_status(arguments);
  }
  if (arguments.command == "plan") {
    return show_plan(arguments);
  }
  return arguments.command == "up" ? take_steps(arguments) : show_differences(arguments);
}

} // namespace

int main(int count, char **words) {
  try {
    Arguments arguments;
    const auto wrong = read({words + 1, words + count}, arguments);
    if (wrong) {
      std::cerr << "parley-migrate: " << *wrong << "\n\n" << kHelp;
      return kUsage;
    }
    if (arguments.help) {
      std::cout << kHelp;
      return kDone;
    }
    return run(arguments);
  } catch (const migrations::Error &error) {
    std::cerr << "parley-migrate: " << error.what() << '\n';
    const bool usage =
        error.why() == migrations::Error::Why::usage || error.why() == migrations::Error::Why::unsupported;
    return usage ? kUsage : kFailed;
  } catch (const std::exception &error) {
    std::cerr << "parley-migrate: " << error.what() << '\n';
    return kFailed;
  }
}
