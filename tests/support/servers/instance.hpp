#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/servers/server_kind.hpp"
#include "tests/support/servers/server_process.hpp"

namespace parley::tests {

/// One server with its folder, which goes with it, and its port. Everything throws std::runtime_error with the server's own
/// words. One thread at a time.
class Instance {
public:
  /// Starts nothing.
  Instance(const KindOfServer &kind, std::filesystem::path folder, ServerOptions options);

  /// Returns when it answers. The first start chooses the port.
  void start();
  void stop() { process_->stop(); }
  void kill() { process_->kill(); }
  void suspend() { process_->suspend(); }
  void resume() { process_->resume(); }

  /// A connection of the administrator to a database, or to the server's first.
  [[nodiscard]] Client connect(const std::string &database = "") const;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] pid_t process() const { return pid_; }
  [[nodiscard]] const std::filesystem::path &folder() const { return folder_; }
  /// The end of what it wrote.
  [[nodiscard]] std::string last_words() const;

private:
  void prepare();
  bool start_once(); ///< false when it ended before it answered
  bool answers();

  const KindOfServer &kind_;
  std::filesystem::path folder_;
  ServerOptions options_;
  std::unique_ptr<ServerProcess> process_;
  int port_ = 0;
  bool answered_ = false; ///< ever: then the port is its own
  pid_t pid_ = -1;
  std::string refusal_; ///< of the last attempt to connect
};

} // namespace parley::tests
