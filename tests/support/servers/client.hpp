#pragma once

#include <memory>
#include <string>
#include <vector>

namespace parley::tests {

/// A connection to a database that knows nothing of the adapters: to prepare what they meet and to look behind them. It does not
/// connect again. Everything throws std::runtime_error with the database's own words. One thread at a time.
class Client {
public:
  /// A connection string of FreshDatabase, or sqlite:<path>.
  explicit Client(const std::string &connection);
  ~Client();
  Client(Client &&) noexcept;
  Client &operator=(Client &&) noexcept;

  /// The first column of each row; NULL is empty.
  std::vector<std::string> run(const std::string &sql);

  /// What the client libraries say.
  class Link {
  public:
    virtual ~Link() = default;
    virtual std::vector<std::string> run(const std::string &sql) = 0;
  };
  explicit Client(std::unique_ptr<Link> link);

private:
  std::unique_ptr<Link> link_;
};

} // namespace parley::tests
