#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/connection/session.hpp"

namespace parley::tests {

/// What a host under load acknowledged, over all its lives: all of it must be found in the database.
class Ledger {
public:
  /// Notes a line of fault-load-host.
  void note(const std::string &line);
  /// How many acknowledgements there are.
  [[nodiscard]] std::size_t size() const { return size_; }

  /// What of it is not in the database, one sentence each.
  [[nodiscard]] std::vector<std::string> missing(adapters::Session &session) const;

private:
  struct Sent {
    std::int64_t conversation = 0;
    bool open = false; ///< the number is the public one
    std::int64_t number = 0;
  };
  using Mark = std::tuple<std::int64_t, std::string, std::string, std::string>; ///< conversation, side, actor

  std::size_t size_ = 0;
  std::map<std::string, Sent> messages_; ///< by body: each is sent once
  std::map<Mark, std::int64_t> marks_;
  std::map<std::int64_t, std::int64_t> transitions_; ///< how many, by conversation
};

/// One life of fault-load-host, which may be cut short.
class LoadRun {
public:
  /// Starts it. `database`: a connection string, or the path of an SQLite file. `further`: its last arguments, or none.
  LoadRun(const std::string &database, std::uint64_t seed, std::uint64_t acknowledgements,
          const std::vector<std::string> &further = {});
  LoadRun(const LoadRun &) = delete;
  LoadRun &operator=(const LoadRun &) = delete;
  ~LoadRun(); ///< kills it when it still runs

  /// Notes what it says until it ended, or until `enough` of this run's acknowledgements are there: then it is killed.
  /// Its status as waitpid tells it.
  int follow(Ledger &ledger, std::size_t enough = SIZE_MAX);

  /// Does this once follow() has noted so many acknowledgements of this run.
  void when(std::size_t acknowledged, std::function<void()> action) {
    actions_.emplace(acknowledged, std::move(action));
  }

  /// Kills it as soon as the condition holds. Notes nothing: follow() does.
  void kill_when(const std::function<bool()> &condition) const;

  /// It said that it was started.
  [[nodiscard]] bool was_ready() const { return ready_; }
  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }

private:
  void hear(const std::string &line, Ledger &ledger);

  pid_t process_ = -1;
  int output_ = -1;
  bool ready_ = false;
  std::size_t acknowledged_ = 0;
  std::multimap<std::size_t, std::function<void()>> actions_; ///< that are still to be done
};

/// What is wrong with a database that was cut off, one sentence each: its schema and its data, and what the ledger misses.
/// `database` as LoadRun has it. Of an SQLite file it looks at a copy, so that whoever opens the database next finds it as it
/// was left.
std::vector<std::string> faults_of(const std::string &database, const Ledger &ledger);

/// Deletes a database that has told all that it could.
void remove_files(const std::string &path);

/// Where this run of the tests begins to count its seeds: PARLEY_FAULT_SEED, else by chance. It is printed.
std::uint64_t first_seed();

} // namespace parley::tests
