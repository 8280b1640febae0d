// Random sequences of commands on the real store, compared after each with a model in memory (design: data and access; D5,
// D7, D9-D11, D13, D16, W2, W3, W6). A failure prints the seed and the whole sequence. Further seeds:
// PARLEY_PROPERTY_SEEDS=100-400, longer sequences: PARLEY_PROPERTY_STEPS=1000.
#include <cstdlib>
#include <random>
#include <sstream>

#include "plugin/domain/names.hpp"
#include "plugin/domain/rules.hpp"
#include "plugin/domain/workflow.hpp"
#include "tests/adapters/support/model.hpp"
#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

const std::vector<Reference> kUsers{kJohn, kCharlie, kDana};
const std::vector<Reference> kCustomerUsers{kAmanda, kBrian, kNora};
const std::vector<Reference> kRecords{kOrder, kQuote, {"rfqs", "2001"}, kDana, kBrian};
const std::vector<std::string> kUnits{"sales", "sales-west", ""};

Reference customer_of(const Reference &customer_user) {
  return customer_user.none() ? Reference{} : customer_user == kNora ? kGlobex : kAcme;
}

std::string text(const Reference &reference) {
  return reference.none() ? "-" : reference.type + "/" + reference.id;
}

/// What both are asked for, so that a difference reads as one of two texts.
std::string text(const domain::Tally &tally) {
  std::ostringstream out;
  out << "last " << tally.last_index << ", texts " << tally.text_count << ", last text " << tally.last_text << " at "
      << tally.last_text_at << ", updated " << tally.updated << '\n';
  return out.str();
}
std::string text(const domain::Conversation &members) {
  std::ostringstream out;
  out << "conversation " << members.id << ' ' << members.uid << ' ' << members.name << ", "
      << domain::name_of(members.status) << ", owner " << text(members.owner) << " of " << members.unit << ", customer "
      << text(members.customer) << " by " << text(members.customer_user) << ", source " << text(members.source)
      << ", in " << members.organization << ", created " << members.created << ", version " << members.version << '\n';
  return out.str();
}
std::string text(Audience audience, const ModelMessage &message) {
  std::ostringstream out;
  out << (audience == Audience::backoffice ? message.index : message.public_index) << ' '
      << (message.text ? "text" : "note") << ' ' << text(message.sender) << " by " << text(message.posted_by) << " at "
      << (audience == Audience::backoffice ? message.created : message.created_public) << ": " << message.what << '\n';
  return out.str();
}

class PropertyTest : public StoreTest {
protected:
  void run(std::uint64_t seed, int steps) {
    random_.seed(seed);
    model_ = {};
    sequence_.clear();
    for (int step = 0; step < steps; ++step) {
      one_command();
      const std::string expected = of_model();
      const std::string found = of_store();
      if (expected != found || HasFailure()) {
        std::string all;
        for (const std::string &each : sequence_) {
          all += each + '\n';
        }
        EXPECT_EQ(found, expected);
        FAIL() << "seed " << seed << ", after these commands:\n" << all;
      }
    }
  }

private:
  // --- chance

  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <class Value>
  const Value &one_of(const std::vector<Value> &values) {
    return values.at(below(values.size()));
  }
  Reference somebody() { return chance(60) ? one_of(kUsers) : one_of(kCustomerUsers); }

