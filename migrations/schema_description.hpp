#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace parley::migrations {

/// One thing that a schema consists of, in words that two databases of the same kind have in common.
struct SchemaObject {
  std::string owner; ///< the table that it belongs to; of a table itself: its name; of a function: its name alone
  std::string text;  ///< how it is declared
  std::map<std::string, std::string>
      columns; ///< of a table: how each is declared; of a function: its body, if it may be read
};

/// By kind in small letters ("table", "foreign key") and name.
using SchemaDescription = std::map<std::pair<std::string, std::string>, SchemaObject>;

/// The text without comments, and without spaces that separate nothing; outside quotes in small letters. Clients that
/// restore a backup leave comments out.
std::string normalised_sql(const std::string &sql);

/// How what `expected` has is different in `real`, one sentence each. Tables of others in `real` are not looked at, but
/// what belongs to our tables is.
std::vector<std::string> schema_differences(const SchemaDescription &expected, const SchemaDescription &real);

} // namespace parley::migrations
