// Keeps one database server for a test: starts it, signals it with all its children, and when the test is gone, however it
// ended, ends the server and deletes its folder. A program of its own, so that nothing of the test's process is in the way.
//
// usage: server-keeper <folder> <keep|delete> <user, or empty> <signal that ends the server at once> <command> <argument>...
//
// Reads commands, one character each, until its input ends (which happens when the test's process ends):
//   s  start the server              answers "started <pid>"
//   t  end it in order               (SIGINT for a server that takes SIGQUIT for "at once", else SIGTERM)
//   k  kill it and all its children
//   p  suspend, c  resume            answers "suspended", "resumed"
//   n  do not delete the folder
// and says "ended <status as waitpid tells it>" whenever the server has ended.

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/waiting.hpp"

namespace {

namespace fs = std::filesystem;

constexpr auto kPatience = std::chrono::seconds(5); ///< of a server that was told to end at once

/// What a "stat" file in /proc says behind the name: state and parent first, "S 4711 ..."; empty where it is gone.
std::string state_and_parent(const fs::path &stat) {
  std::ifstream file(stat);
  std::string text;
  std::getline(file, text);
  const auto name_ends = text.rfind(')');
  return name_ends == std::string::npos || text.size() < name_ends + 4 ? std::string() : text.substr(name_ends + 2);
}

/// The parent of a process, or 0.
pid_t parent_of(const std::string &pid) {
  const std::string words = state_and_parent("/proc/" + pid + "/stat");
  return words.empty() ? 0 : static_cast<pid_t>(std::strtol(words.c_str() + 1, nullptr, 10));
}

/// Whether no thread of the process runs any more: a signal is sent before it is heeded, and a thread that waits for a disk
/// heeds it later. What has ended does not run either.
bool stands_still(pid_t process) {
  std::error_code gone;
  const fs::directory_iterator threads("/proc/" + std::to_string(process) + "/task", gone);
  return gone || std::all_of(begin(threads), end(threads), [](const fs::directory_entry &thread) {
           const std::string words = state_and_parent(thread.path() / "stat");
           return words.empty() || std::string_view("TtZX").find(words.front()) != std::string_view::npos;
         });
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> found;
  DIR *processes = opendir("/proc");
  if (processes == nullptr) {
    return found;
  }
  while (const dirent *entry = readdir(processes)) {
    const std::string name = entry->d_name;
    if (name.find_first_not_of("0123456789") == std::string::npos && parent_of(name) == parent) {
      found.push_back(static_cast<pid_t>(std::stol(name)));
    }
  }
  closedir(processes);
  return found;
}

/// A shared memory segment that PostgreSQL left behind when it was killed; line 7 of its file names it.
void remove_shared_memory(const fs::path &folder) {
  std::ifstream file(folder / "data" / "postmaster.pid");
  std::string line;
  for (int number = 1; number <= 7 && std::getline(file, line); ++number) {
    if (number == 7) {
      long key = 0;
      int id = 0;
      if (std::sscanf(line.c_str(), "%ld %d", &key, &id) == 2) {
        shmctl(id, IPC_RMID, nullptr);
      }
    }
  }
}

[[noreturn]] void become_server(const fs::path &folder, const std::string &user, char **command, pid_t keeper) {
  const int log = open((folder / "server.log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  for (int other = 3; other < 256; ++other) {
    close(other);
  }
  if (!user.empty()) {
    const passwd *account = getpwnam(user.c_str());
    if (account == nullptr || initgroups(user.c_str(), account->pw_gid) != 0 || setgid(account->pw_gid) != 0 ||
        setuid(account->pw_uid) != 0) {
      std::cerr << "server-keeper: cannot become user " << user << ": " << std::strerror(errno) << std::endl;
      _exit(126);
    }
  }
  // After the change of user, which resets it.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != keeper) {
    _exit(126);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (chdir(folder.c_str()) != 0) {
    _exit(126);
  }
  execv(command[0], command);
  std::cerr << "server-keeper: cannot run " << command[0] << ": " << std::strerror(errno) << std::endl;
  _exit(126);
}

class Keeper {
public:
  Keeper(fs::path folder, bool deletes, std::string user, int at_once, char **command)
      : folder_(std::move(folder)), deletes_(deletes), user_(std::move(user)), at_once_(at_once), command_(command) {}

  void obey(char command) {
    switch (command) {
    case 's':
      start();
      break;
    case 't':
      signal_server(at_once_ == SIGQUIT ? SIGINT : SIGTERM);
      break;
    case 'k':
      // The server first: it makes no new children then, and those that it had become ours.
      signal_server(SIGKILL);
      kill_children();
      break;
    case 'p':
      signal_tree(SIGSTOP);
      say("suspended");
      break;
    case 'c':
      signal_tree(SIGCONT);
      say("resumed");
      break;
    case 'n':
      deletes_ = false;
      break;
    default:
      break;
    }
  }

  /// Buries whoever ended.
  void reap() {
    pid_t ended = 0;
    int status = 0;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
      if (ended == server_) {
        server_ = -1;
        // What outlived the server works on the same files.
        kill_children();
        say("ended " + std::to_string(status));
      }
    }
  }

  void clean_up() {
    if (server_ > 0) {
      signal_tree(SIGCONT);
      signal_server(at_once_);
      parley::tests::comes_true(
          [this] {
            reap();
            return server_ <= 0;
          },
          kPatience);
      signal_server(SIGKILL);
    }
    kill_children();
    if (deletes_) {
      remove_shared_memory(folder_);
      std::error_code ignored;
      fs::remove_all(folder_, ignored);
    }
  }

private:
  void start() {
    const pid_t keeper = getpid();
    server_ = fork();
    if (server_ == 0) {
      become_server(folder_, user_, command_, keeper);
    }
    say("started " + std::to_string(server_));
  }

  void signal_server(int signal) const {
    if (server_ > 0) {
      kill(server_, signal);
    }
  }

  void signal_tree(int signal) const {
    if (server_ <= 0) {
      return;
    }
    // Stopped, it makes no more children; so it comes first, and last when it goes on.
    if (signal == SIGSTOP) {
      stop(server_);
    }
    for (const pid_t child : children_of(server_)) {
      signal == SIGSTOP ? stop(child) : static_cast<void>(kill(child, signal));
    }
    if (signal != SIGSTOP) {
      kill(server_, signal);
    }
  }

  static void stop(pid_t process) {
    kill(process, SIGSTOP);
    parley::tests::comes_true([process] { return stands_still(process); }, kPatience);
  }

  void kill_children() {
    while (true) {
      const auto left = children_of(getpid());
      if (left.empty()) {
        return;
      }
      for (const pid_t child : left) {
        kill(child, SIGKILL);
      }
      for (const pid_t child : left) {
        int status = 0;
        if (waitpid(child, &status, 0) == child && child == server_) {
          server_ = -1;
          say("ended " + std::to_string(status));
        }
      }
    }
  }

  static void say(const std::string &line) {
    const std::string text = line + "\n";
    // Nobody listens any more: then the input has ended, too.
    [[maybe_unused]] const auto written = write(STDOUT_FILENO, text.data(), text.size());
  }

  fs::path folder_;
  bool deletes_;
  std::string user_;
  int at_once_;
  char **command_;
  pid_t server_ = -1;
};

int wakeup[2];

void child_ended(int) {
  [[maybe_unused]] const auto written = write(wakeup[1], "", 1);
}

} // namespace

