#include "tests/support/servers/server_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

extern char **environ;

namespace parley::tests {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPatience = std::chrono::seconds(60);

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error(std::string("no pipe: ") + std::strerror(errno));
  }
  return ends;
}

} // namespace

ServerProcess::ServerProcess(const ServerCommand &command) {
  std::vector<std::string> words{PARLEY_SERVER_KEEPER, command.folder, command.deletes ? "delete" : "keep",
                                 command.user, std::to_string(command.at_once)};
  words.insert(words.end(), command.command.begin(), command.command.end());
  std::vector<char *> arguments;
  for (std::string &word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);

  const auto input = make_pipe();
  const auto output = make_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  const int failed = posix_spawn(&keeper_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(input[0]);
  close(output[1]);
  commands_ = input[1];
  answers_ = output[0];
  if (failed != 0) {
    close(commands_);
    close(answers_);
    throw std::runtime_error(words[0] + " does not start: " + std::strerror(failed));
  }
}

ServerProcess::~ServerProcess() {
  close(commands_);
  waitpid(keeper_, nullptr, 0);
  close(answers_);
}

pid_t ServerProcess::start() {
  tell('s');
  const std::string answer = wait_for("started ");
  runs_ = true;
  return static_cast<pid_t>(std::stol(answer.substr(std::strlen("started "))));
}

void ServerProcess::stop() {
  if (runs()) {
    tell('t');
    wait_until_ended();
  }
}

void ServerProcess::kill() {
  if (runs()) {
    tell('k');
    wait_until_ended();
  }
}

int ServerProcess::wait_until_ended() {
  if (runs()) {
    wait_for("ended ");
  }
  return status_;
}

void ServerProcess::suspend() {
  tell('p');
  wait_for("suspended");
}

void ServerProcess::resume() {
  tell('c');
  wait_for("resumed");
}

bool ServerProcess::runs() {
  while (hear(std::chrono::milliseconds(0))) {
  }
  lines_.clear();
  return runs_;
}

void ServerProcess::tell(char command) const {
  if (write(commands_, &command, 1) != 1) {
    throw std::runtime_error(std::string("the server's keeper is gone: ") + std::strerror(errno));
  }
}

std::string ServerProcess::wait_for(const std::string &begin) {
  const auto end = Clock::now() + kPatience;
  while (true) {
    for (const std::string &line : lines_) {
      if (line.compare(0, begin.size(), begin) == 0) {
        std::string found = line;
        lines_.clear();
        return found;
      }
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0 || !hear(left)) {
      throw std::runtime_error("the server's keeper does not say \"" + begin + "\"");
    }
  }
}

bool ServerProcess::hear(std::chrono::milliseconds patience) {
  pollfd source{answers_, POLLIN, 0};
  int ready = 0;
  while ((ready = poll(&source, 1, static_cast<int>(patience.count()))) < 0 && errno == EINTR) {
  }
  if (ready <= 0) {
    return false;
  }
  std::array<char, 256> bytes{};
  const auto count = read(answers_, bytes.data(), bytes.size());
  if (count <= 0) {
    return false;
  }
  heard_.append(bytes.data(), static_cast<std::size_t>(count));
  std::size_t line_end = 0;
  while ((line_end = heard_.find('\n')) != std::string::npos) {
    lines_.push_back(heard_.substr(0, line_end));
    heard_.erase(0, line_end + 1);
    if (lines_.back().compare(0, 6, "ended ") == 0) {
      runs_ = false;
      status_ = std::stoi(lines_.back().substr(6));
    }
  }
  return true;
}

} // namespace parley::tests
