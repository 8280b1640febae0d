#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/adapters/support/test_database.hpp"

namespace parley::tests {

using domain::Audience;
using domain::Code;
using domain::ConversationId;
using domain::Level;
using domain::Reference;
using domain::Scope;
using domain::Status;
using domain::Visibility;
using store::ConversationField;
using store::Operator;

// People and records of the tests.
inline const Reference kJohn{"users", "1"};
inline const Reference kCharlie{"users", "2"};
inline const Reference kDana{"users", "3"};
inline const Reference kAmanda{"customerusers", "11"};
inline const Reference kBrian{"customerusers", "12"};
inline const Reference kNora{"customerusers", "13"};
inline const Reference kAcme{"customers", "21"};
inline const Reference kGlobex{"customers", "22"};
inline const Reference kOrder{"orders", "1001"};
inline const Reference kQuote{"quotes", "3001"};

Scope everything(); ///< the back office, global
Scope backoffice(const Reference &actor, Level level, const std::vector<std::string> &units = {});
Scope storefront(const Reference &actor, Level level, const std::vector<std::string> &customers = {});

store::Value is(const Reference &reference);
store::Value is(std::int64_t number);
store::Value is(const std::string &text);
store::Value is(Status status);

/// What the conformance suite does with the stores, on each kind of database. Time moves a second with every command.
class StoreTest : public ::testing::TestWithParam<DatabaseKind> {
protected:
  StoreTest();

  [[nodiscard]] store::Doing doing(const Reference &actor, Audience audience = Audience::backoffice);

  /// Acme's conversation about an order: John's, of the unit "sales", with Amanda.
  [[nodiscard]] store::StartConversation sample(const std::string &name = "Order ORD-1001");
  ConversationId start(const store::StartConversation &command);
  ConversationId start(const std::string &name = "Order ORD-1001") { return start(sample(name)); }

  [[nodiscard]] store::AppendMessage message(ConversationId conversation, const Reference &sender,
                                             const std::string &body, Visibility visibility = Visibility::everybody);
  store::Appended say(ConversationId conversation, const Reference &sender, const std::string &body,
                      Visibility visibility = Visibility::everybody);
  [[nodiscard]] store::EditConversation edition(ConversationId conversation);
  [[nodiscard]] store::PerformTransition transition(ConversationId conversation, const std::string &name,
                                                    std::vector<Status> from, Status to);
  [[nodiscard]] store::ChangeContexts contexts(ConversationId conversation, store::Change change,
                                               std::vector<Reference> records);
  domain::Done read_to(ConversationId conversation, const Scope &viewer, domain::Number index);

  /// The row as this scope sees it; fails the test when it does not.
  store::ConversationRow row(ConversationId conversation, const Scope &scope = everything());
  bool visible(ConversationId conversation, const Scope &scope);
  std::vector<ConversationId> listed(const store::ConversationQuery &query);
  std::vector<domain::Message> thread(ConversationId conversation, const Scope &scope = everything());
  store::Page<store::ParticipantRow> people(ConversationId conversation, const Scope &scope = everything());
  domain::Participant person(ConversationId conversation, const Reference &actor, const Scope &scope = everything());

  void reopen() { stores_ = database_->open(); }
  store::ConversationStore &store() { return *stores_.conversations; }
  store::WorkflowStore &workflows() { return *stores_.workflows; }
  store::MaintenanceStore &maintenance() { return *stores_.maintenance; }
  /// As a host event does, to the end.
  void note(std::vector<store::RecordLabel> labels);

  std::unique_ptr<TestDatabase> database_;
  adapters::Stores stores_;
  domain::Time now_ = 1'700'000'000'000'000;
};

/// The suite runs on the kind of database that is chosen: ctest runs it once for each (ON_SERVERS).
#define PARLEY_ON_EVERY_DATABASE(suite)                                                          \
  INSTANTIATE_TEST_SUITE_P(Database, suite, ::testing::ValuesIn(::parley::tests::chosen_kind()), \
                           [](const auto &instance) { return instance.param.name; })
/// For what SQLite alone has.
#define PARLEY_ON_SQLITE(suite)                                                                       \
  INSTANTIATE_TEST_SUITE_P(Database, suite, ::testing::ValuesIn(::parley::tests::sqlite_if_chosen()), \
                           [](const auto &instance) { return instance.param.name; })

} // namespace parley::tests
