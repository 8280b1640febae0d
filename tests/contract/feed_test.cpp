// parley.feed/1 across the border: what each listener is told, what it costs, resuming, reloading, waiting, stopping (N3).
#include "bare_host.hpp"

#include <gmock/gmock.h>
#include <parley/ext/feed.h>
#include <sqlite3.h>

#include <atomic>
#include <set>
#include <thread>

namespace {

using contract::BareHost;
using contract::copy;
using contract::Documents;
using contract::Errors;
using contract::view;
using nlohmann::json;
using testing::Each;
using testing::ElementsAre;
using testing::Gt;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::int64_t hour = 3'600'000'000;

// Counts the statements of every connection that this process opens from now on, the plugin's included: the library of the
// database is one for all.
class Statements {
public:
  Statements() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&hook)); }
  ~Statements() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&hook)); }
  Statements(const Statements &) = delete;
  Statements &operator=(const Statements &) = delete;

  static int take() { return count_.exchange(0); }

private:
  static int hook(sqlite3 *connection, const char **, const void *) {
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, &count, nullptr);
  }
  static int count(unsigned, void *, void *, void *text) {
    // A trigger's own lines are comments.
    const auto *sql = static_cast<const char *>(text);
    count_ += sql != nullptr && std::string_view(sql).substr(0, 2) == "--" ? 0 : 1;
    return 0;
  }
  static inline std::atomic<int> count_{0};
};

// Somebody who listens, with its call.
struct Listener {
  Listener(std::uint32_t application, const char *type, std::string own_id, std::string own_website = {})
      : id(std::move(own_id)), website(std::move(own_website)), call(BareHost::call()) {
    call.application = application;
    call.actor = {parley_str_of(type), view(id)};
    call.website = view(website);
  }
  Listener(const Listener &) = delete;
  Listener &operator=(const Listener &) = delete;

  std::string id;
  std::string website;
  parley_call call;
};

struct Told {
  std::uint64_t position;
  std::string kind;
  std::string cursor;
  json body;
  std::vector<std::uint32_t> listeners;
};

// Keeps what is put; refuses from the given one on.
class Events {
public:
  explicit Events(std::size_t refuse_from = SIZE_MAX)
      : refuse_from_{refuse_from}, sink_{sizeof(parley_feed_sink), 0, this, put} {}
  Events(const Events &) = delete;
  Events &operator=(const Events &) = delete;

  operator const parley_feed_sink *() const { return &sink_; }
  const std::vector<Told> &all() const { return told_; }
  std::vector<Told> of(std::uint32_t listener) const {
    std::vector<Told> own;
    for (const Told &each : told_) {
      if (std::find(each.listeners.begin(), each.listeners.end(), listener) != each.listeners.end()) {
        own.push_back(each);
      }
    }
    return own;
  }
  std::vector<std::string> kinds(std::uint32_t listener) const {
    std::vector<std::string> names;
    for (const Told &each : of(listener)) {
      names.push_back(each.kind);
    }
    return names;
  }

private:
  static std::int32_t PARLEY_ABI put(const parley_feed_sink *sink, const parley_feed_event *event) {
    auto &self = *static_cast<Events *>(sink->context);
    if (self.told_.size() >= self.refuse_from_) {
      return PARLEY_UNAVAILABLE;
    }
    self.told_.push_back({event->position,
                          copy(event->kind),
                          copy(event->cursor),
                          json::parse(copy(event->json)),
                          {event->listeners, event->listeners + event->listener_count}});
    return PARLEY_OK;
  }

  std::size_t refuse_from_;
  parley_feed_sink sink_;
  std::vector<Told> told_;
};

