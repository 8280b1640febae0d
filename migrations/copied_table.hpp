#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/connection/session.hpp"
#include "migrations/digest.hpp"
#include "migrations/schema_description.hpp"

namespace parley::migrations {

struct CopiedColumn {
  std::string name;
  adapters::Kind kind = adapters::Kind::text;
};

struct CopiedValue {
  bool null = false;
  std::int64_t integer = 0;
  std::string text;
};
using CopiedRow = std::vector<CopiedValue>;

/// A table as it is copied: its rows in the order of its key, in batches.
class CopiedTableRows {
public:
  /// `name` is without prefix. The key's columns come first in every row.
  CopiedTableRows(std::string name, std::vector<CopiedColumn> columns, std::size_t key_columns);

  [[nodiscard]] const std::string &name() const { return name_; }

  /// The next rows behind `after`, a row or its key; all of them behind an empty one. None: the end.
  [[nodiscard]] std::vector<CopiedRow> read(adapters::Session &session, const CopiedRow &after) const;
  void write(adapters::Session &session, const std::vector<CopiedRow> &rows) const;
  /// The key of the last row; empty: there is no row.
  [[nodiscard]] CopiedRow last_key(adapters::Session &session) const;
  [[nodiscard]] std::int64_t count(adapters::Session &session) const;
  /// Adds a row, as it is the same on every kind of database.
  void digest(const CopiedRow &row, Digest &digest) const;

private:
  std::string name_;
  std::vector<CopiedColumn> columns_;
  std::size_t key_columns_;
};

/// What is copied, in an order that suits foreign keys, after both schemas: the columns that both have, of which
/// databases differ in generated ones and in ids that events have on servers. Throws Error where they differ otherwise.
std::vector<CopiedTableRows> copied_tables(const SchemaDescription &from, const std::string &from_prefix,
                                           const SchemaDescription &to, const std::string &to_prefix);

} // namespace parley::migrations
