#include "tests/access/world.hpp"

#include "adapters/store_factory.hpp"
#include "plugin/text/words.hpp"
#include "tests/support/servers/chosen_database.hpp"
#include "tests/support/session/open_session.hpp"

#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace access_test {
namespace {

using nlohmann::json;

const std::map<std::string, std::uint32_t> everything{
    {"view", PARLEY_LEVEL_GLOBAL},     {"create", PARLEY_LEVEL_GLOBAL}, {"edit", PARLEY_LEVEL_GLOBAL},
    {"delete", PARLEY_LEVEL_GLOBAL},   {"assign", PARLEY_LEVEL_GLOBAL}, {"perform", PARLEY_LEVEL_GLOBAL},
    {"configure", PARLEY_LEVEL_GLOBAL}};

void run_sql(const std::string &database, const std::vector<std::string> &statements) {
  const auto session = parley::tests::open_session(database);
  for (const std::string &statement : statements) {
    session->execute(statement);
  }
  if (!parley::tests::chosen_server()) {
    auto rows = session->query("pragma wal_checkpoint(truncate)", "iii"); // so that the file alone is all of it
    rows.next();
  }
}

parley::adapters::Stores stores_of(const std::string &database) {
  auto stores = parley::adapters::open(database);
  if (!stores) {
    throw std::runtime_error(stores.failure().faults.front().detail);
  }
  return std::move(stores).value();
}

// What the plan says of one conversation.
struct Plan {
  std::string owner;
  std::string customer;
  std::string customer_user;
  Ref source;
  Ref context; // added later
  bool in_public = false;
  bool internal = false;
  std::string organization = "o1";
};

std::vector<Plan> plans() {
  std::vector<Plan> all;
  const auto combine = [&all](const std::vector<std::string> &owners,
                              const std::vector<std::pair<std::string, std::string>> &customers,
                              const std::vector<Ref> &contexts, const std::string &organization) {
    for (const auto &owner : owners) {
      for (const auto &[customer, customer_user] : customers) {
        for (const auto &context : contexts) {
          for (const int visibility : {1, 2, 3}) {
            Plan plan{owner,       customer, customer_user, {}, {}, (visibility & 1) != 0, (visibility & 2) != 0,
                      organization};
            // Every second context is where it began, the others are added.
            (all.size() % 2 == 0 && context.second != "19" ? plan.source : plan.context) = context;
            all.push_back(plan);
          }
        }
      }
    }
  };
  combine({"1", "2", "3", "4"}, {{"", ""}, {"1", "11"}, {"1", ""}, {"2", "21"}, {"4", "41"}},
          {{"", ""}, {"orders", "11"}, {"orders", "41"}}, "o1");
  combine({"9"}, {{"", ""}, {"9", "91"}}, {{"", ""}, {"orders", "91"}}, "o2");
  for (const auto &[customer, user] :
       std::vector<std::pair<std::string, std::string>>{{"1", "12"}, {"1", "13"}, {"3", "31"}}) {
    all.push_back({"2", customer, user, {"orders", user}, {}, true, true, "o1"});
    all.push_back({"4", customer, user, {}, {"orders", "12"}, true, false, "o1"});
  }
  return all;
}

class Builder {
public:
  Builder(Catalogue &catalogue, const std::string &database, Notes notes)
      : catalogue_(catalogue), database_(database), shop_(catalogue, database), stores_(stores_of(database)),
        notes_(notes) {}

  World build();

private:
  Person user(const std::string &id, const std::string &organization) const {
    return {"builder", {"users", id}, PARLEY_APPLICATION_BACKOFFICE, organization, everything, ""};
  }
  Person buyer(const std::string &id) const {
    Person person{"buyer", {"customerusers", id}, PARLEY_APPLICATION_STOREFRONT, "o1", {}, ""};
    person.organization = catalogue_.find(person.actor)->organization;
    person.levels = {{"view", PARLEY_LEVEL_UNIT}, {"create", PARLEY_LEVEL_USER}, {"edit", PARLEY_LEVEL_USER}};
    return person;
  }
  // Every step has its time, whether something happens in it or not.
  json send(const Person &person, const std::string &method, const std::string &target, const json &body = nullptr) {
    const Answer answer = shop_.request(person, method, target, body);
    if (answer.status / 100 != 2) {
      throw std::runtime_error(method + " " + target + " " + body.dump() + ": " + answer.bytes());
    }
    return answer.json();
  }
  void tick() { shop_.now += 1'000'000; }

