#pragma once

#include <string>

namespace parley::tests {

struct Outcome {
  int code = -1;
  std::string output; ///< both streams
};

/// Runs parley-migrate in a shell, so that arguments are quoted as an operator would quote them.
Outcome migrate(const std::string &arguments);

/// Runs it and kills it (kill -9) as soon as a line of its output begins so.
void migrate_until_killed(const std::string &arguments, const std::string &line_begins);

} // namespace parley::tests
