/// parley-read-work <file> [<groups>]
///
/// Prints what each kind of read costs on a generated database: rows, statements, VM steps, full-scan steps, sorts, and
/// with PARLEY_STATEMENTS in the environment each statement.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "adapters/store_factory.hpp"
#include "tests/support/reads/reads.hpp"

namespace {

int run(const std::string &file, std::int64_t groups) {
  parley::tests::SqliteMeter meter;
  auto stores = parley::adapters::open("sqlite:" + file);
  if (!stores) {
    std::cerr << stores.failure().faults.front().detail << '\n';
    return 1;
  }
  const bool statements = std::getenv("PARLEY_STATEMENTS") != nullptr;
  for (const auto &read : parley::tests::measure_reads(*stores->conversations, meter, groups)) {
    std::cout << read.rows << '\t' << read.work.statements << '\t' << read.work.vm_steps << '\t'
              << read.work.full_scan_steps << '\t' << read.work.sorts << '\t' << read.name << '\n';
    if (statements) {
      for (const auto &each : read.work.each) {
        std::cout << '\t' << each.vm_steps << '\t' << each.full_scan_steps << '\t' << each.sql << '\n';
      }
    }
  }
  return 0;
}

} // namespace

int main(int count, char **arguments) {
  if (count < 2) {
    std::cerr << "Usage: parley-read-work <file> [<groups>]\n";
    return 2;
  }
  try {
    return run(arguments[1], count > 2 ? std::stoll(arguments[2]) : 50'000);
  } catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
