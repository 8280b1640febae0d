#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace parley::tests {

/// How a database server is run.
struct ServerCommand {
  std::string folder;               ///< absolute; it runs there, and writes to server.log
  bool deletes;                     ///< the folder goes with it
  std::string user;                 ///< it runs as this user; empty: as who runs the test
  int at_once;                      ///< the signal that ends it without a word to its clients
  std::vector<std::string> command; ///< the program's path and its arguments
};

/// A database server that cannot outlive this process: a keeper process holds the other end of a pipe, and when this end
/// closes, for whatever reason, it ends the server with all its children and deletes the folder. The signals go through
/// the keeper, so that they never meet a process that got the number of one that has ended.
///
/// Everything throws std::runtime_error when the keeper does not do as it is told in a minute. One thread at a time.
class ServerProcess {
public:
  explicit ServerProcess(const ServerCommand &command);
  ~ServerProcess();
  ServerProcess(const ServerProcess &) = delete;
  ServerProcess &operator=(const ServerProcess &) = delete;

  /// Does not wait until it answers.
  pid_t start();
  /// In order, with connections cut; returns when it has ended.
  void stop();
  /// SIGKILL to it and its children, as when the machine dies.
  void kill();
  /// SIGSTOP to it and its children: it hangs, and its connections stay open.
  void suspend();
  void resume();

  /// Its exit status as waitpid tells it, when it has ended by itself.
  int wait_until_ended();
  /// Somebody else deletes it.
  void keep_folder() const { tell('n'); }
  /// False once it has ended, by itself or not.
  [[nodiscard]] bool runs();

private:
  void tell(char command) const;
  /// Waits for a line that begins so.
  std::string wait_for(const std::string &begin);
  bool hear(std::chrono::milliseconds patience);

  int commands_ = -1;
  int answers_ = -1;
  pid_t keeper_ = -1;
  bool runs_ = false;
  int status_ = 0; ///< of its last end
  std::string heard_;
  std::vector<std::string> lines_;
};

} // namespace parley::tests
