// parley.feed/1 of a plugin that was started, those who listen, and what they are told.
#pragma once

#include <gmock/gmock.h>
#include <parley/ext/feed.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "bare_host.hpp"
#include "tests/support/servers/client.hpp"
#include "tests/support/servers/statement_counter.hpp"

namespace contract {

using nlohmann::json;

constexpr std::int64_t hour = 3'600'000'000; // microseconds

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
    const std::string library = environment("PARLEY_PLUGIN");
    if (library.empty()) {
      GTEST_SKIP() << "PARLEY_PLUGIN is not built";
    }
    configuration_ = configuration_of(library);
    statements_.watch(json::parse(configuration_)["database"]);
    host_.emplace(library);
    migrate(host_->plugin(), configuration_);
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
                  document("conversations", {{"name", "Where is it?"}},
                           {{"customerUser", linkage("customerusers", customer_user)}}),
                  BareHost::call());
  }
  void say(const std::string &conversation, const std::string &text) {
    create(
        "conversationmessages",
        document("conversationmessages", {{"body", text}}, {{"conversation", linkage("conversations", conversation)}}),
        BareHost::call());
  }
  // An internal message: the conversation is given to somebody else.
  void note(const std::string &conversation) {
    update(document("conversations", json::object(), {{"owner", linkage("users", std::to_string(++next_owner_))}},
                    conversation));
  }
  void rename(const std::string &conversation, const std::string &name) {
    update(document("conversations", {{"name", name}}, nullptr, conversation));
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
  void sql(const std::vector<std::string> &statements) {
    parley::tests::Client client(json::parse(configuration_)["database"]);
    client.run("begin");
    for (const std::string &statement : statements) {
      client.run(statement);
    }
    client.run("commit");
  }

  parley::tests::StatementCounter statements_;
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

} // namespace contract
