// The plugin's own gate (C2), past the router, which asks the same setting first.
#include "tests/contract/bare_host.hpp"

#include <gmock/gmock.h>

namespace {

using contract::BareHost;
using contract::document;
using contract::Documents;
using contract::Errors;
using contract::linkage;
using contract::view;

class Gate : public testing::Test {
protected:
  void SetUp() override {
    const std::string configuration = contract::configuration_of(contract::environment("PARLEY_PLUGIN"));
    contract::migrate(host_.plugin(), configuration);
    ASSERT_EQ(host_.start(configuration), PARLEY_OK) << host_.errors().text();
    host_.websites_off = {"dark"};
  }

  // Something that a host may call, by its name.
  struct Function {
    const char *name;
    std::function<std::int32_t(const parley_call &, const Documents &, const Errors &)> call;
  };

  // What it answers on a website, and the documents that come with it.
  static std::int32_t status(const Function &function, const char *website, std::size_t *documents = nullptr) {
    parley_call call = BareHost::call();
    call.website = view(website);
    const Documents result;
    const Errors errors;
    const std::int32_t answer = function.call(call, result, errors);
    if (documents != nullptr) {
      *documents = result.all().size();
    }
    return answer;
  }

  Function create(const char *type, const nlohmann::json &document) const {
    return {type, [this, type, text = document.dump()](const auto &call, const auto &result, const auto &errors) {
              parley_write write{};
              write.size = sizeof write;
              write.json = view(text);
              const parley_entity &entity = host_.entity(type);
              return entity.create(entity.context, &call, &write, result, errors);
            }};
  }
  Function update(const char *type, const std::string &id, const nlohmann::json &document) const {
    return {type, [this, type, id, text = document.dump()](const auto &call, const auto &result, const auto &errors) {
              parley_write write{};
              write.size = sizeof write;
              write.id = view(id);
              write.json = view(text);
              const parley_entity &entity = host_.entity(type);
              return entity.update(entity.context, &call, &write, result, errors);
            }};
  }
  // Of conversations; on all of them where there is no id.
  Function invoke(const char *name, const char *id, const char *input) const {
    return {name, [=](const auto &call, const auto &result, const auto &errors) {
              parley_operation_call operation{};
              operation.size = sizeof operation;
              operation.name = view(name);
              operation.id = view(id);
              operation.input = view(input);
              const parley_entity &entity = host_.entity("conversations");
              return entity.invoke(entity.context, &call, &operation, result, errors);
            }};
  }
  Function change_contexts(std::uint32_t change) const {
    return {"contexts", [this, change](const auto &call, const auto &result, const auto &errors) {
              const parley_ref order{view("orders"), view("2")};
              parley_relationship_change changed{};
              changed.size = sizeof changed;
              changed.change = change;
              changed.id = view("1");
              changed.relationship = view("activityTargets");
              changed.refs = &order;
              changed.ref_count = 1;
              const parley_entity &entity = host_.entity("conversations");
              return entity.change_relationship(entity.context, &call, &changed, result, errors);
            }};
  }
  Function perform(const char *transition) const {
    return {transition, [this, transition](const auto &call, const auto &result, const auto &errors) {
              parley_transition_call performed{};
              performed.size = sizeof performed;
              performed.id = view("1");
              performed.transition = view(transition);
              const parley_workflow &flow = host_.workflow("conversation_flow");
              return flow.perform(flow.context, &call, &performed, result, errors);
            }};
  }
  Function set_active(std::uint32_t active) const {
    return {"set_active", [this, active](const auto &call, const auto &, const auto &errors) {
              const parley_workflow &flow = host_.workflow("conversation_flow");
              return flow.set_active(flow.context, &call, active, errors);
            }};
  }
  Function remove() const {
    return {"remove", [this](const auto &call, const auto &, const auto &errors) {
              parley_removal removal{};
              removal.size = sizeof removal;
              removal.id = view("1");
              const parley_entity &entity = host_.entity("conversations");
              return entity.remove(entity.context, &call, &removal, errors);
            }};
  }

  Function start() const {
    return create("conversations", document("conversations", {{"name", "Hello"}, {"firstMessage", "Hello"}}));
  }
  // Everything that changes the first conversation, in an order in which each works; its participant has this id.
  std::vector<Function> changes(const std::string &participant) const {
    const nlohmann::json read = {{"lastReadMessage", linkage("conversationmessages", "1-1")}};
    return {
        create("conversationmessages",
               document("conversationmessages", {{"body", "More"}}, {{"conversation", linkage("conversations", "1")}})),
        update("conversations", "1", document("conversations", {{"name", "New"}}, nullptr, "1")),
        update("conversationparticipants", participant,
               document("conversationparticipants", nlohmann::json::object(), read, participant)),
        invoke("mark-unread", "1", ""),
        invoke("mark-read", "1", R"({"index":1})"),
        invoke("mark-all-read", "", ""),
        change_contexts(PARLEY_CHANGE_ADD),
        change_contexts(PARLEY_CHANGE_REMOVE),
        perform("close"),
        perform("reopen"),
        set_active(0),
        set_active(1),
        remove(),
    };
  }

