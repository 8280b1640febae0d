// What the host's log gets of a plugin whose database fails: what somebody can act on, and nothing of what people wrote.
#include "bare_host.hpp"

#include <cstdlib>
#include <gmock/gmock.h>

#include "tests/support/servers/client.hpp"

namespace {

using contract::admin;
using contract::document;
using contract::Errors;
using contract::Host;
using contract::linkage;
using contract::Response;
using parley::tests::chosen_database;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr auto kMarker = "M4RKED";

class Log : public testing::Test {
protected:
  void SetUp() override {
    if (contract::environment("PARLEY_PLUGIN").empty()) {
      GTEST_SKIP() << "PARLEY_PLUGIN is not built";
    }
  }

  // A host with a plugin that works, and its database.
  struct Running {
    explicit Running(const std::string &library) : configuration{contract::configuration_of(library)} {
      const Errors errors;
      plugin = host.load(library, errors);
      contract::migrate(parley_runtime_instance(plugin), configuration);
      EXPECT_EQ(Host::start(plugin, configuration, errors), PARLEY_OK) << errors.text();
      const Response made = create("Hello");
      EXPECT_EQ(made.status, 201U) << made;
      id = made.body["data"]["id"];
    }

    Response create(const std::string &words) const {
      return host.request(
          admin, "POST", "/conversations",
          document("conversations", {{"name", words}, {"firstMessage", words}},
                   {{"source", linkage("orders", "1")}, {"customerUser", linkage("customerusers", "1")}}));
    }
    Response say(const std::string &words) const {
      return host.request(
          admin, "POST", "/conversationmessages",
          document("conversationmessages", {{"body", words}}, {{"conversation", linkage("conversations", id)}}));
    }
    Response rename(const std::string &words) const {
      return host.request(admin, "PATCH", "/conversations/" + id,
                          document("conversations", {{"name", words}}, nullptr, id));
    }

    // As whoever owns the database.
    void damage(const std::vector<std::string> &statements) const {
      parley::tests::Client owner{nlohmann::json::parse(configuration)["database"].get<std::string>()};
      for (const std::string &sql : statements) {
        owner.run(sql);
      }
    }
    std::string log() const {
      char *text = c_host_log(host.get());
      const std::string copied = text;
      std::free(text);
      return copied;
    }

    std::string configuration;
    Host host{{}, R"({"conversations.enabled":true})"};
    parley_runtime_plugin *plugin = nullptr;
    std::string id;
  };

  static std::unique_ptr<Running> running() {
    return std::make_unique<Running>(contract::environment("PARLEY_PLUGIN"));
  }
  static std::vector<std::string> without(const std::string &table) {
    if (chosen_database() == "postgresql") {
      return {"drop table " + table + " cascade"};
    }
    return {chosen_database() == "mariadb" ? "set foreign_key_checks = 0" : "pragma foreign_keys = off",
            "drop table " + table};
  }
  // Nothing is inserted any more, and what should have been is quoted.
  static std::vector<std::string> raising() {
    if (chosen_database() == "postgresql") {
      return {
          "create function no() returns trigger language plpgsql as $$ begin raise exception 'no: %', new.body; end $$",
          "create trigger no before insert on parley_message for each row execute function no()"};
    }
    if (chosen_database() == "mariadb") {
      return {"create trigger no before insert on parley_message for each row begin declare quoted text; set quoted = "
              "concat('no: ', new.body); signal sqlstate '45000' set message_text = quoted; end"};
    }
    return {"create trigger no before insert on parley_message begin select raise(abort, 'no'); end"};
  }
  static std::vector<std::string> only_numbers() {
    if (chosen_database() == "postgresql") {
      return {
          "do $$ declare rule text; begin for rule in select conname from pg_constraint where contype = 'c' and "
          "conrelid = 'parley_conversation'::regclass loop execute 'alter table parley_conversation drop constraint ' "
          "|| rule; end loop; end $$",
          "alter table parley_conversation alter column name type integer using 0"};
    }
    if (chosen_database() == "mariadb") {
      return {"update parley_conversation set name = '0'",
              "alter table parley_conversation modify name integer not null"};
    }
    return {};
  }
};

TEST_F(Log, S6_ATableThatIsGoneIsNamedOnceAndTheAnswerSaysWhere) {
  const auto here = running();
  EXPECT_THAT(here->log(), IsEmpty());
  here->damage(without("parley_message"));
  for (int time = 0; time < 3; ++time) {
    const Response refused = here->host.get(admin, "/conversationmessages?filter[conversation]=" + here->id);
    EXPECT_EQ(refused.status, 503U) << refused;
    EXPECT_THAT(refused.body["errors"][0].value("detail", ""), HasSubstr("The log of the host says more."));
  }
  const std::string log = here->log();
  EXPECT_THAT(log, AllOf(HasSubstr("database.schema: "), HasSubstr("parley_message"), HasSubstr("\"code\":")));
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1) << log;
}

TEST_F(Log, S6_WhatPeopleWroteIsNeverInIt) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> damages{
      {"no message", without("parley_message")},
      {"no event", without("parley_event")},
      {"no labels", without("parley_record_label")},
      {"no body", {"alter table parley_message rename column body to text"}},
      {"no name", {"alter table parley_conversation rename column name to title"}},
      {"one name", {"create unique index one_name on parley_conversation (name)"}},
      {"a number", only_numbers()},
      {"raised", raising()},
  };
  for (const auto &[what, damage] : damages) {
    SCOPED_TRACE(what);
    const auto here = running();
    here->damage(damage);
    const std::string marked = std::string(kMarker) + " it's \"" + kMarker + "\" `" + kMarker + "`";
    bool failed = false;
    for (const Response &answer :
         {here->create(marked), here->create(marked), here->say(marked), here->rename(marked),
          here->host.get(admin, "/conversations?filter[name][contains]=" + std::string(kMarker)),
          here->host.get(admin, "/conversations?filter[search]=" + std::string(kMarker)),
          here->host.get(admin, "/conversationmessages?filter[body][contains]=" + std::string(kMarker))}) {
      if (answer.status >= 400U) {
        failed = true;
        EXPECT_THAT(answer.body.dump(), Not(HasSubstr(kMarker)));
      }
      if (answer.status == 503U) {
        EXPECT_THAT(answer.body["errors"][0].value("detail", ""), HasSubstr("The log of the host says more."));
      }
      if (answer.status >= 500U) {
        EXPECT_THAT(here->log(), HasSubstr("database."));
      }
    }
    EXPECT_TRUE(failed || damage.empty());
    EXPECT_THAT(here->log(), Not(HasSubstr(kMarker)));
    EXPECT_THAT(here->log(), Not(HasSubstr("secret"))) << "of the connection string";
  }
}

} // namespace
