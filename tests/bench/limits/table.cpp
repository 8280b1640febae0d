#include "tests/bench/limits/table.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <stdexcept>

namespace parley::bench {
namespace {

std::string rounded(double value, int places) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(places) << value;
  return text.str();
}

std::string ratio_text(Measure measure, double value) {
  return measure == Measure::slower ? rounded(value, 2) + "x" : rounded(value * 100, 0) + " %";
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string aim_text(const Line &line, double ratio) {
  if (!line.aim) {
    return "";
  }
  const bool slower = line.measure == Measure::slower;
  const bool met = slower ? ratio <= *line.aim : ratio >= *line.aim;
  return (slower ? "at most " : "at least ") + ratio_text(line.measure, *line.aim) + (met ? "  met" : "  MISSED");
}

std::vector<double> each(const std::vector<Outcome> &outcomes, double Outcome::*figure) {
  std::vector<double> figures;
  figures.reserve(outcomes.size());
  for (const Outcome &outcome : outcomes) {
    figures.push_back(outcome.*figure);
  }
  return figures;
}

} // namespace

void print_contest(std::ostream &out, const std::string &title, By by, const std::vector<Line> &lines,
                   const Outcomes &outcomes) {
  if (lines.size() != outcomes.size()) {
    throw std::logic_error("a contest has another number of lines than of sides");
  }
  out << title << '\n';
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const Line &line = lines[at];
    const double cpu = median(each(outcomes[at], &Outcome::cpu));
    out << "  " << padded(line.side, 36) << padded(rounded(median(each(outcomes[at], &Outcome::rate)), 0) + "/s", 10)
        << padded(line.works == Works::here ? rounded(cpu, 0) + " us CPU" : "", 13);
    if (at > 0) {
      const bool by_cpu = by == By::cpu && line.works == Works::here && lines[0].works == Works::here;
      std::vector<double> ratios;
      for (std::size_t round = 0; round < outcomes[at].size(); ++round) {
        const Outcome &first = outcomes[0][round];
        const Outcome &own = outcomes[at][round];
        const double share = by_cpu ? first.cpu / own.cpu : own.rate / first.rate;
        ratios.push_back(line.measure == Measure::share ? share : 1 / share);
      }
      const double middle = median(ratios);
      const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
      const std::string range = "(" + ratio_text(line.measure, *least) + " - " + ratio_text(line.measure, *most) + ")";
      out << padded(ratio_text(line.measure, middle), 8) << padded(range, 20) << (by_cpu ? "of CPU  " : "        ")
          << aim_text(line, middle);
    }
    out << (line.note.empty() ? "" : "  " + line.note) << '\n';
  }
  out.flush();
}

} // namespace parley::bench
