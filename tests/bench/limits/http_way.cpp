#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "tests/bench/limits/http_connection.hpp"
#include "tests/bench/limits/side.hpp"

namespace parley::bench {
namespace {

constexpr auto kHeaders = " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic YWRtaW46cGFybGV5LWRlbW8=\r\n";

/// The process; it ends with this one.
class Program {
public:
  explicit Program(const std::vector<std::string> &command) {
    std::array<int, 2> pipe{};
    if (pipe2(pipe.data(), O_CLOEXEC) != 0) {
      throw std::runtime_error("HTTP: no pipe");
    }
    std::vector<char *> words;
    words.reserve(command.size() + 1);
    for (const std::string &word : command) {
      words.push_back(const_cast<char *>(word.c_str()));
    }
    words.push_back(nullptr);
    process_ = fork();
    if (process_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      dup2(pipe[1], STDOUT_FILENO);
      execv(words.front(), words.data());
      _exit(127);
    }
    ::close(pipe[1]);
    output_ = pipe[0];
  }
  ~Program() {
    kill(process_, SIGTERM);
    int status = 0;
    waitpid(process_, &status, 0);
    ::close(output_);
  }
  Program(const Program &) = delete;
  Program &operator=(const Program &) = delete;

  /// The first line that it writes; what came of it where it ended before.
  [[nodiscard]] std::string greeting() const {
    std::string line;
    char next = '\0';
    while (read(output_, &next, 1) == 1 && next != '\n') {
      line += next;
    }
    return line;
  }

private:
  pid_t process_ = -1;
  int output_ = -1;
};

class HttpClient : public Client {
public:
  explicit HttpClient(int port) : connection_(port) {}

  void newest(std::int64_t conversation) override {
    const std::string id = std::to_string(conversation);
    const std::string &body =
        connection_.ask("GET /admin/api/conversationmessages?filter[conversation]=" + id +
                            "&sort=-index&page[size]=" + std::to_string(kNewest) + kHeaders + "\r\n",
                        200);
    std::int64_t rows = 0;
    const std::string row = R"({"type":"conversationmessages","id":")" + id + '-';
    for (auto at = body.find(row); at != std::string::npos; at = body.find(row, at + 1)) {
      ++rows;
    }
    if (rows != kNewest) {
      throw std::runtime_error("HTTP: rows are missing in " + body.substr(0, 200));
    }
  }

  void add(const Addition &addition) override {
    const std::string json = R"({"data":{"type":"conversationmessages","attributes":{"body":")" + addition.text->body +
                             R"("},"relationships":{"conversation":{"data":{"type":"conversations","id":")" +
                             std::to_string(addition.conversation) + R"("}}}}})";
    connection_.ask("POST /admin/api/conversationmessages" + std::string(kHeaders) +
                        "Content-Type: application/vnd.api+json\r\nContent-Length: " + std::to_string(json.size()) +
                        "\r\n\r\n" + json,
                    201);
  }

private:
  HttpConnection connection_;
};

class TrivialClient : public Client {
public:
  explicit TrivialClient(int port) : connection_(port) {}
  void newest(std::int64_t /*conversation*/) override {
    connection_.ask("PUT /assets/none" + std::string(kHeaders) + "Content-Length: 0\r\n\r\n", 405);
  }
  void add(const Addition & /*addition*/) override { newest(0); }

private:
  HttpConnection connection_;
};

} // namespace

struct HttpWay::Parts {
  Program program;
  int port = 0;

  explicit Parts(const std::vector<std::string> &command) : program(command) {
    const std::string greeting = program.greeting();
    const std::string before = "Listening on http://127.0.0.1:";
    if (greeting.rfind(before, 0) != 0) {
      throw std::runtime_error("HTTP: the sample host does not start: " + greeting);
    }
    port = std::stoi(greeting.substr(before.size()));
  }
};

HttpWay::HttpWay(const std::string &program, const std::string &library, const std::string &connection,
                 const std::string &folder)
    : parts_(std::make_unique<Parts>(std::vector<std::string>{program, "--port", "0", "--data", folder, "--plugin",
                                                              library, "--database", connection})) {}

HttpWay::~HttpWay() = default;

std::unique_ptr<Client> HttpWay::client() {
  return std::make_unique<HttpClient>(parts_->port);
}

std::unique_ptr<Client> HttpWay::trivial_client() {
  return std::make_unique<TrivialClient>(parts_->port);
}

} // namespace parley::bench
