#include "tests/fault/load_run.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <sstream>
#include <stdexcept>

#include "migrations/migrations.hpp"
#include "tests/adapters/support/test_database.hpp"
#include "tests/support/session/open_session.hpp"

namespace parley::tests {
namespace {

namespace fs = std::filesystem;
using adapters::Session;

constexpr auto kMessages = "select body, conversation, all_index, coalesce(public_index, 0) from {prefix}message "
                           "where type = 'text'";
constexpr auto kMarks = "select conversation, actor_type, actor_id, all_last_read, public_last_read "
                        "from {prefix}participant";
constexpr auto kTransitions = "select conversation, count(*) from {prefix}message where note_kind = 'transition' "
                              "group by conversation";

std::string variable(const char *name) {
  const char *value = std::getenv(name);
  if (value == nullptr) {
    throw std::runtime_error(std::string(name) + " is not set");
  }
  return value;
}

/// The database as a process that dies leaves it: the file, and what lies beside it but for shared memory.
std::string copy_of(const std::string &path) {
  std::string copy = fresh_path();
  for (const char *ending : {"", "-wal", "-journal"}) {
    if (fs::exists(path + ending)) {
      fs::copy_file(path + ending, copy + ending);
    }
  }
  return copy;
}

bool is_file(const std::string &database) {
  return database.find("://") == std::string::npos;
}

std::string connection_of(const std::string &database) {
  return is_file(database) ? "sqlite:" + database : database;
}

} // namespace

void Ledger::note(const std::string &line) {
  std::istringstream words(line);
  std::string kind;
  std::int64_t conversation = 0;
  std::string side;
  words >> kind >> conversation;
  if (kind == "message") {
    Sent sent{conversation, false, 0};
    std::string body;
    words >> side >> sent.number >> body;
    sent.open = side == "public";
    messages_[body] = sent;
  } else if (kind == "read") {
    std::string type;
    std::string id;
    std::int64_t number = 0;
    words >> side >> type >> id >> number;
    std::int64_t &mark = marks_[{conversation, side, type, id}];
    mark = std::max(mark, number);
  } else if (kind == "transition") {
    ++transitions_[conversation];
  }
  if (!words) {
    throw std::runtime_error("the host under load says \"" + line + "\"");
  }
  ++size_;
}

std::vector<std::string> Ledger::missing(Session &session) const {
  std::vector<std::string> sentences;
  auto messages = messages_;
  std::map<std::string, int> found;
  {
    auto rows = session.query(kMessages, "tiii");
    while (rows.next()) {
      const std::string body = rows.text();
      const auto conversation = rows.integer();
      const auto number = rows.integer();
      const auto open = rows.integer();
      if (++found[body] > 1) {
        sentences.push_back("message " + body + " is stored twice");
      }
      const auto sent = messages.find(body);
      if (sent != messages.end()) {
        if (sent->second.conversation != conversation || sent->second.number != (sent->second.open ? open : number)) {
          sentences.push_back("message " + body + " has another place than was answered");
        }
        messages.erase(sent);
      }
    }
  }
  for (const auto &[body, sent] : messages) {
    sentences.push_back("message " + body + " of conversation " + std::to_string(sent.conversation) + " is lost");
  }
  {
    auto rows = session.query(kMarks, "ittii");
    while (rows.next()) {
      const auto conversation = rows.integer();
      const std::string type = rows.text();
      const std::string id = rows.text();
      for (const char *side : {"all", "public"}) {
        const auto mark = rows.integer();
        const auto noted = marks_.find({conversation, side, type, id});
        if (noted != marks_.end() && mark < noted->second) {
          sentences.push_back("a read mark of conversation " + std::to_string(conversation) + " is lost");
        }
      }
    }
  }
  auto transitions = transitions_;
  auto rows = session.query(kTransitions, "ii");
  while (rows.next()) {
    const auto conversation = rows.integer();
    transitions[conversation] -= rows.integer();
  }
  for (const auto &[conversation, lost] : transitions) {
    if (lost > 0) {
      sentences.push_back("a transition of conversation " + std::to_string(conversation) + " is lost");
    }
  }
  return sentences;
}

LoadRun::LoadRun(const std::string &database, std::uint64_t seed, std::uint64_t acknowledgements,
                 const std::vector<std::string> &further) {
  std::vector<std::string> words{variable("PARLEY_LOAD_HOST"), variable("PARLEY_PLUGIN"), connection_of(database),
                                 std::to_string(seed), std::to_string(acknowledgements)};
  words.insert(words.end(), further.begin(), further.end());
  std::vector<char *> arguments;
  for (std::string &word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) {
    throw std::runtime_error("no pipe");
  }
  process_ = fork();
  if (process_ == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(ends[1]);
  output_ = ends[0];
}

LoadRun::~LoadRun() {
  close(output_);
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
}

void LoadRun::hear(const std::string &line, Ledger &ledger) {
  if (line == "ready") {
    ready_ = true;
  } else if (line != "end") {
    ledger.note(line);
    ++acknowledged_;
  }
}

int LoadRun::follow(Ledger &ledger, std::size_t enough) {
  std::string pending;
  std::array<char, 4096> buffer{};
  bool killed = false;
  ssize_t size = 0;
  // What it still said while it died counts, too: the pipe keeps it until its end.
  while ((size = read(output_, buffer.data(), buffer.size())) > 0) {
    pending.append(buffer.data(), static_cast<std::size_t>(size));
    for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
      hear(pending.substr(0, end), ledger);
      pending.erase(0, end + 1);
    }
    while (!actions_.empty() && actions_.begin()->first <= acknowledged_) {
      actions_.begin()->second();
      actions_.erase(actions_.begin());
    }
    if (acknowledged_ >= enough && !killed) {
      kill(process_, SIGKILL);
      killed = true;
    }
  }
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return status;
}

void LoadRun::kill_when(const std::function<bool()> &condition) const {
  while (!condition()) {
    siginfo_t ended{};
    if (waitid(P_PID, static_cast<id_t>(process_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0) {
      throw std::runtime_error("the host under load ended before the moment came");
    }
  }
  kill(process_, SIGKILL);
}

std::vector<std::string> faults_of(const std::string &database, const Ledger &ledger) {
  const std::string copy = is_file(database) ? copy_of(database) : "";
  const std::string connection = connection_of(is_file(database) ? copy : database);
  std::vector<std::string> faults;
  if (migrations::status(connection).state == migrations::State::empty) {
    // It died before it had a schema, and so before it could acknowledge anything.
    if (ledger.size() > 0) {
      faults.emplace_back("the database is empty");
    }
  } else {
    faults = migrations::verify(connection);
    for (const auto &result : migrations::verify_data(connection, 3).results) {
      for (const auto &example : result.examples) {
        faults.push_back(result.name + ": " + example.table + ", conversation " + std::to_string(example.conversation) +
                         ": " + example.what);
      }
    }
    for (std::string &sentence : ledger.missing(*open_session(connection))) {
      faults.push_back(std::move(sentence));
    }
  }
  if (is_file(database)) {
    remove_files(copy);
  }
  return faults;
}

void remove_files(const std::string &path) {
  for (const char *ending : {"", "-wal", "-shm", "-journal"}) {
    fs::remove(path + ending);
  }
}

std::uint64_t first_seed() {
  const char *wanted = std::getenv("PARLEY_FAULT_SEED");
  const std::uint64_t seed = wanted != nullptr ? std::stoull(wanted) : std::random_device()() % 1'000'000;
  std::cout << "Seeds begin at " << seed << "; the same again: PARLEY_FAULT_SEED=" << seed << std::endl;
  return seed;
}

} // namespace parley::tests
