#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/bench/limits/contest.hpp"

namespace parley::bench {

/// How a side is compared with the first one of its contest.
enum class Measure {
  slower, ///< how many times longer it takes: "1.40x"; the aim is at most
  share,  ///< what part of the rate it reaches: "75 %"; the aim is at least
};

/// Where the work of a side is done.
enum class Works {
  here,     ///< all of it in this process: what it takes of the CPU is told
  elsewhere ///< some of it in a server
};

struct Line {
  std::string side;
  Works works = Works::elsewhere;
  Measure measure = Measure::slower;
  std::optional<double> aim = {}; ///< a number of times, or a part of 1
  std::string note = {};
};

/// What of two sides is compared.
enum class By {
  clock, ///< operations a second
  cpu ///< where both work here what they take of the CPU, which other work on the machine changes little; else the clock
};

/// Prints a contest: for each side the median of its rates and of what it takes of the CPU, and the median and the range of what the rounds say of it and the
/// first side. One line a side, in the order of the outcomes; the first one is what the others are compared with.
void print_contest(std::ostream &out, const std::string &title, By by, const std::vector<Line> &lines,
                   const Outcomes &outcomes);

} // namespace parley::bench
