/// parley-limits [sqlite | postgresql | all] [<rounds>]
///
/// What reading the newest messages of a conversation and adding one costs through the stores, through the C ABI and over
/// HTTP, compared with a program that uses the database's own library and does nothing else. The sides work in turns on
/// the same database; see docs/performance.md.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <stdexcept>

#include "tests/bench/limits/commits.hpp"
#include "tests/bench/limits/contest.hpp"
#include "tests/bench/limits/side.hpp"
#include "tests/bench/limits/table.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::bench {
namespace {

constexpr int kClients = 8;

std::string environment(const char *name) {
  const char *value = std::getenv(name);
  if (value == nullptr) {
    throw std::runtime_error(std::string(name) + " is not set: start this by ./test bench");
  }
  return value;
}

/// In RAM, where the machine has a place for that; goes with it.
class Folder {
public:
  Folder() {
    const std::filesystem::path memory = "/dev/shm";
    const auto base = access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    path_ = (base / "parley-limits-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) {
      throw std::runtime_error("there is no place for files in " + base.string());
    }
    std::filesystem::permissions(path_, std::filesystem::perms(0755));
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;
  [[nodiscard]] const std::string &path() const { return path_; }

private:
  std::string path_;
};

Work reading(const std::shared_ptr<Client> &client, std::uint64_t seed) {
  return [client, choice = Choice(seed)]() mutable {
    client->newest(choice.conversation());
    return 1;
  };
}

Addition addition(Choice &choice) {
  return {choice.conversation(), &choice.text()};
}

Work adding(const std::shared_ptr<Client> &client, std::uint64_t seed) {
  return [client, choice = Choice(seed)]() mutable {
    client->add(addition(choice));
    return 1;
  };
}

Work adding_together(const std::shared_ptr<RawSqlite> &client, int count) {
  return [client, count, choice = Choice(1)]() mutable {
    std::vector<Addition> all;
    for (int at = 0; at < count; ++at) {
      all.push_back(addition(choice));
    }
    client->add_all(all);
    return count;
  };
}

using MakeClient = std::function<std::shared_ptr<Client>()>;
using MakeWork = Work (*)(const std::shared_ptr<Client> &client, std::uint64_t seed);

std::vector<Work> many(const MakeClient &client, MakeWork work, int count) {
  std::vector<Work> clients;
  for (int at = 1; at <= count; ++at) {
    clients.push_back(work(client(), static_cast<std::uint64_t>(at)));
  }
  return clients;
}

/// How many additions share a commit, on average, where so many clients add at once in this process.
std::string batches(const std::string &name, std::vector<Work> clients, const Turns &turns) {
  const auto operations = std::make_shared<std::atomic<std::int64_t>>(0);
  for (Work &work : clients) {
    work = [operations, inner = std::move(work)] {
      const std::int64_t done = inner();
      *operations += done;
      return done;
    };
  }
  const std::int64_t before = Commits::count();
  contest({{name, std::move(clients)}}, {1, turns.each, turns.least});
  const double commits = static_cast<double>(std::max<std::int64_t>(1, Commits::count() - before));
  const double tenths = 10 * static_cast<double>(*operations) / commits;
  return std::to_string(static_cast<int>(tenths) / 10) + "." + std::to_string(static_cast<int>(tenths) % 10) +
         " a commit";
}

/// The same data three times: hosts know people by other names and clocks, and would have them written again and again.
struct Databases {
  std::string raw; ///< and of the store
  std::string abi;
  std::string http;
};

/// What is measured of one database.
struct Subject {
  std::string name;
  bool sqlite = true;
  std::function<std::shared_ptr<Client>(Search)> raw;
  std::function<std::vector<Work>(Search)> raw_adding; ///< the best that so many clients could share
  std::string raw_adding_name;
  double abi_aim = 0;
  Measure adding_measure = Measure::share;
  double adding_aim = 0;
};

void measure(const Subject &subject, const Databases &databases, const Folder &folder, const Turns &turns) {
  const std::string library = environment("PARLEY_PLUGIN");
  const auto store = way_by_store(databases.raw);
  const auto abi = way_by_abi(library, databases.abi);
  HttpWay http(environment("PARLEY_SAMPLE_HOST"), library, databases.http, folder.path() + "/host-" + subject.name);
  const MakeClient raw = [&] { return subject.raw(Search::left_out); };
  const MakeClient raw_with_search = [&] { return subject.raw(Search::kept_up); };
  const MakeClient by_store = [&] { return store->client(); };
  const MakeClient by_abi = [&] { return abi->client(); };
  const MakeClient by_http = [&] { return http.client(); };
  const MakeClient trivial = [&] { return http.trivial_client(); };
  const Works works = subject.sqlite ? Works::here : Works::elsewhere;
  const std::string newest = "newest " + std::to_string(kNewest) + " messages";
  const std::string eight = std::to_string(kClients) + " clients";

  print_contest(
      std::cout, subject.name + ": " + newest + ", 1 client", By::cpu,
      {{"raw", works},
       {"store", works, Measure::slower, 1.5},
       {"C ABI, whole documents", works, Measure::slower, subject.abi_aim}},
      contest(
          {{"raw", many(raw, reading, 1)}, {"store", many(by_store, reading, 1)}, {"C ABI", many(by_abi, reading, 1)}},
          turns));
  print_contest(
      std::cout, subject.name + ": " + newest + " over HTTP, " + eight, By::clock,
      {{"trivial handler"}, {"GET conversationmessages", Works::elsewhere, Measure::share, 1.0 / 3}},
      contest({{"trivial", many(trivial, reading, kClients)}, {"HTTP", many(by_http, reading, kClients)}}, turns));
  print_contest(std::cout, subject.name + ": add a message, 1 client", By::cpu,
                {{"raw", works}, {"raw, with the index of words", works}, {"store", works}, {"C ABI", works}, {"HTTP"}},
                contest({{"raw", many(raw, adding, 1)},
                         {"raw with search", many(raw_with_search, adding, 1)},
                         {"store", many(by_store, adding, 1)},
                         {"C ABI", many(by_abi, adding, 1)},
                         {"HTTP", many(by_http, adding, 1)}},
                        turns));
  const auto note = [&](const MakeClient &client) {
    return subject.sqlite ? batches("batches", many(client, adding, kClients), turns) : std::string();
  };
  const Measure how = subject.adding_measure;
  print_contest(std::cout, subject.name + ": add a message, " + eight, By::clock,
                {{subject.raw_adding_name, works},
                 {"the same, with the index of words", works, how},
                 {"store", works, how, subject.adding_aim, note(by_store)},
                 {"C ABI", works, how, subject.adding_aim, note(by_abi)},
                 {"HTTP", Works::elsewhere, how, subject.adding_aim}},
                contest({{"raw", subject.raw_adding(Search::left_out)},
                         {"raw with search", subject.raw_adding(Search::kept_up)},
                         {"store", many(by_store, adding, kClients)},
                         {"C ABI", many(by_abi, adding, kClients)},
                         {"HTTP", many(by_http, adding, kClients)}},
                        turns));
}

void measure_sqlite(const Turns &turns) {
  const Folder folder;
  const std::string file = folder.path() + "/raw.db";
  const std::string abi = folder.path() + "/abi.db";
  const std::string http = folder.path() + "/http.db";
  fill("sqlite:" + file);
  std::filesystem::copy_file(file, abi);
  std::filesystem::copy_file(file, http);
  const auto raw = [file](Search search) { return std::make_shared<RawSqlite>(file, search); };
  const auto together = [raw](Search search) { return std::vector<Work>{adding_together(raw(search), kClients)}; };
  measure({"SQLite", true, raw, together, "raw, 1 client, 8 in a transaction", 3, Measure::share, 0.7},
          {"sqlite:" + file, "sqlite:" + abi, "sqlite:" + http}, folder, turns);
}

void measure_postgresql(const Turns &turns) {
  const Folder folder;
  setenv("TMPDIR", std::filesystem::path(folder.path()).parent_path().c_str(), 1);
  tests::ServerOptions options;
  options.durable = true;
  options.settings = {"shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=30min"};
  tests::TestServer server(tests::ServerKind::postgresql, options);
  const tests::FreshDatabase filled = server.fresh_database();
  const std::string database = filled.owner;
  fill(database);
  const std::string abi = server.copy_of(filled).owner;
  const std::string http = server.copy_of(filled).owner;
  const auto raw = [database](Search search) { return std::make_shared<RawPostgresql>(database, search); };
  const auto at_once = [raw](Search search) { return many([&] { return raw(search); }, adding, kClients); };
  measure({"PostgreSQL", false, raw, at_once, "raw, one statement each", 1.5, Measure::slower, 1.3},
          {database, abi, http}, folder, turns);
}

void say_load() {
  std::string load;
  std::getline(std::ifstream("/proc/loadavg"), load);
  std::cout << "load " << load.substr(0, load.find(' ')) << '\n';
}

int run(int count, char **arguments) {
  const std::string which = count > 1 ? arguments[1] : "all";
  Turns turns;
  turns.rounds = count > 2 ? std::max(1, std::stoi(arguments[2])) : turns.rounds;
  if (which != "all" && which != "sqlite" && which != "postgresql") {
    std::cerr << "Usage: parley-limits [sqlite | postgresql | all] [<rounds>]\n";
    return 2;
  }
  Commits::watch();
  std::cout << kConversations << " conversations of " << kMessages << " messages; medians of " << turns.rounds
            << " rounds, and the range of the ratios\n";
  say_load();
  if (which != "postgresql") {
    measure_sqlite(turns);
  }
  if (which != "sqlite") {
    measure_postgresql(turns);
  }
  say_load();
  return 0;
}

} // namespace
} // namespace parley::bench

/// Fails where a figure could not be measured, and never because of what it is.
int main(int count, char **arguments) {
  try {
    return parley::bench::run(count, arguments);
  } catch (const std::exception &error) {
    std::cout.flush();
    std::cerr << "not measured: " << error.what() << '\n';
    return 1;
  }
}
