// Orders, users and notes about them: the world that the router's tests walk through.
#ifndef PARLEY_TESTS_UNIT_HOST_SDK_SHOP_HPP
#define PARLEY_TESTS_UNIT_HOST_SDK_SHOP_HPP

#include "memory_entity.hpp"
#include "test_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::tests {

class Shop : public testing::Test {
protected:
  Shop() : orders("orders", read), users("users", read), notes("notes", read | write), lines("lines", read) {
    orders.attribute("number", PARLEY_TYPE_STRING, PARLEY_FIELD_TITLE);
    orders.relationship("owner", {"users"}, 0);
    orders.relationship("notes", {"notes"}, PARLEY_RELATIONSHIP_TO_MANY);
    users.attribute("username", PARLEY_TYPE_STRING, PARLEY_FIELD_TITLE);
    users.attribute("email", PARLEY_TYPE_EMAIL, 0, PARLEY_APPLICATION_BACKOFFICE);
    const std::uint32_t writable = PARLEY_FIELD_CREATE | PARLEY_FIELD_UPDATE;
    notes.attribute("name", PARLEY_TYPE_STRING,
                    writable | PARLEY_FIELD_REQUIRED | PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT | PARLEY_FIELD_SEARCH);
    notes.attribute("number", PARLEY_TYPE_INTEGER, writable | PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT);
    notes.attribute("done", PARLEY_TYPE_BOOLEAN, writable | PARLEY_FIELD_NULLABLE | PARLEY_FIELD_FILTER);
    notes.attribute("price", PARLEY_TYPE_DECIMAL, writable | PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT);
    notes.attribute("createdAt", PARLEY_TYPE_DATETIME, PARLEY_FIELD_FILTER);
    notes.attribute("count", PARLEY_TYPE_INTEGER, PARLEY_FIELD_IGNORED);
    notes.attribute("secret", PARLEY_TYPE_STRING, PARLEY_FIELD_CREATE | PARLEY_FIELD_WRITE_ONLY);
    notes.attribute("code", PARLEY_TYPE_STRING, PARLEY_FIELD_FILTER);
    notes.filtered_by("code", PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL) | PARLEY_FILTER_BIT(PARLEY_FILTER_CONTAINS) |
                                  PARLEY_FILTER_ONE_VALUE);
    notes.attribute("internal", PARLEY_TYPE_STRING, writable | PARLEY_FIELD_FILTER, PARLEY_APPLICATION_BACKOFFICE);
    notes.relationship("author", {"users"}, writable | PARLEY_FIELD_NULLABLE | PARLEY_FIELD_FILTER);
    notes.relationship("about", {"orders", "users"}, writable | PARLEY_FIELD_FILTER);
    notes.relationship("readers", {"users"}, writable | PARLEY_RELATIONSHIP_TO_MANY | PARLEY_RELATIONSHIP_MEMBERS);
    notes.relationship("lines", {"lines"}, PARLEY_RELATIONSHIP_TO_MANY | PARLEY_RELATIONSHIP_PAGED, "note");
    notes.operation("pin", PARLEY_OPERATION_ON_ONE, 0);
    notes.operation("unread", PARLEY_OPERATION_ON_COLLECTION, PARLEY_OPERATION_SAFE);
    notes.operation("count", PARLEY_OPERATION_ON_ONE, 0, R"({"type":"object","required":["from"]})",
                    R"({"type":"object"})");
    notes.operation("tidy", PARLEY_OPERATION_ON_COLLECTION, 0, R"({"type":"object","properties":{"deep":{}}})",
                    R"({"type":"object"})");
    lines.attribute("name", PARLEY_TYPE_STRING, 0);
    lines.relationship("note", {"notes"}, PARLEY_FIELD_FILTER);
    lines.filtered_by("note", PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL) | PARLEY_FILTER_ONE_VALUE);

    users.row("1", {{{"username", "john"}, {"email", "john@example.com"}}, {}, 0});
    users.row("2", {{{"username", "dana"}}, {}, 0});
    orders.row("17", {{{"number", "ORD-17"}}, {{"owner", {{"users", "2"}}}, {"notes", {{"notes", "n1"}}}}, 0});
    notes.row(
        "n1",
        {{{"name", "First"}},
         {{"author", {{"users", "1"}}}, {"about", {{"orders", "17"}}}, {"readers", {{"users", "1"}, {"users", "2"}}}},
         7});
    notes.row("n2",
              {{{"name", "Second"}}, {{"author", {{"users", "1"}}}, {"about", {{"users", "2"}}}, {"readers", {}}}, 3});
    notes.row("n3", {{{"name", "Third"}}, {{"author", {}}, {"about", {{"orders", "404"}}}, {"readers", {}}}, 1});
    lines.row("l1", {{{"name", "one"}}, {{"note", {{"notes", "n1"}}}}, 0});
    lines.row("l2", {{{"name", "two"}}, {{"note", {{"notes", "n1"}}}}, 0});
    lines.row("l3", {{{"name", "three"}}, {{"note", {{"notes", "n2"}}}}, 0});
  }

  void SetUp() override {
    const std::int32_t status = host.register_own(
        [&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
          for (auto *entity : {&orders, &users, &notes, &lines}) {
            const std::int32_t added = registry->add_entity(self, &entity->descriptor(), errors);
            if (added != PARLEY_OK) {
              return added;
            }
          }
          return PARLEY_OK;
        });
    ASSERT_EQ(status, PARLEY_OK) << host.reported();
  }

  Reply get(const std::string &target) { return host.send("GET", target); }

  // The ids of `data` or `included`.
  static std::vector<std::string> ids(const nlohmann::json &document, const char *member = "data") {
    std::vector<std::string> result;
    for (const auto &item : document.at(member)) {
      result.push_back(item.at("id"));
    }
    return result;
  }

  static constexpr std::uint32_t read = PARLEY_ACTION_LIST | PARLEY_ACTION_GET;
  static constexpr std::uint32_t write =
      PARLEY_ACTION_CREATE | PARLEY_ACTION_UPDATE | PARLEY_ACTION_DELETE | PARLEY_ACTION_DELETE_MANY;

  MemoryEntity orders;
  MemoryEntity users;
  MemoryEntity notes;
  MemoryEntity lines;
  TestHost host;
};

} // namespace parley::tests

#endif
