#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace parley::bench {

/// Does a piece of work, and says how many operations that was. Called by one thread at a time.
using Work = std::function<std::int64_t()>;

/// One way of doing what is compared.
struct Side {
  std::string name;
  std::vector<Work> clients; ///< they work at the same time, a thread each
};

struct Turns {
  int rounds = 15;
  std::chrono::milliseconds each{200}; ///< a side's turn in a round
  std::int64_t least = 40;             ///< so many operations a turn in any case
};

/// What came of a turn.
struct Outcome {
  double rate = 0; ///< operations a second
  double cpu =
      0; ///< microseconds of this process's CPU for an operation: does not depend on what else the machine does
};

/// One a round, in the order of the sides.
using Outcomes = std::vector<std::vector<Outcome>>;

/// Lets the sides work in turns, so that what else the machine does falls on all of them alike; each in a warm-up of its
/// own first. Throws what a client throws, and std::runtime_error where a side did nothing.
Outcomes contest(const std::vector<Side> &sides, const Turns &turns);

double median(std::vector<double> figures);

} // namespace parley::bench
