// Who says how long it waits gets an answer by then, even where the database makes everybody wait.
#include "conversation_calls.hpp"

#include <sqlite3.h>

namespace {

using contract::BareHost;
using contract::ConversationCalls;
using contract::Documents;
using contract::Errors;

TEST(TimeLeft, EndsTheWaitForTheDatabase) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  if (library.empty()) {
    GTEST_SKIP() << "PARLEY_PLUGIN is not built";
  }
  nlohmann::json configuration = nlohmann::json::parse(contract::configuration_of(library));
  if (configuration["database"].get<std::string>().compare(0, 7, "sqlite:") != 0) {
    GTEST_SKIP() << "the lock is SQLite's";
  }
  configuration["patienceMs"] = 600'000;
  BareHost host{library};
  contract::migrate(host.plugin(), configuration.dump());
  ASSERT_EQ(host.start(configuration.dump()), PARLEY_OK) << host.errors().text();
  const ConversationCalls calls{host};
  static_cast<void>(calls.made());

  // Another process writes, and takes its time.
  sqlite3 *other = nullptr;
  ASSERT_EQ(sqlite3_open(configuration["database"].get<std::string>().substr(7).c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "begin immediate", nullptr, nullptr, nullptr), SQLITE_OK);
  const parley_entity &conversations = host.entity("conversations");
  const std::string document = R"({"data":{"type":"conversations","attributes":{"name":"Hello"}}})";
  parley_write write{};
  write.size = sizeof write;
  write.json = contract::view(document);
  parley_call call = BareHost::call();
  call.time_left_us = 300'000;
  const Documents created;
  const Errors errors;
  EXPECT_EQ(conversations.create(conversations.context, &call, &write, created, errors), PARLEY_BUSY);
  sqlite3_close(other);

  // Nothing of it is left, and nothing stands in the way.
  call.time_left_us = PARLEY_NO_DEADLINE;
  EXPECT_EQ(conversations.create(conversations.context, &call, &write, created, errors), PARLEY_OK) << errors.text();
  std::uint64_t count = 0;
  EXPECT_EQ(calls.count(count), PARLEY_OK);
  EXPECT_EQ(count, 2U);
}

} // namespace