  Conversation &start(const Plan &plan);
  void say(Conversation &conversation, const Person &person);
  void note(Conversation &conversation, const Ref &sender);
  void perform(Conversation &conversation, const Person &person, const std::string &transition,
               const std::string &status);
  void read_all(const Conversation &conversation, const Person &person);
  void ask(const std::string &customer_user, const Ref &source);
  int next_id() const { return static_cast<int>(world_.conversations.size() + world_.gone.size()) + 1; }
  void keep_events(const Conversation &conversation);
  void rename(const Conversation &conversation);
  void remove(const Conversation &conversation);
  void deleted();
  void unowned();
  void move_conversation(Conversation &conversation);
  void make_inactive(const std::vector<int> &ids);

  Catalogue &catalogue_;
  std::string database_;
  Shop shop_;
  parley::adapters::Stores stores_;
  Notes notes_;
  World world_;
};

std::string unit_of(const Catalogue &catalogue, const std::string &user) {
  const Record *record = catalogue.find({"users", user});
  return record != nullptr ? record->unit : std::string();
}

Conversation &Builder::start(const Plan &plan) {
  tick();
  const int id = next_id();
  Conversation made;
  made.id = id;
  made.name = "zc" + std::to_string(id) + "q";
  made.organization = plan.organization;
  made.owner = plan.owner;
  made.unit = unit_of(catalogue_, plan.owner);
  made.customer = plan.customer;
  made.customer_user = plan.customer_user;
  made.source = plan.source;
  made.contexts[{"users", plan.owner}] = true;
  made.participants[{"users", plan.owner}] = true;
  json members{{"owner", to_one({"users", plan.owner})}};
  members["customer"] = to_one(plan.customer.empty() ? Ref() : Ref("customers", plan.customer));
  members["customerUser"] = to_one(plan.customer_user.empty() ? Ref() : Ref("customerusers", plan.customer_user));
  if (!plan.customer_user.empty()) {
    made.contexts[{"customerusers", plan.customer_user}] = true;
    made.participants[{"customerusers", plan.customer_user}] = true;
  }
  if (!plan.source.second.empty()) {
    made.contexts[plan.source] = true;
    members["source"] = to_one(plan.source);
  }
  const bool later = notes_ == Notes::written; // an added context is an internal system message
  if (!plan.context.second.empty()) {
    made.contexts[plan.context] = true;
    if (!later) {
      members["activityTargets"] = {{"data", json::array({identifier(plan.context)})}};
    }
  }
  const Person builder = user(plan.organization == "o2" ? "9" : "1", plan.organization);
  const json answer =
      send(builder, "POST", "/conversations", document("conversations", {{"name", made.name}}, members));
  if (answer["data"]["id"] != std::to_string(id)) {
    throw std::runtime_error("conversation " + std::to_string(id) + " has another id: " + answer.dump());
  }
  tick();
  if (!plan.context.second.empty() && later) {
    send(builder, "POST", "/conversations/" + std::to_string(id) + "/relationships/activityTargets",
         {{"data", json::array({identifier(plan.context)})}});
  }
  return world_.conversations[id] = made;
}

void Builder::say(Conversation &conversation, const Person &person) {
  tick();
  const std::string word = std::to_string(conversation.id) + "p" + std::to_string(++conversation.public_texts);
  send(person, "POST", "/conversationmessages",
       document("conversationmessages", {{"body", "zm" + word + "q"}, {"clientId", "client-" + word}},
                {{"conversation", to_one({"conversations", std::to_string(conversation.id)})}}));
  conversation.participants[person.actor] = true;
  conversation.contexts[person.actor] = true;
  conversation.speakers.insert(person.actor);
}

// The API takes no internal messages yet: they come from the store, as everything that follows from them.
void Builder::note(Conversation &conversation, const Ref &sender) {
  tick();
  if (notes_ == Notes::never) {
    return;
  }
  const std::string word = std::to_string(conversation.id) + "i" + std::to_string(++conversation.internal_texts);
  parley::domain::Scope everything_there;
  everything_there.level = parley::domain::Level::global;
  parley::store::AppendMessage command;
  command.doing = {{sender.first, sender.second}, parley::domain::Audience::backoffice, shop_.now};
  command.conversation = conversation.id;
  command.view = command.act = everything_there;
  command.writable = {parley::domain::Status::active, parley::domain::Status::inactive};
  command.message = {{sender.first, sender.second},
                     parley::domain::Visibility::internal,
                     "zm" + word + "q",
                     "client-" + word,
                     parley::text::index_tokens("zm" + word + "q")};
  if (const auto done = stores_.conversations->append(command); !done) {
    throw std::runtime_error("note: " + done.failure().faults.front().detail);
  }
  conversation.participants.emplace(sender, false);
  conversation.contexts.emplace(sender, false);
}

void Builder::perform(Conversation &conversation, const Person &person, const std::string &transition,
                      const std::string &status) {
  tick();
  send(person, "POST", "/conversations/" + std::to_string(conversation.id) + "/transitions/" + transition);
  conversation.status = status;
  conversation.speakers.insert(person.actor);
}

void Builder::read_all(const Conversation &conversation, const Person &person) {
  tick();
  send(person, "POST", "/conversations/" + std::to_string(conversation.id) + "/mark-read",
       {{"meta", {{"index", 999}}}});
}

// From the storefront.
void Builder::ask(const std::string &customer_user, const Ref &source) {
  tick();
  const Person person = buyer(customer_user);
  const int id = next_id();
  Conversation made;
  made.id = id;
  made.name = "zc" + std::to_string(id) + "q";
  made.organization = person.organization;
  made.customer_user = customer_user;
  made.customer = catalogue_.customer_of(person);
  made.source = source;
  const Record *from = catalogue_.find(source.second.empty() ? person.actor : source);
  made.owner = from->owner;
  made.unit = unit_of(catalogue_, made.owner);
  for (const Ref &each : {Ref("users", made.owner), person.actor}) {
    if (!each.second.empty()) {
      made.contexts[each] = true;
      made.participants[each] = true;
    }
  }
  json members = json::object();
  if (!source.second.empty()) {
    members["source"] = to_one(source);
    made.contexts[source] = true;
  }
  made.public_texts = 1;
  made.speakers.insert(person.actor);
  send(person, "POST", "/conversations",
       document("conversations", {{"name", made.name}, {"firstMessage", "zm" + std::to_string(id) + "p1q"}}, members));
  world_.conversations[id] = made;
}

// Without owner: the buyer has nobody who looks after it.
void Builder::unowned() {
  Record &buyer = catalogue_.records[{"customerusers", "21"}];
  const std::string owner = std::exchange(buyer.owner, "");
  ask("21", {});
  buyer.owner = owner;
}

// To customer 4: nobody of customer 1 sees it any more, whoever takes part.
void Builder::move_conversation(Conversation &conversation) {
  tick();
  send(user("1", "o1"), "PATCH", "/conversations/" + std::to_string(conversation.id),
       document("conversations", json::object(),
                {{"customer", to_one({"customers", "4"})}, {"customerUser", to_one({})}},
                std::to_string(conversation.id)));
  conversation.customer = "4";
  conversation.customer_user.clear();
}

// By hand, while the workflow is deactivated.
void Builder::make_inactive(const std::vector<int> &ids) {
  const Person builder = user("1", "o1");
  send(builder, "POST", "/workflows/conversation_flow/deactivate");
  for (const int id : ids) {
    tick();
    send(builder, "PATCH", "/conversations/" + std::to_string(id),
         document("conversations", json::object(), {{"status", to_one({"conversationstatuses", "inactive"})}},
                  std::to_string(id)));
    world_.conversations[id].status = "inactive";
    world_.conversations[id].speakers.insert(builder.actor);
  }
  send(builder, "POST", "/workflows/conversation_flow/activate");
}

// Events that are not known yet, with what the conversation is now.
void Builder::keep_events(const Conversation &conversation) {
  const int id = conversation.id;
  (void)stores_.events->state(); // gives events their positions
  const auto session = parley::tests::open_session(database_);
  auto rows =
      session->query("select position, kind, visibility from {prefix}event where coalesce(conversation, 0) = :id",
                     "itt", {{"id", std::int64_t{id}}});
  while (rows.next()) {
    const auto position = static_cast<int>(rows.integer());
    Event event;
    event.conversation = id;
    event.kind = rows.text();
    event.in_public = rows.text() == "public";
    event.then = conversation;
    world_.events.emplace(position, std::move(event));
  }
}

void Builder::rename(const Conversation &conversation) {
  tick();
  const std::string id = std::to_string(conversation.id);
  send(user("1", "o1"), "PATCH", "/conversations/" + id,
       document("conversations", {{"name", conversation.name + " anew"}}, nullptr, id));
}

void Builder::remove(const Conversation &conversation) {
  tick();
  send(user(conversation.organization == "o2" ? "9" : "1", conversation.organization), "DELETE",
       "/conversations/" + std::to_string(conversation.id));
}

// What is deleted is told of by its events alone: as it was at each of them.
void Builder::deleted() {
  int turn = 0;
  for (const Plan &plan : std::vector<Plan>{{"2", "1", "11", {"orders", "11"}, {}, true, true, "o1"},
                                            {"4", "4", "41", {"orders", "41"}, {}, true, false, "o1"},
                                            {"3", "", "", {}, {}, false, true, "o1"},
                                            {"4", "1", "11", {}, {}, true, true, "o1"},
                                            {"4", "2", "21", {}, {}, true, false, "o1"},
                                            {"9", "9", "91", {"orders", "91"}, {}, true, false, "o2"}}) {
    Conversation conversation = start(plan);
    const auto step = [&](const auto &take) {
      take();
      keep_events(conversation);
    };
    step([] {});
    if (plan.in_public) {
      step([&] { say(conversation, user(plan.owner, plan.organization)); });
    }
    if (plan.internal) {
      step([&] { note(conversation, {"users", "20"}); });
      step([&] { note(conversation, {"customerusers", "12"}); });
    }
    if (++turn == 1) {
      step([&] { say(conversation, buyer("12")); });
      step([&] { rename(conversation); });
      step([&] { perform(conversation, user("20", "o1"), "close", "closed"); });
    }
    if (turn == 4) {
      step([&] { move_conversation(conversation); });
    }
    step([&] { remove(conversation); });
    world_.conversations.erase(conversation.id);
    world_.gone.insert(conversation.id);
  }
}

World Builder::build() {
  int turn = 0;
  for (const Plan &plan : plans()) {
    ++turn;
    Conversation &conversation = start(plan);
    const Person owner = user(plan.owner, plan.organization);
    const bool home = plan.organization == "o1";
    if (plan.in_public) {
      say(conversation, owner);
    }
    if (plan.internal) {
      note(conversation, owner.actor);
      if (home && turn % 5 == 0) {
        note(conversation, {"users", "20"});
      }
      if (home && turn % 10 == 0) {
        note(conversation, {"customerusers", "12"}); // in its name: it must not hear of it
      }
    }
    if (home && turn % 6 == 0) {
      say(conversation, user("21", "o1"));
    }
    if (plan.customer == "1" && turn % 4 == 1) {
      say(conversation, buyer("12"));
    }
    if (plan.customer == "1" && turn % 7 == 0) {
      say(conversation, buyer("13"));
    }
    if (plan.internal) {
      note(conversation, owner.actor); // the last word is a note
    }
    if (home && turn % 9 == 0) {
      read_all(conversation, owner);
      read_all(conversation, user("20", "o1"));
    }
    if (home && turn % 8 == 0) {
      // By somebody who takes part, if at all, by notes alone.
      perform(conversation, user("20", "o1"), "close", "closed");
      if (turn % 16 == 0) {
        perform(conversation, user("20", "o1"), "reopen", "active");
      }
    }
    if (home && turn % 15 == 0 && conversation.status == "active") {
      say(conversation, user("20", "o1")); // the notes alone are over
    }
  }
  ask("11", {"orders", "11"});
  ask("13", {"orders", "13"});
  ask("31", {});
  ask("91", {"orders", "91"});
  unowned();
  make_inactive({2, 11, 20, 29, 38});
  note(world_.conversations[11], {"users", "2"}); // does not wake it up
  move_conversation(world_.conversations[13]);
  move_conversation(world_.conversations[21]);
  deleted();
  // The buyer 13 goes to customer 4.
  catalogue_.records[{"customerusers", "13"}].customer = "4";
  shop_.changed({"customerusers", "13"});
  for (const auto &[id, conversation] : world_.conversations) {
    keep_events(conversation);
  }
  keep_events({}); // those of the workflow concern no conversation
  return std::move(world_);
}

// By name: of fresh_database() and copy_without().
std::map<std::string, std::string> in_use;

std::string file_of(const std::string &name) {
  return std::string(std::getenv("PARLEY_TEST_DIR")) + "/" + name + ".sqlite";
}

} // namespace

