#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "migrations/migrations.hpp"

namespace parley::migrations {

/// How far a table is.
struct CopyProgress {
  enum class Doing { copying, checking };
  Doing doing = Doing::copying;
  std::string table; ///< without prefix
  std::int64_t rows = 0;
  std::int64_t of = 0;  ///< rows of the source when the copy began
  bool resumed = false; ///< an earlier attempt copied what is there
};

/// A table, after it was copied and read again on both sides.
struct CopiedTable {
  std::string name; ///< without prefix
  std::int64_t rows = 0;
  std::string checksum; ///< SHA-256 over all rows by key, the same on every kind of database
};

struct CopyReport {
  std::vector<CopiedTable> tables;
  std::vector<std::string> differences; ///< one sentence each: the copy must not be used. Empty: it is good
};

/// Copies everything that the plugin has stored from one database to another, of any kinds. Both schemas must be current
/// and nobody may write in the source meanwhile, which is noticed and said. The target must be empty, or hold an
/// unfinished copy of the same source: then it goes on there.
///
/// Memory is bounded: rows are read and written in batches by key. Each batch is a transaction of the target, so a copy
/// may be interrupted at any time. Until it is whole and was read again on both sides, the target has the table
/// {prefix}copy_progress, and status() says so.
///
/// The target's role must be the one that migrates; the source's needs to read, and to publish events on a server.
/// Throws Error.
CopyReport copy(const std::string &from, const Options &from_options, const std::string &to, const Options &to_options,
                const std::function<void(const CopyProgress &)> &progress);

} // namespace parley::migrations
