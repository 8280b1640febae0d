/// parley-generate <file> [--conversations N] [--messages N] [--customers N] [--units N] [--users N] [--seed N]
///
/// Makes a SQLite database with the present schema and fills it; see tests/support/generator/generator.hpp.
#include <exception>
#include <iostream>
#include <map>
#include <string>

#include "migrations/migrations.hpp"
#include "tests/support/generator/generator.hpp"

namespace {

int run(int count, char **arguments) {
  parley::tests::Shape shape;
  std::uint64_t &seed = shape.seed;
  const std::map<std::string, std::int64_t *> numbers{{"--conversations", &shape.conversations},
                                                      {"--messages", &shape.messages},
                                                      {"--customers", &shape.customers},
                                                      {"--units", &shape.units},
                                                      {"--users", &shape.users}};
  std::string file;
  for (int at = 1; at < count; ++at) {
    const std::string argument = arguments[at];
    const auto number = numbers.find(argument);
    if (number != numbers.end() && at + 1 < count) {
      *number->second = std::stoll(arguments[++at]);
    } else if (argument == "--seed" && at + 1 < count) {
      seed = std::stoull(arguments[++at]);
    } else if (file.empty() && argument.rfind("--", 0) != 0) {
      file = argument;
    } else {
      file.clear();
      break;
    }
  }
  if (file.empty()) {
    std::cerr << "Usage: parley-generate <file> [--conversations N] [--messages N] [--customers N] [--units N] "
                 "[--users N] [--seed N]\n";
    return 2;
  }
  parley::migrations::apply("sqlite:" + file);
  parley::tests::generate(file, shape);
  return 0;
}

} // namespace

int main(int count, char **arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