class Feed : public testing::Test {
protected:
  void SetUp() override {
    const std::string library = contract::environment("PARLEY_PLUGIN");
    if (library.empty()) {
      GTEST_SKIP() << "PARLEY_PLUGIN is not built";
    }
    configuration_ = contract::configuration_of(library);
    host_.emplace(library);
    contract::migrate(host_->plugin(), configuration_);
    ASSERT_EQ(host_->start(configuration_), PARLEY_OK) << host_->errors().text();
    feed_ = host_->table<parley_feed>(PARLEY_FEED_ID);
    ASSERT_NE(feed_, nullptr);
    host_->customers = {{"71", "7"}, {"72", "7"}, {"81", "8"}};
    host_->rights = {{"71", {PARLEY_LEVEL_USER, {}}},
                     {"72", {PARLEY_LEVEL_USER, {}}},
                     {"81", {PARLEY_LEVEL_DIVISION, {"8"}}},
                     {"5", {PARLEY_LEVEL_USER, {}}},
                     {"6", {PARLEY_LEVEL_NONE, {}}}};
  }

  std::string create(const std::string &type, const json &document, const parley_call &call) {
    const std::string text = document.dump();
    parley_write write{};
    write.size = sizeof write;
    write.json = view(text);
    const Documents documents;
    const Errors errors;
    const parley_entity &entity = host_->entity(type);
    EXPECT_EQ(entity.create(entity.context, &call, &write, documents, errors), PARLEY_OK) << errors.text();
    return documents.all().empty() ? "0" : documents.all()[0]["id"].get<std::string>();
  }
  // A conversation of customer 7's user 71, begun by the user 1.
  std::string begin(const std::string &customer_user = "71") {
    return create("conversations",
                  contract::document("conversations", {{"name", "Where is it?"}},
                                     {{"customerUser", contract::linkage("customerusers", customer_user)}}),
                  BareHost::call());
  }
  void say(const std::string &conversation, const std::string &text) {
    create("conversationmessages",
           contract::document("conversationmessages", {{"body", text}},
                              {{"conversation", contract::linkage("conversations", conversation)}}),
           BareHost::call());
  }
  // An internal message: the conversation is given to somebody else.
  void note(const std::string &conversation) {
    update(contract::document("conversations", json::object(),
                              {{"owner", contract::linkage("users", std::to_string(++next_owner_))}}, conversation));
  }
  void rename(const std::string &conversation, const std::string &name) {
    update(contract::document("conversations", {{"name", name}}, nullptr, conversation));
  }
  void update(const json &document) {
    const std::string text = document.dump();
    const std::string conversation = document["data"]["id"];
    parley_write write{};
    write.size = sizeof write;
    write.id = view(conversation);
    write.json = view(text);
    const Documents documents;
    const Errors errors;
    const parley_entity &entity = host_->entity("conversations");
    const parley_call call = BareHost::call();
    ASSERT_EQ(entity.update(entity.context, &call, &write, documents, errors), PARLEY_OK) << errors.text();
  }

