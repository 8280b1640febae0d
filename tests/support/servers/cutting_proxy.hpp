#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace parley::tests {

/// Stands between a client and its server on 127.0.0.1, and cuts a connection where a test wants it.
class CuttingProxy {
public:
  enum class Cut {
    never,
    before_commit, ///< the server never hears of it
    after_commit,  ///< the server has committed, the client never hears of it
  };

  /// Passes on to that port.
  explicit CuttingProxy(int server_port);
  ~CuttingProxy();
  CuttingProxy(const CuttingProxy &) = delete;
  CuttingProxy &operator=(const CuttingProxy &) = delete;

  [[nodiscard]] int port() const { return port_; }
  /// What happens at the next commit, once.
  void cut(Cut when) { cut_ = when; }
  /// How many connections were cut.
  [[nodiscard]] int cuts() const { return cuts_; }

private:
  void accept_all();
  void pass_on(int client);

  int server_port_;
  int port_ = 0;
  int listener_ = -1;
  std::atomic<bool> over_{false};
  std::atomic<Cut> cut_{Cut::never};
  std::atomic<int> cuts_{0};
  std::mutex mutex_;
  std::vector<std::thread> passing_;
  std::thread accepting_;
};

} // namespace parley::tests
