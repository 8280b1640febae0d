#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/builder.hpp"
#include "adapters/sql/dialect.hpp"
#include "adapters/sql/reader.hpp"
#include "plugin/store/queries.hpp"

/// Search in two ways that find the same. Where few rows match, the full-text index names them, and they are a short list of
/// ids among which scope and filters choose. Where many match, the list is walked in its order and each row's words are
/// looked at: its first page fills soon, and a scope that reaches little looks at no more than it reaches.
namespace parley::adapters::sql {

/// More rows than this are many.
inline constexpr std::size_t kFewFound = 2000;

/// So many of the newest rows are looked at first; where so many of these match, all that match are many.
inline constexpr std::int64_t kSample = 1000;
inline constexpr std::int64_t kCommon = 10;

/// A condition on rows that hold all tokens.
std::string holds(const std::string &column, const std::vector<std::string> &tokens, Held held, Builder &builder);

/// What the index names. Ids are without repeats, in no order.
struct FoundName {
  std::int64_t id = 0;
  bool whole = false; ///< every token is a whole word of the name
};
/// What the index was asked. Nothing: they are many.
template <class Row>
struct Few {
  std::optional<std::vector<Row>> all;
  std::optional<std::vector<std::int64_t>> whole; ///< the ids of those that hold the tokens as whole words
};
Few<FoundName> few_names(Reading reading, const std::vector<std::string> &tokens);
/// The conversations of messages that the audience may see.
std::optional<std::vector<std::int64_t>> few_conversations(Reading reading, const std::vector<std::string> &tokens,
                                                           domain::Audience audience);
struct FoundMessage {
  std::int64_t id = 0; ///< of the row
  bool whole = false;
};
Few<FoundMessage> few_messages(Reading reading, const std::vector<std::string> &tokens);

} // namespace parley::adapters::sql