int main(int count, char **words) {
  if (count < 6) {
    std::cerr << "usage: server-keeper <folder> <keep|delete> <user> <signal> <command> <argument>...\n";
    return 2;
  }
  // Ctrl-C is for the test; it ends, and with it our input.
  setsid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  signal(SIGPIPE, SIG_IGN);
  if (pipe2(wakeup, O_CLOEXEC | O_NONBLOCK) != 0) {
    return 1;
  }
  struct sigaction action {};
  action.sa_handler = &child_ended;
  action.sa_flags = SA_RESTART | SA_NOCLDSTOP;
  sigaction(SIGCHLD, &action, nullptr);

  Keeper keeper(words[1], std::strcmp(words[2], "delete") == 0, words[3], std::atoi(words[4]), words + 5);
  pollfd sources[2] = {{STDIN_FILENO, POLLIN, 0}, {wakeup[0], POLLIN, 0}};
  while (true) {
    if (poll(sources, 2, -1) < 0) {
      if (errno == EINTR) {
        continue;
      }
      break;
    }
    if (sources[1].revents != 0) {
      char drained[64];
      while (read(wakeup[0], drained, sizeof drained) > 0) {
      }
      keeper.reap();
    }
    if (sources[0].revents != 0) {
      char command = 0;
      if (read(STDIN_FILENO, &command, 1) != 1) {
        break;
      }
      keeper.obey(command);
    }
  }
  keeper.clean_up();
  return 0;
}