  store::Doing doing_by(const Reference &actor) {
    // Clocks jump back now and then.
    now_ += chance(10) ? -3'000'000 : 1'000'000;
    return {actor, actor.type == "users" ? Audience::backoffice : Audience::storefront, now_};
  }
  ConversationId some_conversation() {
    if (model_.conversations.empty() || chance(3)) {
      return 999'999;
    }
    auto at = model_.conversations.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(below(model_.conversations.size())));
    return at->first;
  }
  Scope some_scope(const Reference &actor) {
    static const std::vector<Level> levels{Level::none, Level::user, Level::unit, Level::organization, Level::global};
    if (actor.type == "users") {
      Scope scope = backoffice(actor, chance(60) ? Level::global : one_of(levels), {one_of(kUnits)});
      scope.organization = chance(80) ? "1" : "2";
      return scope;
    }
    return storefront(actor, chance(60) ? Level::user : one_of({Level::none, Level::unit, Level::division}),
                      {customer_of(actor).id});
  }
  std::int64_t some_version(ConversationId id) {
    const auto found = model_.conversations.find(id);
    if (found == model_.conversations.end() || chance(60)) {
      return 0;
    }
    return found->second.members.version + (chance(25) ? 1 : 0);
  }
  template <class Value>
  Value one_of(std::initializer_list<Value> values) {
    return one_of(std::vector<Value>(values));
  }

  // --- commands

  void note(const std::string &command) { sequence_.push_back(command); }
  static constexpr int none = -1;
  template <class Value>
  void judge(const domain::Result<Value> &result, std::optional<Code> expected) {
    const int failed = result ? none : static_cast<int>(result.failure().code);
    sequence_.back() += failed == none ? " -> done" : " -> failure " + std::to_string(failed);
    EXPECT_EQ(failed, expected ? static_cast<int>(*expected) : none) << "a kind of failure; " << none << ": none";
  }

  void one_command() {
    const std::size_t dice = below(100);
    if (model_.conversations.empty() || (dice < 8 && model_.conversations.size() < 6)) {
      begin();
    } else if (dice < 50) {
      send();
    } else if (dice < 65) {
      read();
    } else if (dice < 77) {
      edit();
    } else if (dice < 86) {
      change_contexts();
    } else if (dice < 94) {
      perform();
    } else if (dice < 96) {
      remove();
    } else {
      forget();
    }
  }

  void begin() {
    store::StartConversation command;
    const Reference customer_user = chance(70) ? one_of(kCustomerUsers) : Reference{};
    command.doing = doing_by(one_of(kUsers));
    command.conversation.organization = chance(80) ? "1" : "2";
    command.conversation.name = "Number " + std::to_string(sequence_.size());
    command.conversation.status = chance(85) ? Status::active : Status::inactive;
    command.conversation.owner = one_of(kUsers);
    command.conversation.unit = one_of(kUnits);
    command.conversation.customer_user = customer_user;
    command.conversation.customer = customer_of(customer_user);
    command.conversation.source = chance(50) ? one_of(kRecords) : Reference{};
    command.contexts =
        domain::distinct({command.conversation.owner, customer_user, command.conversation.source, one_of(kRecords)});
    command.participants = domain::distinct({command.conversation.owner, customer_user});
    if (chance(50)) {
      command.first_message = store::NewMessage{command.doing.actor, Visibility::everybody, "The first", {}};
    }
    note("start " + command.conversation.name + ", owner " + text(command.conversation.owner) + ", customer user " +
         text(customer_user) + ", source " + text(command.conversation.source) +
         (command.first_message ? ", with a message by " + text(command.doing.actor) : ""));
    const auto id = store().start(command);
    judge(id, std::nullopt);
    if (id) {
      const auto made = store().conversations_by_id(everything(), {id.value()});
      model_.start(command, id.value(), made.value().rows.at(0).conversation.uid);
    }
  }

  void send() {
    const Reference actor = somebody();
    store::AppendMessage command;
    command.doing = doing_by(actor);
    command.conversation = some_conversation();
    const bool back = command.doing.audience == Audience::backoffice;
    command.view = chance(85) ? everything() : some_scope(actor);
    command.act = chance(90) ? command.view : some_scope(actor);
    command.message.sender = back && chance(20) ? somebody() : actor;
    command.message.visibility = back && chance(40) ? Visibility::internal : Visibility::everybody;
    command.message.body = "Text " + std::to_string(sequence_.size());
    command.writable = domain::writable_statuses(command.doing.audience);
    if (domain::revives(command.doing.audience, command.message.visibility)) {
      command.revives = Status::inactive;
    }
    note("append to " + std::to_string(command.conversation) + " by " + text(actor) + " for " +
         text(command.message.sender) +
         (command.message.visibility == Visibility::internal ? ", internal" : ", public") + scopes(command));
    judge(store().append(command), model_.append(command));
  }

  void read() {
    const Reference actor = somebody();
    store::MarkRead command;
    command.doing = doing_by(actor);
    command.conversation = some_conversation();
    command.view = some_scope(actor);
    command.index = static_cast<domain::Number>(below(30)) - 1;
    note("mark " + std::to_string(command.conversation) + " read to " + std::to_string(command.index) + " by " +
         text(actor) + ", level " + std::to_string(static_cast<int>(command.view.level)));
    judge(store().mark_read(command), model_.mark_read(command));
  }

  template <class Command>
  void prepare(Command &command) {
    const Reference actor = one_of(kUsers);
    command.doing = doing_by(actor);
    command.conversation = some_conversation();
    command.view = chance(85) ? everything() : some_scope(actor);
    command.act = chance(90) ? command.view : some_scope(actor);
    command.expected_version = some_version(command.conversation);
  }
  template <class Command>
  static std::string scopes(const Command &command) {
    return ", levels " + std::to_string(static_cast<int>(command.view.level)) + " and " +
           std::to_string(static_cast<int>(command.act.level));
  }
  template <class Command>
  static std::string subject(const Command &command) {
    return std::to_string(command.conversation) + " at version " + std::to_string(command.expected_version) +
           scopes(command);
  }

  void edit() {
    store::EditConversation command;
    prepare(command);
    std::string what;
    if (chance(40)) {
      command.name = chance(30) ? "Same" : "Name " + std::to_string(sequence_.size());
      what += ", name " + *command.name;
    }
    if (chance(30)) {
      command.owner = one_of(kUsers);
      command.unit = one_of(kUnits);
      what += ", owner " + text(*command.owner) + " of " + *command.unit;
    }
    if (chance(20)) {
      command.customer_user = chance(70) ? one_of(kCustomerUsers) : Reference{};
      command.customer = customer_of(*command.customer_user);
      what += ", customer user " + text(*command.customer_user);
    }
    if (chance(20)) {
      command.source = chance(70) ? one_of(kRecords) : Reference{};
      what += ", source " + text(*command.source);
    }
    if (chance(15)) {
      command.status = one_of({Status::active, Status::inactive, Status::closed});
      what += ", status " + std::string(domain::name_of(*command.status));
    }
    if (chance(25)) {
      command.contexts = domain::distinct({one_of(kRecords), one_of(kRecords), one_of(kUsers)});
      what += ", contexts";
      for (const Reference &record : *command.contexts) {
        what += " " + text(record);
      }
    }
    note("edit " + subject(command) + what);
    judge(store().edit(command), model_.edit(command));
  }

  void change_contexts() {
    store::ChangeContexts command;
    prepare(command);
    command.change = chance(60) ? store::Change::add : store::Change::remove;
    command.records = domain::distinct({one_of(kRecords), chance(50) ? one_of(kCustomerUsers) : one_of(kRecords)});
    note(std::string(command.change == store::Change::add ? "add" : "remove") + " contexts of " + subject(command) +
         ": " + text(command.records.front()) + " .. " + text(command.records.back()));
    judge(store().change_contexts(command), model_.change_contexts(command));
  }

  void perform() {
    store::PerformTransition command;
    prepare(command);
    const domain::Transition &transition = one_of(domain::transitions());
    command.transition = transition.name;
    command.from = transition.from;
    command.to = transition.to;
    note("perform " + command.transition + " on " + subject(command));
    judge(store().perform(command), model_.perform(command));
  }

  void remove() {
    store::DeleteConversation command;
    prepare(command);
    note("delete " + subject(command));
    judge(store().remove(command), model_.remove(command));
  }

  void forget() {
    const Reference record = one_of(kRecords);
    const auto doing = doing_by({"system", "host"});
    note("forget " + text(record));
    store::RecordLabel gone;
    gone.record = record;
    gone.deleted = true;
    gone.refreshed = doing.now;
    judge(maintenance().note_records({gone}), std::nullopt);
    while (maintenance().settle({doing.actor, Audience::backoffice, doing.now}, record, 2).value()) {
    }
    model_.forget(doing, record);
  }

  // --- comparing

  static std::vector<Scope> scopes_to_compare() {
    Scope elsewhere = backoffice(kDana, Level::organization);
    elsewhere.organization = "2";
    return {everything(),
            backoffice(kJohn, Level::user),
            backoffice(kDana, Level::unit, {"sales-west"}),
            backoffice(kCharlie, Level::division, {"sales", "sales-west"}),
            elsewhere,
            backoffice(kJohn, Level::none),
            storefront(kAmanda, Level::user),
            storefront(kBrian, Level::unit, {kAcme.id}),
            storefront(kNora, Level::division, {kGlobex.id, kAcme.id}),
            storefront(kNora, Level::none)};
  }

  template <class Ids>
  static std::string text_of(const Ids &ids) {
    std::string all;
    for (const auto id : ids) {
      all += " " + std::to_string(id);
    }
    return all + "\n";
  }

  std::string of_model() const {
    std::string out;
    for (const auto &[id, conversation] : model_.conversations) {
      out += text(conversation.members);
      for (const Audience audience : {Audience::backoffice, Audience::storefront}) {
        out += text(conversation.tally(audience));
        for (const ModelMessage &message : conversation.messages) {
          if (audience == Audience::backoffice || message.public_index != 0) {
            out += text(audience, message);
          }
        }
      }
      for (const auto &[record, context] : conversation.contexts) {
        out += context_text(record, context.in_public, conversation.activity(Audience::backoffice),
                            conversation.activity(Audience::storefront));
      }
      const auto all = conversation.tally(Audience::backoffice);
      const auto open = conversation.tally(Audience::storefront);
      for (const auto &[actor, part] : conversation.participants) {
        out += participant_text(actor, part.in_public, part.read, part.read_public, all.last_text > part.read,
                                open.last_text > part.read_public);
      }
    }
    for (const Scope &scope : scopes_to_compare()) {
      const auto seen = model_.visible(scope);
      out += "sees" + text_of(seen);
      for (const ConversationId id : seen) {
        out += "unread " + std::to_string(model_.conversations.at(id).unread(scope.actor, scope.audience)) + "\n";
      }
      for (const Reference &record : kRecords) {
        const auto at = model_.visible_at(scope, record);
        out += "at " + text(record) + text_of(at) + std::to_string(at.size()) + "\n";
      }
    }
    return out;
  }

  static std::string context_text(const Reference &record, bool in_public, domain::Time all, domain::Time open) {
    return "context " + text(record) + (in_public ? " public " : " internal ") + std::to_string(all) + " " +
           std::to_string(open) + "\n";
  }
  static std::string participant_text(const Reference &actor, bool in_public, domain::Number read,
                                      domain::Number read_public, bool unread, bool unread_public) {
    std::ostringstream out;
    out << "participant " << text(actor) << (in_public ? " public " : " internal ") << read << ' ' << read_public << ' '
        << unread << (in_public && unread_public) << '\n'; // who is not seen in public is told nothing there
    return out.str();
  }

  std::string of_store() {
    std::string out;
    store::ConversationQuery all;
    all.scope = everything();
    all.orders = {{ConversationField::id, false}};
    all.paging.size = 1000;
    for (const ConversationId id : listed(all)) {
      const auto found = row(id);
      out += text(found.conversation);
      for (const Audience audience : {Audience::backoffice, Audience::storefront}) {
        out += text(found.conversation.tally(audience));
        Scope scope = everything();
        scope.audience = audience;
        for (const domain::Message &message : thread(id, scope)) {
          ModelMessage seen;
          seen.index = message.index;
          seen.public_index = message.public_index;
          seen.text = message.type == domain::MessageType::text;
          seen.sender = message.sender;
          seen.posted_by = message.posted_by;
          seen.created = message.created;
          seen.created_public = message.created; // of the audience that asks
          seen.what = message.body;
          if (message.note) {
            seen.what = message.note->kind;
            for (const std::string &part : {message.note->from, message.note->to}) {
              seen.what += part.empty() ? "" : " " + part;
            }
          }
          out += text(audience, seen);
        }
      }
      out += contexts_text(id) + participants_text(id);
    }
    for (const Scope &scope : scopes_to_compare()) {
      out += seen_text(scope);
    }
    return out;
  }

  std::string contexts_text(ConversationId id) {
    const auto session = database_->session();
    auto rows = session->query("select record_type, record_id, in_public, all_activity_at, public_activity_at from "
                               "{prefix}context where conversation = :id order by record_type, record_id",
                               "ttiii", {{"id", id}});
    std::string out;
    while (rows.next()) {
      Reference record;
      record.type = rows.text();
      record.id = rows.text();
      const bool in_public = rows.integer() != 0;
      const auto activity = rows.integer();
      out += context_text(record, in_public, activity, rows.integer());
    }
    return out;
  }

  std::string participants_text(ConversationId id) {
    const auto session = database_->session();
    auto rows = session->query("select actor_type, actor_id, in_public, all_last_read, public_last_read, all_unread, "
                               "public_unread from {prefix}participant where conversation = :id "
                               "order by actor_type, actor_id",
                               "ttiiiii", {{"id", id}});
    std::string out;
    while (rows.next()) {
      Reference actor;
      actor.type = rows.text();
      actor.id = rows.text();
      const bool in_public = rows.integer() != 0;
      const auto read = rows.integer();
      const auto read_public = rows.integer();
      const bool unread = rows.integer() != 0;
      out += participant_text(actor, in_public, read, read_public, unread, rows.integer() != 0);
    }
    return out;
  }

  std::string seen_text(const Scope &scope) {
    store::ConversationQuery query;
    query.scope = scope;
    query.orders = {{ConversationField::id, false}};
    query.paging.size = 1000;
    const auto seen = listed(query);
    std::string out = "sees" + text_of(seen);
    const auto counted = store().count_conversations(query);
    EXPECT_EQ(counted.value(), static_cast<std::int64_t>(seen.size()));
    for (const ConversationId id : seen) {
      out += "unread " + std::to_string(row(id, scope).unread) + "\n";
    }
    const auto counts = store().count_at_records(scope, kRecords);
    for (std::size_t at = 0; at < kRecords.size(); ++at) {
      query.panel = kRecords[at];
      const auto panel = listed(query);
      expect_newest_first(panel, scope.audience);
      out += "at " + text(kRecords[at]) + text_of(std::set<ConversationId>(panel.begin(), panel.end())) +
             std::to_string(counts.value().at(at)) + "\n";
    }
    return out;
  }

  void expect_newest_first(const std::vector<ConversationId> &panel, Audience audience) {
    for (std::size_t at = 1; at < panel.size(); ++at) {
      EXPECT_GE(model_.conversations[panel[at - 1]].activity(audience),
                model_.conversations[panel[at]].activity(audience));
    }
  }

  std::mt19937_64 random_;
  Model model_;
  std::vector<std::string> sequence_;
};
PARLEY_ON_EVERY_DATABASE(PropertyTest);

int steps() {
  const char *wanted = std::getenv("PARLEY_PROPERTY_STEPS");
  return wanted != nullptr ? std::atoi(wanted) : 100;
}

TEST_P(PropertyTest, SeedOne) {
  run(1, steps());
}
TEST_P(PropertyTest, SeedTwo) {
  run(2, steps());
}
TEST_P(PropertyTest, SeedThree) {
  run(3, steps());
}
TEST_P(PropertyTest, SeedFour) {
  run(4, steps());
}

TEST_P(PropertyTest, MoreSeeds) {
  const char *wanted = std::getenv("PARLEY_PROPERTY_SEEDS");
  if (wanted == nullptr) {
    GTEST_SKIP() << "PARLEY_PROPERTY_SEEDS=<from>-<to> runs them";
  }
  unsigned long from = 0;
  unsigned long to = 0;
  char dash = 0;
  ASSERT_TRUE(std::istringstream(wanted) >> from >> dash >> to && dash == '-') << "not <from>-<to>: " << wanted;
  for (unsigned long seed = from; seed <= to && !HasFailure(); ++seed) {
    database_ = GetParam().make();
    reopen();
    run(seed, steps());
  }
}

} // namespace
} // namespace parley::tests
