#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/limits/data.hpp"

namespace parley::bench {

/// A message to add, by users/1, for everybody.
struct Addition {
  std::int64_t conversation = 0;
  const Text *text = nullptr;
};

/// One client of a way to the database. One thread at a time. Everything throws std::runtime_error where it does not do what
/// it is asked for.
class Client {
public:
  Client() = default;
  Client(const Client &) = delete;
  Client &operator=(const Client &) = delete;
  virtual ~Client() = default;

  /// Reads the newest messages of a conversation, kNewest of them.
  virtual void newest(std::int64_t conversation) = 0;
  /// Returns when the message is stored durably.
  virtual void add(const Addition &addition) = 0;
};

/// Whether what a raw client adds can be found by its words.
enum class Search { left_out, kept_up };

/// What cannot be done with less: prepared statements of the database's own library, nothing checked, no row but those of
/// the conversation, the participant, the message and the event.
class RawSqlite : public Client {
public:
  RawSqlite(const std::string &path, Search search);
  ~RawSqlite() override;
  void newest(std::int64_t conversation) override;
  void add(const Addition &addition) override { add_all({addition}); }
  /// In one transaction.
  void add_all(const std::vector<Addition> &additions);

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// The same on PostgreSQL; one statement adds a message, and is its own transaction.
class RawPostgresql : public Client {
public:
  RawPostgresql(const std::string &connection, Search search);
  ~RawPostgresql() override;
  void newest(std::int64_t conversation) override;
  void add(const Addition &addition) override;

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// A way to the database that many clients share.
class Way {
public:
  Way() = default;
  Way(const Way &) = delete;
  Way &operator=(const Way &) = delete;
  virtual ~Way() = default;
  /// The client must not outlive its way.
  virtual std::unique_ptr<Client> client() = 0;
};

/// The adapters' stores in this process.
std::unique_ptr<Way> way_by_store(const std::string &connection);

/// The plugin as a shared library, called by a host that has nothing but the contract's headers.
std::unique_ptr<Way> way_by_abi(const std::string &library, const std::string &connection);

/// The sample host with the plugin as a process, asked over HTTP on connections that stay open.
class HttpWay : public Way {
public:
  /// `folder`: of its catalogue.
  HttpWay(const std::string &program, const std::string &library, const std::string &connection,
          const std::string &folder);
  ~HttpWay() override;
  std::unique_ptr<Client> client() override;
  /// Whose reads are answered by the server's most trivial handler: a refusal of eleven words, which asks nobody.
  std::unique_ptr<Client> trivial_client();

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Microseconds since 1970.
std::int64_t now();

} // namespace parley::bench
