// A host under load that is going to die. It loads the plugin through the contract, and eight threads start
// conversations, send messages, mark read, assign (which writes internal messages), close and reopen. What succeeded is
// acknowledged, after the call returned, by one line on standard output, in one write:
//
//   ready                                      the plugin was started
//   message <conversation> <all|public> <number> <body>
//   read <conversation> <all|public> <actor type> <actor id> <number>
//   transition <conversation>
//   end                                        everything was stopped in order
//
//   fault-load-host <plugin> <connection string> <seed> <acknowledgements> [retry | cut|ignore-sync in-load|at-end <operation>]
//
// It ends by itself after so many acknowledgements. With "retry" its database may fail: whatever is answered with "unavailable,
// retry" is sent again, as clients do, messages under the same client id. With another word its disk is storage.hpp's, whose power fails at that
// operation, of all or of those after the load; at the latest when the program ends. Exit status: 0; storage::kCut; 1 what must not happen.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <random>
#include <thread>

#include "tests/contract/support.hpp"
#include "tests/fault/storage.hpp"

namespace {

using contract::Actor;
using contract::admin;
using contract::amanda;
using contract::document;
using contract::linkage;
using contract::Response;
using nlohmann::json;

constexpr int kThreads = 8;
constexpr auto kPatience = std::chrono::seconds(60); ///< with a database that is away

struct Plan {
  std::string plugin;
  std::string database;
  std::uint64_t seed = 0;
  std::uint64_t acknowledgements = 0;
  bool retry = false; ///< the database may be away
  std::string disk;   ///< "", "cut", "ignore-sync"
  bool cut_at_end = false;
  std::uint64_t operation = 0;
};

void tell(const std::string &line) {
  const std::string whole = line + "\n";
  if (write(STDOUT_FILENO, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) {
    _exit(1);
  }
}

[[noreturn]] void give_up(const std::string &why) {
  std::fprintf(stderr, "fault-load-host: %s\n", why.c_str());
  _exit(1);
}

struct Known {
  std::string id;
  std::int64_t all = 1; ///< numbers of messages that are surely there, in each audience's numbers
  std::int64_t open = 1;
};

/// The conversations that threads write in.
class Conversations {
public:
  void add(const std::string &id) {
    const std::lock_guard lock(mutex_);
    known_.push_back({id});
  }
  /// A message of that number is there.
  void add_message(const std::string &id, bool open, std::int64_t number) {
    const std::lock_guard lock(mutex_);
    for (Known &each : known_) {
      if (each.id == id) {
        std::int64_t &last = open ? each.open : each.all;
        last = std::max(last, number);
      }
    }
  }
  /// Its id is empty when there is none yet.
  Known any(std::mt19937_64 &random) {
    const std::lock_guard lock(mutex_);
    return known_.empty() ? Known{} : known_[random() % known_.size()];
  }

private:
  std::mutex mutex_;
  std::vector<Known> known_;
};

/// The host's clock goes on, and threads see it move in between: what they do overlaps.
void tick(const contract::Host &host) {
  using namespace std::chrono;
  c_host_set_time(host.get(), duration_cast<microseconds>(system_clock::now().time_since_epoch()).count());
}

class Worker {
public:
  Worker(const contract::Host &host, const Plan &plan, int number, Conversations &conversations,
         std::atomic<std::uint64_t> &acknowledged)
      : host_(host), plan_(plan), name_(std::to_string(plan.seed) + "-" + std::to_string(number)),
        conversations_(conversations), acknowledged_(acknowledged),
        random_(plan.seed * kThreads + static_cast<std::uint64_t>(number)) {}

  void work() {
    while (acknowledged_ < plan_.acknowledgements) {
      tick(host_);
      const auto roll = random_() % 100;
      const Known conversation = conversations_.any(random_);
      if (roll < 8 || conversation.id.empty()) {
        start();
      } else if (roll < 70) {
        send(conversation.id, random_() % 2 == 0 ? admin : amanda);
      } else if (roll < 80) {
        mark_read(conversation, random_() % 2 == 0 ? admin : amanda);
      } else if (roll < 90) {
        assign(conversation.id);
      } else {
        close_and_reopen(conversation.id);
      }
    }
  }

private:
  std::string next_body() { return name_ + "-" + std::to_string(++bodies_); }
  static bool is_customer(const Actor &actor) { return actor.type == "customerusers"; }
  static const char *side(const Actor &actor) { return is_customer(actor) ? "public" : "all"; }

  void acknowledge(const std::string &line) {
    ++acknowledged_;
    tell(line);
  }

  /// True: it was done; false: the conversation is closed, or is not, or the database is away. Any other answer ends the
  /// program.
  bool done(const Response &response) const {
    if (response.status / 100 == 2) {
      return true;
    }
    if (response.status != 409 && !away(response)) {
      give_up("status " + std::to_string(response.status) + ": " + response.body.dump());
    }
    return false;
  }

  bool away(const Response &response) const { return plan_.retry && response.status == 503; }

  void start() {
    const std::string body = next_body();
    const Response response =
        host_.request(amanda, "POST", "/conversations",
                      document("conversations", {{"name", "Question " + body}, {"firstMessage", body}},
                               {{"source", linkage("orders", "1")}}));
    if (done(response)) {
      const auto id = response.body["data"]["id"].get<std::string>();
      acknowledge("message " + id + " public 1 " + body);
      conversations_.add(id);
    }
  }

  void send(const std::string &conversation, const Actor &actor) {
    const std::string body = next_body();
    json attributes{{"body", body}, {"clientId", body}};
    if (!is_customer(actor) && random_() % 3 == 0) {
      attributes["visibility"] = "internal";
    }
    const json message =
        document("conversationmessages", attributes, {{"conversation", linkage("conversations", conversation)}});
    Response response = host_.request(actor, "POST", "/conversationmessages", message);
    // Whether it was stored nobody knows, unless it is sent again.
    const auto patience_ends = std::chrono::steady_clock::now() + kPatience;
    while (away(response) && std::chrono::steady_clock::now() < patience_ends) {
      response = host_.request(actor, "POST", "/conversationmessages", message);
    }
    if (done(response)) {
      const auto index = response.body["data"]["attributes"]["index"].get<std::int64_t>();
      acknowledge("message " + conversation + " " + side(actor) + " " + std::to_string(index) + " " + body);
      conversations_.add_message(conversation, is_customer(actor), index);
    }
  }

  void mark_read(const Known &conversation, const Actor &actor) {
    const std::int64_t last = is_customer(actor) ? conversation.open : conversation.all;
    const std::int64_t number = 1 + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(last));
    const Response response = host_.request(actor, "POST", "/conversations/" + conversation.id + "/mark-read",
                                            {{"meta", {{"index", number}}}});
    if (done(response)) {
      acknowledge("read " + conversation.id + " " + side(actor) + " " + actor.type + " " + actor.id + " " +
                  std::to_string(number));
    }
  }

  /// Nobody can say later whose assignment was the last: it is not acknowledged.
  void assign(const std::string &conversation) {
    done(host_.request(admin, "PATCH", "/conversations/" + conversation,
                       document("conversations", json::object(),
                                {{"owner", linkage("users", std::to_string(1 + random_() % 3))}}, conversation)));
  }

  void close_and_reopen(const std::string &conversation) {
    for (const char *transition : {"close", "reopen"}) {
      if (done(host_.request(admin, "POST", "/conversations/" + conversation + "/transitions/" + transition))) {
        acknowledge("transition " + conversation);
      }
    }
  }

  const contract::Host &host_;
  const Plan &plan_;
  const std::string name_;
  Conversations &conversations_;
  std::atomic<std::uint64_t> &acknowledged_;
  std::mt19937_64 random_;
  std::uint64_t bodies_ = 0;
};

void carry_load(const Plan &plan) {
  contract::Host host({}, R"({"conversations.enabled":true})");
  tick(host);
  const contract::Errors errors;
  parley_runtime_plugin *plugin = host.load(plan.plugin, errors);
  const json configuration{{"database", plan.database}, {"poolSize", 4}};
  if (plugin == nullptr || contract::Host::start(plugin, configuration.dump(), errors) != PARLEY_OK) {
    give_up("the plugin does not start: " + errors.text());
  }
  tell("ready");

  Conversations conversations;
  const Response known = host.get(admin, "/conversations");
  for (const json &each : known.body.value("data", json::array())) {
    conversations.add(each["id"]);
  }
  std::atomic<std::uint64_t> acknowledged{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < kThreads; ++number) {
    threads.emplace_back([&, number] { Worker(host, plan, number, conversations, acknowledged).work(); });
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  if (plan.cut_at_end) {
    parley::tests::storage::cut_at(plan.operation);
  }
}

} // namespace

int main(int count, char **words) {
  if (count != 5 && count != 6 && count != 8) {
    give_up("wrong arguments");
  }
  Plan plan{words[1], words[2], std::stoull(words[3]), std::stoull(words[4]), count == 6, "", false, 0};
  if (count == 8) {
    plan.disk = words[5];
    plan.cut_at_end = std::string(words[6]) == "at-end";
    plan.operation = std::stoull(words[7]);
    parley::tests::storage::install({plan.seed, plan.disk == "ignore-sync"});
    if (!plan.cut_at_end) {
      parley::tests::storage::cut_at(plan.operation);
    }
  }
  carry_load(plan);
  if (!plan.disk.empty()) {
    parley::tests::storage::cut_now();
  }
  tell("end");
  return 0;
}