  static std::vector<const parley_call *> calls(const std::vector<std::unique_ptr<Listener>> &listeners) {
    std::vector<const parley_call *> all;
    for (const auto &each : listeners) {
      all.push_back(&each->call);
    }
    return all;
  }
  parley_feed_state read(std::uint64_t position, const std::vector<const parley_call *> &listeners,
                         const Events &events, std::uint32_t limit = 0, std::int32_t expected = PARLEY_OK) {
    parley_call call = BareHost::call();
    call.actor = {view(PARLEY_ACTOR_SYSTEM), {}};
    parley_feed_state state{};
    state.size = sizeof state;
    const Errors errors;
    EXPECT_EQ(feed_->read(host_->plugin(), &call, listeners.data(), listeners.size(), position, limit, events, &state,
                          errors),
              expected)
        << errors.text();
    return state;
  }
  std::int32_t wait(std::uint64_t position, std::int64_t timeout) {
    const parley_call call = BareHost::call();
    return feed_->wait(host_->plugin(), &call, position, timeout, nullptr);
  }
  // The database, opened beside the plugin.
  void sql(const std::string &text) {
    const std::string database = json::parse(configuration_)["database"];
    sqlite3 *connection = nullptr;
    ASSERT_EQ(sqlite3_open(database.substr(7).c_str(), &connection), SQLITE_OK);
    sqlite3_busy_timeout(connection, 5000);
    EXPECT_EQ(sqlite3_exec(connection, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(connection);
    sqlite3_close(connection);
  }

  const Statements statements_;
  std::optional<BareHost> host_;
  const parley_feed *feed_ = nullptr;
  std::string configuration_;
  int next_owner_ = 100;
  const Listener admin_{PARLEY_APPLICATION_BACKOFFICE, "users", "1"};
  const Listener dana_{PARLEY_APPLICATION_BACKOFFICE, "users", "5"};  // user level, takes no part
  const Listener guest_{PARLEY_APPLICATION_BACKOFFICE, "users", "6"}; // no rights
  const Listener amanda_{PARLEY_APPLICATION_STOREFRONT, "customerusers", "71"};
  const Listener nora_{PARLEY_APPLICATION_STOREFRONT, "customerusers", "81"}; // of another customer
};

TEST_F(Feed, N3_EachListenerIsToldWhatItMaySee) {
  const std::string id = begin();
  say(id, "Public words");
  note(id);
  say(id, "More words");
  const Events events;
  const auto state = read(0, {&admin_.call, &dana_.call, &guest_.call, &amanda_.call, &nora_.call}, events);
  EXPECT_EQ(state.position, 4U);
  EXPECT_EQ(state.flags, 0U);
  EXPECT_THAT(events.kinds(0), ElementsAre("created", "message-added", "assigned", "message-added"));
  EXPECT_THAT(events.of(1), IsEmpty());
  EXPECT_THAT(events.of(2), IsEmpty());
  EXPECT_THAT(events.kinds(3), ElementsAre("created", "message-added", "message-added"));
  EXPECT_THAT(events.of(4), IsEmpty());
  EXPECT_EQ(events.of(0)[2].body["message"], id + "-2");
  EXPECT_EQ(events.of(0)[2].body["visibility"], "internal");
  EXPECT_EQ(events.of(0)[3].body["message"], id + "-3");
  EXPECT_EQ(events.of(3)[2].body["message"], id + "-2") << "in the storefront's numbers";
  EXPECT_EQ(events.of(3)[2].body["conversation"], id);
  EXPECT_EQ(events.of(3)[2].body["actor"]["id"], "1");
  EXPECT_EQ(events.of(3)[2].body["actor"]["title"], "A title");
  for (const Told &each : events.all()) {
    EXPECT_THAT(each.body.dump(), Not(HasSubstr("words"))) << "never the text of a message";
  }
}

TEST_F(Feed, B13_ANoteLeavesNoTraceInTheStorefront) {
  // The same story twice, once with notes: what the client of the storefront gets is the same to the byte.
  std::vector<std::string> streams;
  for (const bool with_notes : {false, true}) {
    const std::string id = begin();
    const auto from = read(PARLEY_FEED_LATEST, {}, Events()).position;
    say(id, "one");
    if (with_notes) {
      note(id);
      rename(id, "Named"); // moves on, as below
      note(id);
    } else {
      rename(id, "Named");
    }
    say(id, "two");
    const Events events;
    read(from, {&amanda_.call}, events);
    std::string stream;
    for (const Told &each : events.of(0)) {
      json body = each.body;
      EXPECT_FALSE(body.contains("position"));
      EXPECT_FALSE(body.contains("visibility"));
      ASSERT_EQ(body["conversation"], id); // the two stories differ in nothing but this
      ASSERT_EQ(each.cursor.substr(0, id.size() + 1), id + ".");
      body["conversation"] = "ID";
      if (!body["message"].is_null()) {
        body["message"] = body["message"].get<std::string>().substr(id.size());
      }
      stream += each.cursor.substr(id.size()) + " " + body.dump() + "\n";
    }
    streams.push_back(stream);
  }
  EXPECT_EQ(streams[0], streams[1]);
  EXPECT_THAT(streams[0], HasSubstr("edited"));
}

TEST_F(Feed, TheStorefrontLearnsNeitherWhatWasBeforeNorWhoTyped) {
  const std::string id = begin();
  rename(id, "A new name");
  host_->title = "dana@example.com";
  const Events events;
  read(0, {&amanda_.call, &admin_.call}, events);
  const auto told = events.of(0);
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_EQ(told[0].body["actor"], nullptr) << "no message, no speaker";
  EXPECT_EQ(told[1].body["changes"], json({{"name", {{"to", "A new name"}}}}));
  const auto all = events.of(1);
  EXPECT_EQ(all[1].body["changes"]["name"]["from"], "Where is it?");
  EXPECT_EQ(all[1].body["actor"]["id"], "1");
}

TEST_F(Feed, N3_CostsDoNotGrowWithListeners) {
  for (const auto &customer_user : {"71", "72", "81"}) {
    const std::string id = begin(customer_user);
    for (int at = 0; at < 10; ++at) {
      at % 2 == 0 ? say(id, "hello") : note(id);
    }
  }
  struct Cost {
    int statements, scopes, settings, records;
    std::size_t told;
    bool operator==(const Cost &other) const {
      return statements == other.statements && scopes == other.scopes && settings == other.settings &&
             records == other.records;
    }
  };
  std::vector<Cost> costs;
  for (const std::size_t count : {1U, 10U, 100U}) {
    std::vector<std::unique_ptr<Listener>> listeners;
    for (std::size_t at = 0; at < count; ++at) {
      const bool shop = at % 2 == 0; // in two websites, too
      listeners.push_back(std::make_unique<Listener>(
          shop ? PARLEY_APPLICATION_STOREFRONT : PARLEY_APPLICATION_BACKOFFICE, shop ? "customerusers" : "users",
          shop ? (at % 4 == 0 ? "71" : "81") : "user " + std::to_string(at), at % 3 == 0 ? "1" : "2"));
    }
    const Events warm;
    read(0, calls(listeners), warm); // statements are prepared
    Statements::take();
    host_->asked.reset();
    const Events events;
    read(0, calls(listeners), events);
    costs.push_back(
        {Statements::take(), host_->asked.scopes, host_->asked.settings, host_->asked.records, events.all().size()});
    for (std::uint32_t at = 0; at < count; ++at) {
      std::set<std::uint64_t> positions;
      for (const Told &each : events.of(at)) {
        EXPECT_TRUE(positions.insert(each.position).second) << "told twice";
      }
      EXPECT_THAT(positions, SizeIs(Gt(0U)));
    }
  }
  for (const Cost &cost : costs) {
    EXPECT_EQ(cost.scopes, 1);
    EXPECT_EQ(cost.settings, 1);
    EXPECT_LE(cost.records, 1);
    EXPECT_GT(cost.statements, 0) << "the counter counts";
    EXPECT_TRUE(cost == costs.front()) << cost.statements << " statements, not " << costs.front().statements;
  }
  Statements::take();
  const Events one;
  read(0, {&admin_.call}, one, 1);
  EXPECT_EQ(Statements::take(), costs.front().statements) << "nor with events";
  EXPECT_EQ(costs[1].told, costs[2].told) << "each event is made once for each audience";
  RecordProperty("statements", costs.front().statements);
}

TEST_F(Feed, S5_AnOlderHostIsAskedForEachListenerWithItsOwnCall) {
  begin();
  host_->forget_listeners();
  host_->asked.reset();
  const Events events;
  read(0, {&admin_.call, &guest_.call, &amanda_.call, &nora_.call}, events);
  EXPECT_EQ(host_->asked.scopes, 4) << "one for each";
  EXPECT_THAT(events.of(0), SizeIs(1));
  EXPECT_THAT(events.of(1), IsEmpty()) << "not the rights of whoever makes the call";
  EXPECT_THAT(events.of(2), SizeIs(1));
  EXPECT_THAT(events.of(3), IsEmpty());
}

TEST_F(Feed, S5_RightsAreThoseOfTheTimeOfReading) {
  begin();
  host_->rights["1"] = {PARLEY_LEVEL_NONE, {}};
  const Events none;
  read(0, {&admin_.call, &amanda_.call}, none);
  EXPECT_THAT(none.of(0), IsEmpty());
  EXPECT_THAT(none.of(1), SizeIs(1));
  host_->rights.erase("1");
  host_->customers["71"] = "8"; // moved to another customer
  const Events events;
  read(0, {&admin_.call, &amanda_.call}, events);
  EXPECT_THAT(events.of(0), SizeIs(1));
  EXPECT_THAT(events.of(1), IsEmpty());
}

TEST_F(Feed, C2_WhereConversationsAreOffNobodyIsTold) {
  const Listener here{PARLEY_APPLICATION_STOREFRONT, "customerusers", "71", "1"};
  const Listener there{PARLEY_APPLICATION_STOREFRONT, "customerusers", "71", "2"};
  begin();
  host_->websites_off = {"1"};
  const Events events;
  EXPECT_EQ(read(0, {&here.call, &there.call}, events).position, 1U);
  EXPECT_THAT(events.of(0), IsEmpty());
  EXPECT_THAT(events.of(1), SizeIs(1));
  host_->asked.reset();
  const Events alone;
  EXPECT_EQ(read(0, {&here.call}, alone).position, 1U) << "the position moves on";
  EXPECT_THAT(alone.all(), IsEmpty());
  EXPECT_EQ(host_->asked.scopes, 0) << "and nobody's rights are asked for";
}

TEST_F(Feed, N3_ResumeBehindEveryCursor) {
  const std::string id = begin();
  for (int at = 0; at < 6; ++at) {
    at % 2 == 0 ? say(id, "hello") : note(id);
  }
  rename(id, "one");
  rename(id, "two"); // the bare host's clock stands still: the two differ in nothing else
  const Events all;
  read(0, {&admin_.call, &amanda_.call}, all);
  for (const Listener *listener : {&admin_, &amanda_}) {
    const auto told = all.of(listener == &admin_ ? 0 : 1);
    for (std::size_t at = 0; at < told.size(); ++at) {
      const parley_str cursor = view(told[at].cursor);
      std::uint64_t position = 0;
      ASSERT_EQ(feed_->locate(host_->plugin(), &listener->call, &cursor, &position, nullptr), PARLEY_OK)
          << told[at].cursor;
      EXPECT_EQ(position, told[at].position);
      const Events rest;
      read(position, {&listener->call}, rest, 3);
      const Events last;
      read(position, {&listener->call}, last);
      EXPECT_EQ(last.of(0).size(), told.size() - at - 1);
    }
  }
  // Positions are no cursors of the storefront, nor the other way round.
  std::uint64_t untouched = 99;
  for (const auto &[listener, text] :
       std::vector<std::pair<const Listener *, std::string>>{{&amanda_, "3"},
                                                             {&amanda_, ""},
                                                             {&amanda_, "1.edited.0.5"},
                                                             {&amanda_, "1.edited.0.5.0"},
                                                             {&amanda_, "1.edited.0.5.1.1"},
                                                             {&admin_, all.of(1)[0].cursor},
                                                             {&admin_, "-1"}}) {
    const parley_str cursor = view(text);
    EXPECT_EQ(feed_->locate(host_->plugin(), &listener->call, &cursor, &untouched, nullptr), PARLEY_MALFORMED) << text;
  }
  const parley_str gone = parley_str_of("1.edited.0.5.1");
  EXPECT_EQ(feed_->locate(host_->plugin(), &amanda_.call, &gone, &untouched, nullptr), PARLEY_NOT_FOUND);
  EXPECT_EQ(untouched, 99U);
}

TEST_F(Feed, ReadInSteps) {
  const std::string id = begin();
  for (int at = 0; at < 4; ++at) {
    note(id);
  }
  const Events first;
  auto state = read(0, {&amanda_.call}, first, 3);
  EXPECT_EQ(state.position, 3U) << "over what nobody here may see, too";
  EXPECT_EQ(state.flags, PARLEY_FEED_MORE);
  state = read(state.position, {&amanda_.call}, first, 3);
  EXPECT_EQ(state.position, 5U);
  EXPECT_EQ(state.flags, 0U);
  EXPECT_THAT(first.all(), SizeIs(1));
  state = read(PARLEY_FEED_LATEST, {&amanda_.call}, first);
  EXPECT_EQ(state.position, 5U);
  EXPECT_EQ(state.flags, 0U);
  EXPECT_EQ(read(5, {}, first).position, 5U);
}

TEST_F(Feed, BelowTheFloorOneReloads) {
  const std::string id = begin();
  say(id, "hello");
  say(id, "hello");
  const Events before;
  read(0, {&amanda_.call}, before);
  sql("begin immediate; delete from parley_event where position <= 2; update parley_event_feed set purged_to = 2; "
      "commit");
  const Events events;
  auto state = read(1, {&admin_.call}, events);
  EXPECT_EQ(state.flags, PARLEY_FEED_RELOAD);
  EXPECT_EQ(state.position, 3U) << "what is loaded now holds everything until here";
  EXPECT_THAT(events.all(), IsEmpty());
  state = read(2, {&admin_.call}, events);
  EXPECT_EQ(state.flags, 0U);
  EXPECT_THAT(events.all(), SizeIs(1));
  state = read(99, {&admin_.call}, events);
  EXPECT_EQ(state.flags, PARLEY_FEED_RELOAD) << "a position that was never given";
  EXPECT_EQ(state.position, 3U);
  const std::string purged = before.of(0)[1].cursor;
  const parley_str cursor = view(purged);
  std::uint64_t position = 0;
  EXPECT_EQ(feed_->locate(host_->plugin(), &amanda_.call, &cursor, &position, nullptr), PARLEY_NOT_FOUND);
}

TEST_F(Feed, DeletedConversationsAreToldToThoseWhomTheyConcerned) {
  const std::string id = begin();
  say(id, "hello");
  parley_removal remove{};
  remove.size = sizeof remove;
  remove.id = view(id);
  const Errors errors;
  const parley_entity &entity = host_->entity("conversations");
  const parley_call call = BareHost::call();
  ASSERT_EQ(entity.remove(entity.context, &call, &remove, errors), PARLEY_OK) << errors.text();
  const Events events;
  read(0, {&admin_.call, &amanda_.call, &nora_.call, &dana_.call}, events);
  EXPECT_THAT(events.kinds(0), ElementsAre("created", "message-added", "deleted"));
  EXPECT_THAT(events.kinds(1), ElementsAre("created", "message-added", "deleted"));
  EXPECT_THAT(events.of(2), IsEmpty());
  EXPECT_THAT(events.of(3), IsEmpty());
}

TEST_F(Feed, WhatCannotListenIsRefused) {
  begin();
  const Events events;
  read(0, {nullptr}, events, 0, PARLEY_INVALID);
  parley_call small = admin_.call;
  small.size = 8;
  read(0, {&small}, events, 0, PARLEY_INVALID);
  parley_call elsewhere = admin_.call;
  elsewhere.application = 4;
  read(0, {&admin_.call, &elsewhere}, events, 0, PARLEY_INVALID);
  EXPECT_THAT(events.all(), IsEmpty());
  const Events full{0};
  const auto state = read(0, {&admin_.call}, full, 0, PARLEY_SINK_REFUSED);
  EXPECT_EQ(state.position, 0U) << "untouched: the same position again";
  host_->status = PARLEY_UNAVAILABLE;
  read(0, {&admin_.call}, events, 0, PARLEY_UNAVAILABLE);
}

TEST_F(Feed, WaitingEndsWithACommit) {
  const std::string id = begin();
  std::atomic<std::int32_t> status{-1};
  std::thread waiter([&] { status = wait(1, hour); });
  say(id, "hello");
  waiter.join();
  EXPECT_EQ(status, PARLEY_OK);
  EXPECT_EQ(wait(0, hour), PARLEY_OK) << "there is something already";
  EXPECT_EQ(wait(2, 1000), PARLEY_OK);
  EXPECT_EQ(wait(2, -5), PARLEY_OK);
  EXPECT_EQ(wait(PARLEY_FEED_LATEST, hour), PARLEY_OK) << "no position";
  // Another process, which nobody here hears of.
  std::thread other([&] { status = wait(2, hour); });
  sql("begin immediate; insert into parley_event (position, kind, happened_at, visibility) values (3, 'edited', 1, "
      "'public'); update parley_event_feed set last_position = 3; commit");
  other.join();
  EXPECT_EQ(status, PARLEY_OK);
}

TEST_F(Feed, StopEndsAWait) {
  begin();
  std::atomic<int> waiting{0};
  std::vector<std::thread> waiters;
  std::vector<std::int32_t> statuses(8, -1);
  waiters.reserve(statuses.size());
  for (std::int32_t &status : statuses) {
    waiters.emplace_back([&] {
      ++waiting;
      status = wait(1, hour);
    });
  }
  while (waiting < 8) {
    std::this_thread::yield();
  }
  EXPECT_EQ(host_->stop(), PARLEY_OK);
  for (std::thread &waiter : waiters) {
    waiter.join();
  }
  EXPECT_THAT(statuses, Each(PARLEY_STOPPED));
  EXPECT_EQ(wait(1, hour), PARLEY_STOPPED);
  ASSERT_EQ(host_->start(configuration_), PARLEY_OK);
  EXPECT_EQ(wait(1, 1000), PARLEY_OK) << "and again after a start";
}

TEST_F(Feed, ACancelledCallWaitsNoLonger) {
  begin();
  parley_call call = BareHost::call();
  static std::atomic<int> asked{0};
  asked = 0;
  call.cancelled = [](const parley_call *) -> std::uint32_t { return ++asked > 3 ? 1U : 0U; };
  EXPECT_EQ(feed_->wait(host_->plugin(), &call, 1, hour, nullptr), PARLEY_CANCELLED);
}

// The history (N4, A10).

TEST_F(Feed, N4_TheHistoryOfAConversation) {
  const std::string id = begin();
  begin();
  note(id);
  rename(id, "A new name");
  const std::string field = "conversation";
  const parley_str value = view(id);
  parley_filter filter{};
  filter.size = sizeof filter;
  filter.operation = PARLEY_FILTER_EQUAL;
  filter.field = view(field);
  filter.values = &value;
  filter.value_count = 1;
  parley_query query = BareHost::query();
  query.filters = &filter;
  query.filter_count = 1;
  const parley_entity &entity = host_->entity("conversationevents");
  const Documents documents;
  const Errors errors;
  ASSERT_EQ(entity.query(entity.context, &admin_.call, &query, documents, errors), PARLEY_OK) << errors.text();
  ASSERT_THAT(documents.all(), SizeIs(3));
  const json &newest = documents.all()[0];
  EXPECT_EQ(newest["type"], "conversationevents");
  EXPECT_EQ(newest["id"], "4");
  EXPECT_EQ(newest["attributes"]["kind"], "edited");
  EXPECT_EQ(newest["attributes"]["actorName"], "A title");
  EXPECT_EQ(newest["attributes"]["changes"], json({{"name", {{"from", "Where is it?"}, {"to", "A new name"}}}}));
  EXPECT_EQ(newest["relationships"]["conversation"]["data"]["id"], id);
  EXPECT_EQ(newest["relationships"]["actor"]["data"]["id"], "1");
  EXPECT_EQ(documents.all()[1]["attributes"]["messageIndex"], 1);
  EXPECT_THAT(documents.all()[1].dump(), Not(HasSubstr("words")));

  const std::vector<parley_str> ids{view("2"), view("4"), view("nonsense"), view("99")};
  parley_get get{};
  get.size = sizeof get;
  get.flags = PARLEY_QUERY_ALL_FIELDS;
  get.ids = ids.data();
  get.id_count = ids.size();
  const Documents found;
  ASSERT_EQ(entity.get_many(entity.context, &admin_.call, &get, found, errors), PARLEY_OK);
  EXPECT_THAT(found.all(), SizeIs(2));
  const Documents none;
  ASSERT_EQ(entity.get_many(entity.context, &dana_.call, &get, none, errors), PARLEY_OK);
  EXPECT_THAT(none.all(), IsEmpty()) << "she takes no part in it";
  EXPECT_NE(entity.query(entity.context, &amanda_.call, &query, none, errors), PARLEY_OK) << "not in the storefront";
  EXPECT_THAT(none.all(), IsEmpty());
}

} // namespace
