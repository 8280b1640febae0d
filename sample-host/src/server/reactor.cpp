#include "sample-host/src/server/reactor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/server/response_bytes.h"

namespace host {
namespace {

using State = Connection::State;
using std::chrono::seconds;

constexpr std::uint64_t listener_key = 1;
constexpr std::int64_t lingering_seconds = 2;
constexpr auto between_looks = std::chrono::milliseconds(100); // at the clock: how exact the limits are
constexpr auto longest_shutdown = seconds(10);

Moment now() {
  return std::chrono::steady_clock::now();
}

bool is_try_again() {
  return errno == EAGAIN || errno == EINTR; // EWOULDBLOCK is the same here
}

// Takes off what the client took. False where the connection broke.
bool send_some(int socket, std::string &bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const auto count = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0) {
      if (errno == EINTR) {
        continue;
      }
      if (!is_try_again()) {
        return false;
      }
      break;
    }
    sent += static_cast<std::size_t>(count);
  }
  bytes.erase(0, sent);
  return true;
}

} // namespace

Reactor::Reactor(int listener, Handler handler, const HttpLimits &limits)
    : listener_(listener), handler_(std::move(handler)), limits_(limits), next_key_(listener_key + 1),
      workers_(static_cast<std::size_t>(limits.workers)) {
  poller_.add(listener_, listener_key, Poller::For::reading);
}

void Reactor::stop() noexcept {
  stopping_ = true;
  poller_.wake();
}

void Reactor::run() {
  while (!stopping_) {
    wait_and_serve();
  }
  pause_listening();
  close_the_waiting();
  const Moment end = now() + longest_shutdown;
  while (!connections_.empty() && now() < end) {
    wait_and_serve();
  }
  workers_.stop();
}

void Reactor::wait_and_serve() {
  constexpr auto for_ever = std::chrono::milliseconds(-1);
  const auto longest = connections_.empty() && is_listening_ ? for_ever : between_looks;
  const std::vector<std::uint64_t> &ready = poller_.wait(longest);
  take_answers();
  for (const std::uint64_t key : ready) {
    guard(key, [&] { serve(key); });
  }
  look_at_the_clock();
}

// Where memory or threads are lacking, one connection ends and the others go on.
template <class Work>
void Reactor::guard(std::uint64_t key, const Work &work) {
  try {
    work();
  } catch (const std::exception &) {
    connections_.erase(key);
  }
}

void Reactor::serve(std::uint64_t key) {
  if (key == listener_key) {
    accept_all();
    return;
  }
  const auto found = connections_.find(key);
  if (found == connections_.end()) {
    return; // closed a moment ago
  }
  Connection &connection = *found->second;
  switch (connection.state) {
  case State::working:
    // More requests, or the end: that waits. Not watching is the only way not to hear of it again and again.
    poller_.remove(connection.socket.number());
    connection.is_watched = false;
    break;
  case State::answering:
    write_more(connection);
    break;
  default:
    read_more(connection);
    break;
  }
}

void Reactor::accept_all() {
  while (!stopping_) {
    if (static_cast<std::int64_t>(connections_.size()) >= limits_.connections && !make_room()) {
      pause_listening(); // everybody is being worked for: the next ones wait in the system's queue
      return;
    }
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) {
      if ((errno == EMFILE || errno == ENFILE) && !make_room()) {
        pause_listening();
      }
      return;
    }
    const int yes = 1; // answers are sent whole
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const std::uint64_t key = next_key_++;
    auto connection = std::make_unique<Connection>(key, socket, limits_);
    try {
      poller_.add(socket, key, Poller::For::reading);
    } catch (const std::system_error &) {
      continue; // this one cannot be served; it is closed
    }
    enter(*connection, State::idle, limits_.idle_seconds);
    connections_.emplace(key, std::move(connection));
  }
}

void Reactor::pause_listening() {
  if (is_listening_) {
    poller_.remove(listener_);
    is_listening_ = false;
  }
}

void Reactor::listen_again() {
  if (!is_listening_ && !stopping_) {
    poller_.add(listener_, listener_key, Poller::For::reading);
    is_listening_ = true;
  }
}

// Closes the connection whose client has kept us waiting longest.
bool Reactor::make_room() {
  Connection *longest = nullptr;
  for (const auto &[key, connection] : connections_) {
    if (connection->state != State::working && (longest == nullptr || connection->since < longest->since)) {
      longest = connection.get();
    }
  }
  if (longest != nullptr) {
    close(*longest);
  }
  return longest != nullptr;
}

