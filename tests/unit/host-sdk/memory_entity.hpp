// An entity that keeps its rows in memory, registered through the contract as a plugin or host would.
#ifndef PARLEY_TESTS_UNIT_HOST_SDK_MEMORY_ENTITY_HPP
#define PARLEY_TESTS_UNIT_HOST_SDK_MEMORY_ENTITY_HPP

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <parley/ext/entity.h>
#include <string>
#include <utility>
#include <vector>

namespace parley::tests {

using Refs = std::vector<std::pair<std::string, std::string>>; // type, id

struct Row {
  nlohmann::json attributes = nlohmann::json::object();
  std::map<std::string, Refs> related;
  std::uint64_t version = 1;
};

constexpr std::uint32_t both = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;

// Not thread-safe. Fill it, then pass descriptor() on; it stays at its address.
class MemoryEntity {
public:
  MemoryEntity(std::string type, std::uint32_t actions);
  MemoryEntity(const MemoryEntity &) = delete;
  MemoryEntity &operator=(const MemoryEntity &) = delete;

  void attribute(const std::string &name, std::uint32_t type, std::uint32_t flags, std::uint32_t applications = both);
  void relationship(const std::string &name, const std::vector<std::string> &types, std::uint32_t flags,
                    const std::string &inverse = {}, std::uint32_t applications = both);
  // Which operators the filter by a field offers; see parley_attribute::filter_operators.
  void filtered_by(const std::string &name, std::uint32_t operators);
  void operation(const std::string &name, std::uint32_t target, std::uint32_t flags,
                 const std::string &input_schema = {}, const std::string &output_schema = {});
  void row(const std::string &id, Row row) { rows[id] = std::move(row); }
  parley_entity &descriptor();

  std::map<std::string, Row> rows;
  // What was asked of it.
  unsigned get_many_calls = 0;
  std::vector<std::string> last_ids;
  std::uint32_t last_page_number = 0;
  std::vector<std::string> last_filters; // "name 1 a|b"
  std::vector<std::string> last_sorts;   // "-name"
  std::string last_input;
  std::string last_idempotency_key;
  std::uint64_t last_expected_version = 0;
  std::uint64_t last_expected_count = 0;
  unsigned writes = 0;
  bool always_stale = false;                    // somebody else is faster at every write
  std::function<std::int32_t()> before_query;   // may fail it
  std::vector<std::string> blank_names{"name"}; // attributes that must not be ""
  std::vector<std::string> invoke_answers;      // ids of the rows that operations answer whole, beside their meta

private:
  struct Thunks;
  friend struct Thunks;

  std::string type_;
  std::string label_ = R"({"en":"Thing","de":"Ding"})";
  struct Field {
    std::string name;
    std::vector<std::string> types;
    std::vector<parley_str> type_texts;
    std::string inverse;
    std::string input_schema;
    std::string output_schema;
    parley_attribute attribute{};
    parley_relationship relationship{};
    parley_operation operation{};
  };
  std::vector<std::unique_ptr<Field>> fields_;
  std::vector<parley_attribute> attributes_;
  std::vector<parley_relationship> relationships_;
  std::vector<parley_operation> operations_;
  parley_entity descriptor_{};
};

} // namespace parley::tests

#endif
