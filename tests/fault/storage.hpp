#pragma once

#include <cstdint>

/// A disk that can lose its power and that can fail: a VFS of SQLite over the default one.
///
/// It knows what a disk promises. What was written is safe after xSync of that file, and not before; that a file was made
/// or deleted is safe when its folder was synchronized, which SQLite's own VFS does with the first xSync of a journal or
/// log, and on request of xDelete. When the power fails, everything else may be there, or not, or in part: a sector of
/// 512 bytes is written whole or not at all.
///
/// Files live on the real file system while the process runs, and what is not safe yet is kept beside them in memory. A cut
/// writes the files anew, as the disk would have them, and ends the process at once, without any destructor.
///
/// All functions are safe to call from any thread.
namespace parley::tests::storage {

struct Options {
  std::uint64_t seed = 0;    ///< decides what survives of what is not safe
  bool ignores_sync = false; ///< xSync succeeds and makes nothing safe, as with "pragma synchronous = off"
};

/// Status of a process that a cut ended.
constexpr int kCut = 86;

/// Makes it the default of this process; once, before anybody opens a database.
void install(const Options &options = {});

/// The power fails in place of the operation with this number from now on: writing, synchronizing, truncating, deleting.
void cut_at(std::uint64_t operation);
[[noreturn]] void cut_now();

/// So many reads or writes from now on fail as a broken disk does. For tests of what comes after.
void fail_reads(int count);
void fail_writes(int count);

} // namespace parley::tests::storage
