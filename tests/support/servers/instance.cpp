#include "tests/support/servers/instance.hpp"

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <stdexcept>

#include "tests/support/servers/data_directory.hpp"
#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

constexpr auto kPatience = std::chrono::seconds(90);
constexpr int kPorts = 5; ///< how many are tried

} // namespace

Instance::Instance(const KindOfServer &kind, std::filesystem::path folder, ServerOptions options)
    : kind_(kind), folder_(std::move(folder)), options_(std::move(options)) {
  prepare();
}

void Instance::prepare() {
  port_ = free_port();
  if (process_) {
    process_->keep_folder();
  }
  process_ = std::make_unique<ServerProcess>(ServerCommand{folder_.string(), true, user_of(kind_), kind_.end_at_once(),
                                                           kind_.command(folder_, port_, options_)});
}

void Instance::start() {
  // Who took the port meanwhile keeps it; a server that once had it wants it again.
  for (int attempt = 1; !start_once(); ++attempt) {
    if (answered_ || attempt == kPorts || last_words().find("already in use") == std::string::npos) {
      throw std::runtime_error("The test server " + kind_.name() + " ended:\n" + last_words());
    }
    prepare();
  }
  answered_ = true;
}

bool Instance::start_once() {
  pid_ = process_->start();
  bool answered = false;
  const auto answers_or_ended = [&] { return (answered = answers()) || !process_->runs(); };
  if (!comes_true(answers_or_ended, kPatience)) {
    throw std::runtime_error("The test server " + kind_.name() + " does not answer: " + refusal_ + "\n" + last_words());
  }
  return answered;
}

bool Instance::answers() {
  try {
    connect().run("select 1");
    return true;
  } catch (const std::runtime_error &error) {
    refusal_ = error.what();
    return false;
  }
}

Client Instance::connect(const std::string &database) const {
  return kind_.administrator(folder_, port_, database);
}

std::string Instance::last_words() const {
  std::ifstream file(folder_ / "server.log");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  constexpr std::size_t kEnough = 4000;
  return text.size() > kEnough ? text.substr(text.size() - kEnough) : text;
}

} // namespace parley::tests
