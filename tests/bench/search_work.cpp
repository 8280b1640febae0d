/// parley-search-work <connection string> <token>...
///
/// Prints what a search for each token takes on a database: milliseconds and rows, of messages and of conversations, for
/// who sees everything and for the user "few", who sees where it takes part.
#include <algorithm>
#include <chrono>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <vector>

#include "adapters/store_factory.hpp"

namespace {

using Clock = std::chrono::steady_clock;

/// The shortest of some runs: what else the machine does is not of interest.
template <class Read>
void measure(const std::string &name, const Read &read) {
  constexpr int kRuns = 3;
  double shortest = 1e9;
  std::size_t rows = 0;
  for (int run = 0; run < kRuns; ++run) {
    const auto began = Clock::now();
    const auto page = read();
    if (!page) {
      throw std::runtime_error(name + ": " + page.failure().faults.front().detail);
    }
    rows = page->rows.size();
    shortest = std::min(shortest, std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
  std::cout << shortest << "\t" << rows << "\t" << name << std::endl;
}

int run(int count, char **arguments) {
  auto stores = parley::adapters::open(arguments[1]);
  if (!stores) {
    std::cerr << stores.failure().faults.front().detail << '\n';
    return 1;
  }
  parley::domain::Scope global;
  global.level = parley::domain::Level::global;
  global.actor = {"users", "1"};
  parley::domain::Scope few = global;
  few.level = parley::domain::Level::user;
  few.actor = {"users", "few"};
  for (int at = 2; at < count; ++at) {
    const std::string token = arguments[at];
    for (const auto *scope : {&global, &few}) {
      const std::string who = token + (scope == &global ? ", global" : ", few");
      parley::store::MessageQuery messages;
      messages.scope = *scope;
      messages.search.emplace();
      messages.search->tokens = {token};
      messages.paging.size = 25;
      measure("messages, newest first: " + who, [&] { return stores->conversations->messages(messages); });
      messages.by_relevance = true;
      measure("messages, by relevance: " + who, [&] { return stores->conversations->messages(messages); });
      parley::store::ConversationQuery conversations;
      conversations.scope = *scope;
      conversations.search = messages.search;
      conversations.paging.size = 25;
      measure("conversations: " + who, [&] { return stores->conversations->conversations(conversations); });
    }
  }
  return 0;
}

} // namespace

int main(int count, char **arguments) {
  if (count < 3) {
    std::cerr << "Usage: parley-search-work <connection string> <token>...\n";
    return 2;
  }
  try {
    return run(count, arguments);
  } catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
