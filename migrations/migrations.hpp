#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "migrations/data_checks.hpp"

/// The schema of the plugin's tables: where it stands, what is to be done, doing it, and checking what is there.
///
/// All functions are safe to call from any thread and any number of processes at once. They throw Error.
namespace parley::migrations {

struct EmbeddedStep;

struct Options {
  std::string table_prefix = "parley_";
  std::chrono::milliseconds patience{30'000};       ///< how long to wait while somebody else migrates
  const std::vector<EmbeddedStep> *steps = nullptr; ///< in place of this build's; for tests
};

enum class State {
  empty,   ///< nothing was applied yet
  behind,  ///< steps are missing
  current, ///< all steps of this build, and no more
  ahead,   ///< a newer build was here: this one must not touch the database
};

/// "empty", "behind", "current", "ahead".
const char *name_of(State state);

struct Status {
  State state = State::empty;
  int present = 0; ///< number of the last step that was applied; 0: none
  int newest = 0;  ///< number of the last step of this build
  /// Why there is no database to look at, in a sentence: no file, no folder, no schema of that name. Empty: there is one.
  /// Its state is empty.
  std::string missing;
  /// Where the state is empty: which schemas of ours lie elsewhere in the same database, under another table prefix or in
  /// another schema, in sentences. Empty: none.
  std::string elsewhere;
  /// What an interrupted or failed attempt left half done, in a sentence, where the database has no transactions for the
  /// schema: apply() goes on there. Empty: nothing.
  std::string unfinished;
};

/// One numbered step, with the table prefix filled in.
struct Step {
  int number = 0;
  std::string name;     ///< "initial"
  std::string checksum; ///< SHA-256 of the file that it was built from
  std::string sql;
};

class Error : public std::runtime_error {
public:
  enum class Why {
    usage,       ///< connection string or options
    unsupported, ///< a database that this build does not know
    busy,        ///< somebody else holds the database: try again
    unavailable, ///< it cannot be reached or written
    rights,      ///< the role may not do what is needed; which right is missing is said
    ahead,       ///< the schema is newer than this build
    altered,     ///< a step was applied with another content than this build's
    failed,      ///< a step failed; nothing of it stays, but see Status::unfinished
  };
  Error(Why why, const std::string &message) : std::runtime_error(message), why_(why) {}
  [[nodiscard]] Why why() const { return why_; }

private:
  Why why_;
};

/// Number of the last step of this build.
int newest();

/// Where the schema stands. Makes no file: a database that does not exist is empty.
Status status(const std::string &connection, const Options &options = {});

/// The steps that apply() would take now. Throws where apply() would refuse.
std::vector<Step> plan(const std::string &connection, const Options &options = {});

/// Takes the missing steps, and says which. Nothing to do is no error, so several may start at once. All or none, but on
/// MariaDB, which has no transactions for the schema: there a step that failed or was interrupted is resumed.
std::vector<Step> apply(const std::string &connection, const Options &options = {});

struct Verification {
  std::vector<std::string> differences; ///< one sentence each; empty: none
  std::string compared_with;            ///< what was expected, and how it is known; empty: nothing was compared
};

/// How the schema differs from what its steps make.
Verification verify_schema(const std::string &connection, const Options &options = {});

/// The differences alone.
std::vector<std::string> verify(const std::string &connection, const Options &options = {});

/// Checks what is stored, on one moment of the database, which may be in use. Only for a schema that verify() finds
/// nothing wrong with. At most `most_examples` offenders of each check are kept.
DataReport verify_data(const std::string &connection, std::size_t most_examples, const Options &options = {});

} // namespace parley::migrations