World build(Catalogue &catalogue, const std::string &database, Notes notes) {
  World world = Builder(catalogue, database, notes).build();
  run_sql(database, {"update {prefix}conversation set uid = 'u' || id",
                     "update {prefix}participant set uid = 'p' || actor_type || actor_id"});
  return world;
}

std::string copy_without(const std::string &from, const std::string &name, const std::set<int> &conversations,
                         const std::set<int> &events) {
  if (in_use.count(name) > 0) {
    parley::tests::drop_database(in_use[name]);
  }
  std::string to = parley::tests::copy_of_database(from, file_of(name));
  in_use[name] = to;
  if (conversations.empty() && events.empty()) {
    return to;
  }
  const auto listed = [](const std::set<int> &numbers) {
    std::string list;
    for (const int number : numbers) {
      list += (list.empty() ? "" : ",") + std::to_string(number);
    }
    return " in (" + list + ")";
  };
  // Positions have no gaps: in place of each hidden event something happened that concerns nobody.
  run_sql(to, {"delete from {prefix}conversation where id" + listed(conversations),
               "update {prefix}event set kind = 'nothing', happened_at = 1, actor_type = '', actor_id = '', "
               "sender_type = '', sender_id = '', visibility = 'internal', conversation = null, conversation_uid = '', "
               "all_index = null, public_index = null, organization = 'nowhere', website = '', owner_type = '', "
               "owner_id = '', unit = '', customer_type = '', customer_id = '', customer_user_type = '', "
               "customer_user_id = '', participants = '[]', data = '{}' where conversation" +
                   listed(conversations) + " or position" + listed(events)});
  return to;
}

std::set<int> marked_unread(const std::string &database, const Person &person) {
  const auto session = parley::tests::open_session(database);
  auto rows = session->query(
      std::string("select conversation from {prefix}participant where actor_type = :type and actor_id = :id and ") +
          (person.backoffice() ? "all_unread = 1" : "public_unread = 1"),
      "i", {{"type", person.actor.first}, {"id", person.actor.second}});
  std::set<int> found;
  while (rows.next()) {
    found.insert(static_cast<int>(rows.integer()));
  }
  return found;
}

std::string fresh_database(const std::string &name) {
  return in_use[name] = parley::tests::empty_database(file_of(name));
}

json document(const std::string &type, const json &attributes, const json &relationships, const std::string &id) {
  json data{{"type", type}, {"attributes", attributes}};
  if (!relationships.is_null()) {
    data["relationships"] = relationships;
  }
  if (!id.empty()) {
    data["id"] = id;
  }
  return {{"data", data}};
}

json identifier(const Ref &ref) {
  return {{"type", ref.first}, {"id", ref.second}};
}

json to_one(const Ref &ref) {
  return {{"data", ref.second.empty() ? json() : identifier(ref)}};
}

} // namespace access_test
