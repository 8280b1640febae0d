// Calls of the conversations plugin's operations in a bare host.
#pragma once

#include "bare_host.hpp"

#include <gtest/gtest.h>

namespace contract {

// The functions of the entities, copied, so that threads may use them while the plugin stops and starts again.
class ConversationCalls {
public:
  explicit ConversationCalls(const BareHost &host)
      : conversations_{host.entity("conversations")}, messages_{host.entity("conversationmessages")} {}

  std::int32_t create(const parley_result_sink *result, const parley_error_sink *errors = nullptr) const {
    return write(conversations_, R"({"data":{"type":"conversations","attributes":{"name":"Hello"}}})", result, errors);
  }
  std::int32_t say(const std::string &conversation, const std::string &text, const parley_result_sink *result,
                   const parley_error_sink *errors = nullptr) const {
    const nlohmann::json message =
        document("conversationmessages", {{"body", text}}, {{"conversation", linkage("conversations", conversation)}});
    return write(messages_, message.dump(), result, errors);
  }
  std::int32_t query(const parley_result_sink *result, const parley_error_sink *errors = nullptr) const {
    const parley_call call = BareHost::call();
    const parley_query query = BareHost::query();
    return conversations_.query(conversations_.context, &call, &query, result, errors);
  }
  std::int32_t count(std::uint64_t &number) const {
    const parley_call call = BareHost::call();
    const parley_query query = BareHost::query();
    return conversations_.count(conversations_.context, &call, &query, &number, nullptr);
  }

  // Makes a conversation, which must work, and answers its id.
  std::string made() const {
    const Documents created;
    const Errors errors;
    EXPECT_EQ(create(created, errors), PARLEY_OK) << errors.text();
    return created.all().empty() ? "0" : created.all().front()["id"].get<std::string>();
  }

private:
  static std::int32_t write(const parley_entity &entity, const std::string &json, const parley_result_sink *result,
                            const parley_error_sink *errors) {
    const parley_call call = BareHost::call();
    parley_write write{};
    write.size = sizeof write;
    write.json = view(json);
    return entity.create(entity.context, &call, &write, result, errors);
  }

  parley_entity conversations_;
  parley_entity messages_;
};

} // namespace contract
