// A runtime with two entities in memory, and what every answer of it has to be.
#pragma once

#include "tests/fuzz/fuzz.hpp"
#include "tests/unit/host-sdk/memory_entity.hpp"
#include "tests/unit/host-sdk/test_host.hpp"

namespace parley::fuzz {

class HttpWorld {
public:
  HttpWorld() : notes_("notes", 0x3FU), users_("users", PARLEY_ACTION_LIST | PARLEY_ACTION_GET) {
    constexpr std::uint32_t all = PARLEY_FIELD_CREATE | PARLEY_FIELD_UPDATE | PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT;
    notes_.attribute("name", PARLEY_TYPE_STRING, all | PARLEY_FIELD_REQUIRED | PARLEY_FIELD_SEARCH);
    notes_.attribute("number", PARLEY_TYPE_INTEGER, all);
    notes_.attribute("done", PARLEY_TYPE_BOOLEAN, all | PARLEY_FIELD_NULLABLE);
    notes_.attribute("price", PARLEY_TYPE_DECIMAL, all);
    notes_.attribute("createdAt", PARLEY_TYPE_DATETIME, all);
    notes_.attribute("data", PARLEY_TYPE_OBJECT, PARLEY_FIELD_CREATE | PARLEY_FIELD_UPDATE);
    notes_.relationship("author", {"users"}, all | PARLEY_FIELD_NULLABLE);
    notes_.relationship("about", {"notes", "users"}, PARLEY_FIELD_CREATE | PARLEY_FIELD_FILTER);
    notes_.relationship("readers", {"users"},
                        PARLEY_FIELD_CREATE | PARLEY_FIELD_UPDATE | PARLEY_RELATIONSHIP_TO_MANY |
                            PARLEY_RELATIONSHIP_MEMBERS);
    notes_.operation("pin", PARLEY_OPERATION_ON_ONE, 0);
    users_.attribute("username", PARLEY_TYPE_STRING, PARLEY_FIELD_TITLE);
    users_.row("1", {{{"username", "john"}}, {}, 0});
    notes_.row("n1", {{{"name", "First"}}, {{"author", {{"users", "1"}}}, {"about", {}}, {"readers", {}}}, 7});
    first_notes_ = notes_.rows;
    const std::int32_t status = host_.register_own(
        [&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
          const std::int32_t added = registry->add_entity(self, &users_.descriptor(), errors);
          return added != PARLEY_OK ? added : registry->add_entity(self, &notes_.descriptor(), errors);
        });
    if (status != PARLEY_OK) {
      std::fprintf(stderr, "%s\n", host_.reported().c_str());
    }
    expect(status == PARLEY_OK, "the entities are registered");
  }

  void request(const std::string &method, const std::string &target, const std::string &body) {
    notes_.rows = first_notes_;
    std::vector<std::pair<std::string, std::string>> headers{{"Accept", "application/vnd.api+json"}};
    if (!body.empty()) {
      headers.emplace_back("Content-Type", "application/vnd.api+json");
    }
    const tests::Reply reply = host_.send(method, target, body, headers);
    if (reply.status >= 500) {
      std::fprintf(stderr, "%d %s\n", reply.status, reply.body.c_str());
    }
    expect(reply.status >= 200 && reply.status < 500, "nobody's request is a defect of ours");
    expect(reply.body.empty() || nlohmann::json::accept(reply.body), "every body is JSON");
    if (reply.status < 300 && !body.empty()) {
      expect(depth_of(body) <= 64, "what is nested deeper is refused");
    }
  }

private:
  tests::TestHost host_;
  tests::MemoryEntity notes_;
  tests::MemoryEntity users_;
  std::map<std::string, tests::Row> first_notes_;
};

} // namespace parley::fuzz