void Reactor::read_more(Connection &connection) {
  std::array<char, 65536> buffer; // NOLINT(*-member-init): recv fills what is used
  const auto count = ::recv(connection.socket.number(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count < 0) {
    if (!is_try_again()) {
      close(connection);
    }
    return;
  }
  if (count == 0) {
    if (connection.state == State::head) {
      refuse(connection, 400, "The request ends within its headers.");
    } else if (connection.state == State::body) {
      refuse(connection, 400, "The body is shorter than its length.");
    } else {
      close(connection);
    }
    return;
  }
  if (connection.state != State::lingering) {
    connection.input.append(buffer.data(), static_cast<std::size_t>(count));
    advance(connection);
  }
}

void Reactor::advance(Connection &connection) {
  RequestParser &parser = *connection.parser;
  connection.input.erase(0, parser.feed(connection.input));
  if (parser.refused() != 0) {
    refuse(connection, parser.refused(), parser.reason());
  } else if (parser.is_complete()) {
    work_on(connection);
  } else {
    note_progress(connection);
  }
}

void Reactor::note_progress(Connection &connection) {
  if (connection.parser->has_head() && connection.state != State::body) {
    enter(connection, State::body, limits_.body_seconds);
    let_continue(connection);
  } else if (connection.parser->has_begun() && connection.state == State::idle) {
    enter(connection, State::head, limits_.head_seconds);
  }
}

void Reactor::let_continue(Connection &connection) {
  if (connection.parser->expects_continue()) {
    std::string bytes = "HTTP/1.1 100 Continue\r\n\r\n";
    if (!send_some(connection.socket.number(), bytes) || !bytes.empty()) {
      close(connection); // it takes nothing, not even so little
    }
  }
}

Response Reactor::respond(const Request &request) const {
  if (request.path == "*") { // about the server as a whole: RFC 9110, 9.3.7
    return Response{204, {{"Allow", "GET, HEAD, POST, PATCH, DELETE, OPTIONS"}}, {}};
  }
  return handler_(request);
}

void Reactor::work_on(Connection &connection) {
  enter(connection, State::working, 0);
  connection.closes = !connection.parser->keeps_alive() || stopping_;
  auto request = std::make_shared<Request>(connection.parser->take());
  request->id = random_token().substr(0, 20);
  const Delivery delivery{request->method != "HEAD", !connection.closes, limits_.idle_seconds};
  workers_.give([this, request, delivery, key = connection.key, socket = connection.socket.number()] {
    std::string bytes;
    try {
      bytes = response_bytes(respond(*request), delivery);
    } catch (const std::exception &) { // no memory: an end without an answer
    }
    // The reactor does not touch the socket meanwhile.
    const bool broken = bytes.empty() || !send_some(socket, bytes);
    {
      const std::lock_guard lock(mutex_);
      answers_.push_back({key, std::move(bytes), broken});
    }
    poller_.wake();
  });
}

void Reactor::take_answers() {
  std::vector<Answered> answers;
  {
    const std::lock_guard lock(mutex_);
    answers.swap(answers_);
  }
  for (Answered &answer : answers) {
    guard(answer.key, [&] {
      Connection &connection = *connections_.at(answer.key);
      if (answer.broken) {
        close(connection);
      } else {
        answer_later(connection, std::move(answer.unsent));
      }
    });
  }
  if (!answers.empty()) {
    listen_again();
  }
}

void Reactor::refuse(Connection &connection, int status, const std::string &reason) {
  connection.closes = true;
  std::string bytes = response_bytes(plain(status, reason), {true, false, 0});
  if (send_some(connection.socket.number(), bytes)) {
    answer_later(connection, std::move(bytes));
  } else {
    close(connection);
  }
}

void Reactor::answer_later(Connection &connection, std::string unsent) {
  if (unsent.empty()) {
    answered(connection);
    return;
  }
  connection.output = std::move(unsent);
  enter(connection, State::answering, limits_.answer_seconds);
  watch(connection, Poller::For::writing);
}

void Reactor::write_more(Connection &connection) {
  if (!send_some(connection.socket.number(), connection.output)) {
    close(connection);
  } else if (connection.output.empty()) {
    answered(connection);
  }
}

void Reactor::answered(Connection &connection) {
  if (connection.closes || stopping_) {
    linger(connection);
    return;
  }
  if (connection.state == State::answering || !connection.is_watched) {
    watch(connection, Poller::For::reading);
  }
  connection.parser.emplace(limits_);
  enter(connection, State::idle, limits_.idle_seconds);
  if (!connection.input.empty()) {
    advance(connection); // the next request came behind this one
  }
}

void Reactor::linger(Connection &connection) {
  if (::shutdown(connection.socket.number(), SHUT_WR) != 0) {
    close(connection);
    return;
  }
  connection.input.clear();
  watch(connection, Poller::For::reading);
  enter(connection, State::lingering, lingering_seconds);
}

void Reactor::look_at_the_clock() {
  const Moment moment = now();
  if (moment < next_look_) {
    return;
  }
  next_look_ = moment + between_looks;
  listen_again();
  std::vector<Connection *> late;
  for (const auto &[key, connection] : connections_) {
    if (connection->state != State::working && connection->until <= moment) {
      late.push_back(connection.get());
    }
  }
  for (Connection *connection : late) {
    if (connection->state == State::head) {
      refuse(*connection, 408, "The headers took too long.");
    } else if (connection->state == State::body) {
      refuse(*connection, 408, "The body took too long.");
    } else {
      close(*connection);
    }
  }
}

// Those whose request has not come yet.
void Reactor::close_the_waiting() {
  std::vector<Connection *> waiting;
  for (const auto &[key, connection] : connections_) {
    if (connection->state != State::working && connection->state != State::answering) {
      waiting.push_back(connection.get());
    }
  }
  for (Connection *connection : waiting) {
    close(*connection);
  }
}

void Reactor::enter(Connection &connection, State state, std::int64_t for_seconds) {
  // From headers to body it is still the same turn.
  if (state != State::body) {
    connection.since = now();
  }
  connection.until = now() + seconds(for_seconds);
  connection.state = state;
}

void Reactor::watch(Connection &connection, Poller::For what) {
  if (connection.is_watched) {
    poller_.change(connection.socket.number(), connection.key, what);
  } else {
    poller_.add(connection.socket.number(), connection.key, what);
    connection.is_watched = true;
  }
}

void Reactor::close(Connection &connection) {
  connections_.erase(connection.key); // and the system forgets a descriptor that is closed
}

} // namespace host
