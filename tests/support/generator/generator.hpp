#pragma once

#include <cstdint>
#include <string>

namespace parley::tests {

/// How much is generated. Everything follows from the seed.
struct Shape {
  std::int64_t conversations = 1'000;
  std::int64_t messages = 10'000; ///< at least one a conversation
  std::int64_t customers = 1'000; ///< subsidiaries of one group: "s1" ... ; at least 4
  std::int64_t units = 40;        ///< "u1" ...; at least 2
  std::int64_t users = 50;        ///< "1" ...; at least 2
  std::uint64_t seed = 1;
  std::string table_prefix = "parley_";
};

/// Who and what is there, whatever the shape.
///
/// Organizations: "1" has nearly all conversations, "2" a fifth, "3" exactly three.
/// Units: "dense" has a third of the conversations, "sparse" exactly three, the others share the rest.
/// Customers: "dense" a tenth, "sparse" exactly three, "s1" ... share the rest; each has one customer user of its name,
/// and "dense" a second one, "many".
/// Users: "many" takes part in every second conversation and has not read half of those; "few" takes part in exactly three
/// and has not read two; the others own the conversations. "assistant" only writes internal notes, takes no part in
/// public, and owns nothing. Among customer users "many" takes part in every conversation of "dense" and has not read
/// half of them; "sparse" takes part in three.
/// Records: "orders/hot" is a context of every conversation, "orders/few" of exactly three; each conversation has a source
/// of its own.
/// The three of "sparse", "few" and organization "3" lie apart, and are not the newest.
///
/// Fills a migrated, empty SQLite database. Not durable while it runs. Throws std::runtime_error.
void generate(const std::string &path, const Shape &shape);

} // namespace parley::tests
