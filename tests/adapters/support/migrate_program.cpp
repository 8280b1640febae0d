#include "tests/adapters/support/migrate_program.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace parley::tests {
namespace {

std::string program() {
  const char *path = std::getenv("PARLEY_MIGRATE");
  if (path == nullptr) {
    throw std::runtime_error("PARLEY_MIGRATE is not set");
  }
  return "'" + std::string(path) + "' ";
}

} // namespace

Outcome migrate(const std::string &arguments) {
  Outcome outcome;
  FILE *pipe = popen((program() + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  std::size_t size = 0;
  while ((size = fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
    outcome.output.append(buffer.data(), size);
  }
  const int status = pclose(pipe);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

void migrate_until_killed(const std::string &arguments, const std::string &line_begins) {
  FILE *pipe = popen(("echo $$; exec " + program() + arguments).c_str(), "r");
  std::array<char, 4096> line{};
  pid_t process = 0;
  bool killed = false;
  while (fgets(line.data(), line.size(), pipe) != nullptr) {
    const std::string words = line.data();
    if (process == 0) {
      process = std::stoi(words);
    } else if (!killed && words.rfind(line_begins, 0) == 0) {
      kill(process, SIGKILL);
      killed = true;
    }
  }
  const int status = pclose(pipe);
  if (!killed || !WIFSIGNALED(status)) {
    throw std::runtime_error("parley-migrate ended before it was killed at: " + line_begins);
  }
}

} // namespace parley::tests
