#include "tests/support/servers/data_directory.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include "tests/support/servers/instance.hpp"
#include "tests/support/servers/server_process.hpp"

namespace parley::tests {
namespace {

namespace fs = std::filesystem;

void give_to(const std::string &user, const fs::path &path) {
  if (geteuid() != 0) {
    return;
  }
  const passwd *account = getpwnam(user.c_str());
  if (account == nullptr) {
    throw std::runtime_error("There is no user " + user + "; the server's package makes it.");
  }
  const auto give = [account](const fs::path &each) {
    if (lchown(each.c_str(), account->pw_uid, account->pw_gid) != 0) {
      throw std::runtime_error(each.string() + " cannot be given away: " + std::strerror(errno));
    }
  };
  give(path);
  if (fs::is_directory(path)) {
    for (const auto &entry : fs::recursive_directory_iterator(path)) {
      give(entry.path());
    }
  }
}

std::string text_of(const fs::path &file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Keeps others out while it lives.
class FileLock {
public:
  explicit FileLock(const fs::path &path) : file_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    while (file_ >= 0 && flock(file_, LOCK_EX) != 0) {
      if (errno != EINTR) {
        throw std::runtime_error(path.string() + " cannot be locked: " + std::strerror(errno));
      }
    }
    if (file_ < 0) {
      throw std::runtime_error(path.string() + " cannot be opened: " + std::strerror(errno));
    }
  }
  ~FileLock() { close(file_); }
  FileLock(const FileLock &) = delete;
  FileLock &operator=(const FileLock &) = delete;

private:
  int file_;
};

/// What the kept data directory depends on.
std::string recipe(const KindOfServer &kind) {
  std::ostringstream text;
  for (const auto &command : kind.initialise("")) {
    for (const std::string &word : command) {
      text << word << '\n';
    }
  }
  for (const auto &[name, content] : kind.files()) {
    text << name << '\n' << content << '\n';
  }
  for (const auto &[database, statement] : kind.prepare()) {
    text << database << '\n' << statement << '\n';
  }
  // A new minor version upgrades by itself what an older one made; packages of a new major one have other paths.
  return text.str();
}

void initialise(const KindOfServer &kind, const fs::path &ready) {
  const fs::path folder = server_folder(kind);
  // Deletes the folder.
  Instance server(kind, folder, {});
  for (const auto &[name, content] : kind.files()) {
    std::ofstream(folder / name) << content;
    give_to(kind.user(), folder / name);
  }
  for (const auto &command : kind.initialise(folder)) {
    ServerProcess process({folder.string(), false, user_of(kind), kind.end_at_once(), command});
    process.start();
    if (process.wait_until_ended() != 0) {
      throw std::runtime_error(command.front() + " failed:\n" + text_of(folder / "server.log"));
    }
  }
  server.start();
  for (const auto &[database, statement] : kind.prepare()) {
    server.connect(database).run(statement);
  }
  server.stop();
  // Under another name first: a copy that was cut short is not there.
  const fs::path half = ready.string() + ".half";
  fs::remove_all(half);
  fs::copy(folder / "data", half, fs::copy_options::recursive);
  fs::rename(half, ready);
}

} // namespace

fs::path server_folder(const KindOfServer &kind) {
  std::string path = (fs::temp_directory_path() / "parley-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) {
    throw std::runtime_error(path + " cannot be made: " + std::strerror(errno));
  }
  give_to(kind.user(), path);
  return path;
}

void make_data_directory(const KindOfServer &kind, const fs::path &folder) {
  const char *build = std::getenv("PARLEY_BUILD_DIR");
  const fs::path kept = fs::path(build != nullptr ? build : PARLEY_TEST_BUILD_DIR) / "test-servers";
  fs::create_directories(kept);
  const std::string name =
      kind.name() + "-" + std::to_string(geteuid()) + "-" + std::to_string(std::hash<std::string>{}(recipe(kind)));
  const fs::path ready = kept / name;
  {
    const FileLock lock(kept / (name + ".lock"));
    if (!fs::exists(ready)) {
      initialise(kind, ready);
    }
  }
  fs::copy(ready, folder / "data", fs::copy_options::recursive);
  give_to(kind.user(), folder / "data");
}

std::string user_of(const KindOfServer &kind) {
  return geteuid() == 0 ? kind.user() : "";
}

int free_port() {
  std::random_device chance;
  std::uniform_int_distribution<int> some(15'000, 31'999);
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const int port = some(chance);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    const bool free = bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    close(socket);
    if (free) {
      return port;
    }
  }
  throw std::runtime_error("127.0.0.1 has no free port");
}

} // namespace parley::tests