  std::string participant() const {
    const parley_call call = BareHost::call();
    const parley_query query = BareHost::query();
    const parley_entity &entity = host_.entity("conversationparticipants");
    const Documents found;
    EXPECT_EQ(entity.query(entity.context, &call, &query, found, nullptr), PARLEY_OK);
    return found.all().empty() ? "0-0" : found.all().front()["id"].get<std::string>();
  }
  std::int64_t conversations() const {
    const parley_call call = BareHost::call();
    const parley_query query = BareHost::query();
    const parley_entity &entity = host_.entity("conversations");
    std::uint64_t count = 0;
    EXPECT_EQ(entity.count(entity.context, &call, &query, &count, nullptr), PARLEY_OK);
    return static_cast<std::int64_t>(count);
  }

  BareHost host_{contract::environment("PARLEY_PLUGIN")};
};

TEST_F(Gate, C2_EveryListIsShutWhereConversationsAreOff) {
  const parley_query query = BareHost::query();
  const parley_str id = view("1");
  parley_get get{};
  get.size = sizeof get;
  get.ids = &id;
  get.id_count = 1;
  for (const char *website : {"", "dark"}) {
    parley_call call = BareHost::call();
    call.website = view(website);
    const std::int32_t expected = *website == '\0' ? PARLEY_OK : PARLEY_NOT_FOUND;
    for (const char *type :
         {"conversations", "conversationmessages", "conversationparticipants", "conversationevents"}) {
      const parley_entity &entity = host_.entity(type);
      const Documents documents;
      const Errors errors;
      EXPECT_EQ(entity.query(entity.context, &call, &query, documents, errors), expected) << type << errors.text();
      EXPECT_EQ(entity.get_many(entity.context, &call, &get, documents, errors), expected) << type << errors.text();
      EXPECT_THAT(documents.all(), testing::IsEmpty());
    }
  }
}

// Each is shut just where it would have worked, and works behind that.
TEST_F(Gate, C2_EveryWriteIsShutWhereConversationsAreOff) {
  const auto expect_shut_then_open = [](const Function &write) {
    std::size_t documents = 0;
    EXPECT_EQ(status(write, "dark", &documents), PARLEY_NOT_FOUND) << write.name;
    EXPECT_EQ(documents, 0U) << write.name;
    EXPECT_EQ(status(write, ""), PARLEY_OK) << write.name;
  };
  expect_shut_then_open(start());
  for (const Function &write : changes(participant())) {
    expect_shut_then_open(write);
  }
  EXPECT_EQ(conversations(), 0) << "the last one deletes";
  const Function read = invoke("unread", "", "");
  EXPECT_EQ(status(read, "dark"), PARLEY_NOT_FOUND);
  EXPECT_EQ(status(read, ""), PARLEY_OK);
}

// Badges and buttons are drawn beside other things of the host: they say that there is nothing, or nothing that is found.
TEST_F(Gate, C2_PanelsAndTransitionsAreShutWhereConversationsAreOff) {
  ASSERT_EQ(status(create("conversations",
                          document("conversations", {{"name", "Hello"}}, {{"source", linkage("orders", "1")}})),
                   ""),
            PARLEY_OK);
  const parley_panel &panel = host_.panel("conversations");
  const parley_workflow &flow = host_.workflow("conversation_flow");
  const parley_ref order{view("orders"), view("1")};
  const parley_str id = view("1");
  for (const bool dark : {true, false}) {
    parley_call call = BareHost::call();
    call.website = view(dark ? "dark" : "");
    const parley_query query = BareHost::query();
    const Documents items;
    const std::int32_t shown = panel.page(panel.context, &call, &order, &query, items, nullptr);
    EXPECT_EQ(shown, dark ? PARLEY_NOT_FOUND : PARLEY_OK);
    EXPECT_EQ(items.all().size(), dark ? 0U : 1U);
    std::uint64_t count = 0;
    const std::int32_t counted = panel.count(panel.context, &call, &order, 1, &count, nullptr);
    EXPECT_EQ(counted, dark ? PARLEY_NOT_FOUND : PARLEY_OK);
    EXPECT_EQ(count, dark ? 0U : 1U);
    std::size_t available = 0;
    const parley_availability_sink sink{sizeof sink, 0, &available,
                                        [](const parley_availability_sink *self, const parley_availability *) {
                                          ++*static_cast<std::size_t *>(self->context);
                                          return PARLEY_OK;
                                        }};
    const std::int32_t offered = flow.available(flow.context, &call, &id, 1, &sink, nullptr);
    EXPECT_EQ(offered, dark ? PARLEY_NOT_FOUND : PARLEY_OK);
    EXPECT_EQ(available, dark ? 0U : 1U);
  }
}

} // namespace
