#include "sample-host/src/server/http_server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <future>
#include <optional>
#include <set>
#include <stdexcept>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>

#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/server/request_parser.h"
#include "sample-host/src/server/response_bytes.h"
#include "sample-host/src/server/turn.h"

namespace host {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::seconds;

constexpr auto before_another_try = std::chrono::milliseconds(100); // to take a connection
constexpr auto longest_shutdown = seconds(10);

class Connection;

// What connections share. All of it belongs to the thread of `io`, but for `handler`.
struct Shared {
  Shared(Handler its_handler, Refusal its_refusal, const HttpLimits &its_limits)
      : limits(its_limits), handler(std::move(its_handler)), refusal(std::move(its_refusal)),
        workers(static_cast<std::size_t>(its_limits.workers)) {}

  const HttpLimits limits;
  const Handler handler;
  const Refusal refusal;
  std::set<Connection *> connections; // those that are open
  std::atomic<bool> stopping = false; // workers look at it
  asio::io_context io{1};
  asio::thread_pool workers; // the last member: ends before what its threads use
};

// One client's connection. What it waits for owns it.
class Connection : public std::enable_shared_from_this<Connection> {
public:
  using State = Turn::State;

  Connection(Shared &shared, tcp::socket socket)
      : shared_(shared), socket_(std::move(socket)), timer_(shared.io), turn_(shared.limits) {
    socket_.non_blocking(true);
    socket_.set_option(tcp::no_delay(true)); // answers are sent whole
    shared_.connections.insert(this);
  }
  ~Connection() { shared_.connections.erase(this); }
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;

  // Waits for the next request, or takes what has come of it.
  void begin() {
    parser_.emplace(shared_.limits);
    enter(State::idle);
    if (input_.empty()) {
      read_more();
    } else {
      advance();
    }
  }

  void close() {
    more_ = nullptr;
    error_code ignored;
    socket_.close(ignored);
    timer_.cancel();
    shared_.connections.erase(this);
  }

  const Turn &turn() const { return turn_; }

private:
  State state() const { return turn_.state(); }

  void enter(State state) {
    turn_.enter(state, asio::steady_timer::clock_type::now());
    timer_.expires_at(turn_.until());
    if (state != State::working) {
      timer_.async_wait([self = shared_from_this()](error_code error) {
        if (!error && self->timer_.expiry() <= asio::steady_timer::clock_type::now()) {
          self->be_late();
        }
      });
    }
  }

  void be_late() {
    if (state() == State::head) {
      refuse(408, "The headers took too long.");
    } else if (state() == State::body) {
      refuse(408, "The body took too long.");
    } else if (state() != State::working) {
      close();
    }
  }

  bool reads() const { return state() != State::working && state() != State::answering; }

  // Without memory for what may never come.
  void read_more() {
    if (is_waiting_) { // since before it was late
      return;
    }
    is_waiting_ = true;
    socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code error) {
      self->is_waiting_ = false;
      if (!error && self->reads()) {
        self->read();
      }
    });
  }

  void read() {
    std::array<char, 65536> buffer; // NOLINT(*-member-init): read_some fills what is used
    error_code error;
    const std::size_t count = socket_.read_some(asio::buffer(buffer), error);
    if (error == asio::error::eof && state() == State::head) {
      refuse(400, "The request ends within its headers.");
    } else if (error == asio::error::eof && state() == State::body) {
      refuse(400, "The body is shorter than its length.");
    } else if (error && error != asio::error::would_block) {
      close();
    } else if (state() == State::lingering) {
      read_more();
    } else {
      input_.append(buffer.data(), count);
      advance();
    }
  }

  void advance() {
    input_.erase(0, parser_->feed(input_));
    const bool has_begun = !input_.empty(); // an empty line before a request is none of it
    if (parser_->refused() != 0) {
      refuse(parser_->refused(), parser_->reason());
    } else if (parser_->is_complete()) {
      work();
    } else {
      if (parser_->has_head() && state() != State::body) {
        enter(State::body);
        let_continue();
      } else if (has_begun && state() == State::idle) {
        enter(State::head);
      }
      read_more();
    }
  }

  void let_continue() {
    constexpr std::string_view bytes = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code error;
    if (parser_->expects_continue() &&
        socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error) < bytes.size()) {
      close(); // it takes nothing, not even so little
    }
  }

  void work() {
    enter(State::working);
    closes_ = !parser_->keeps_alive() || shared_.stopping;
    Request request = parser_->take();
    request.id = random_token().substr(0, 20);
    delivery_ = {request.method != "HEAD", !closes_, shared_.limits.idle_seconds, !parser_->is_http_1_0()};
    in_worker([request = std::move(request)](Connection &self) {
      const Response response = self.respond(request);
      if (response.more != nullptr) {
        self.delivery_.keeps_alive = self.delivery_.keeps_alive && self.delivery_.has_chunks;
        self.more_ = self.delivery_.has_body ? response.more : nullptr;
      }
      return response_bytes(response, self.delivery_);
    });
  }

  // Sends what a worker makes; nothing, where there was no memory or a fault, is an end without an answer. The connection
  // itself ends in its own thread.
  template <class Make>
  void in_worker(Make make) {
    asio::post(shared_.workers, [self = shared_from_this(), guard = asio::make_work_guard(shared_.io),
                                 make = std::move(make)]() mutable {
      std::string bytes;
      try {
        bytes = make(*self);
      } catch (const std::exception &) { // said where it was made
      }
      asio::io_context &io = self->shared_.io;
      asio::post(io, [self = std::move(self), bytes = std::move(bytes)]() mutable {
        if (bytes.empty()) {
          self->close();
        } else {
          self->closes_ = self->closes_ || !self->delivery_.keeps_alive;
          self->send(std::move(bytes));
        }
      });
    });
  }

  // The next piece of an answer that is not made at once.
  void work_on() {
    enter(State::working);
    in_worker([](Connection &self) {
      std::string piece;
      bool goes_on = true;
      while (goes_on && piece.empty() && !self.shared_.stopping) {
        goes_on = self.more_(piece);
      }
      if (goes_on && piece.empty()) {
        return std::string(); // an empty piece would end it as if it were whole
      }
      if (!goes_on) {
        self.more_ = nullptr;
      }
      return piece_bytes(piece, !goes_on, self.delivery_);
    });
  }

  // For any thread.
  Response respond(const Request &request) const {
    if (request.path == "*") { // about the server as a whole: RFC 9110, 9.3.7
      return Response{204, {{"Allow", "GET, HEAD, POST, PATCH, DELETE, OPTIONS"}}, {}};
    }
    return shared_.handler(request);
  }

  void refuse(int status, const std::string &reason) {
    closes_ = true;
    send(response_bytes(shared_.refusal(parser_->path(), status, reason), {!parser_->asks_for_head(), false, 0}));
  }

  void send(std::string bytes) {
    output_ = std::move(bytes);
    enter(State::answering);
    asio::async_write(socket_, asio::buffer(output_), [self = shared_from_this()](error_code error, std::size_t) {
      self->output_ = {};
      const bool breaks_off = self->more_ != nullptr && self->shared_.stopping;
      if (error || breaks_off) {
        self->close();
      } else if (self->more_ != nullptr) {
        self->work_on();
      } else if (self->closes_ || self->shared_.stopping) {
        self->linger();
      } else {
        self->begin();
      }
    });
  }

  void linger() {
    error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    if (error) {
      close();
      return;
    }
    input_ = {};
    enter(State::lingering);
    read_more();
  }

  Shared &shared_;
  tcp::socket socket_;
  asio::steady_timer timer_; // until when the client, or we, have to be done
  Turn turn_;
  std::string input_; // that the parser has not taken
  std::optional<RequestParser> parser_;
  std::string output_;
  // Of the answer that is being made; a worker's while it works, else that of the thread of `io`.
  Delivery delivery_;
  std::function<bool(std::string &)> more_;
  bool closes_ = false; // after this answer
  bool is_waiting_ = false;
};

// Not shared with another process.
tcp::acceptor listen_on(asio::io_context &io, std::uint16_t port) {
  tcp::acceptor acceptor(io, tcp::endpoint(asio::ip::address_v4::loopback(), port), true);
  acceptor.listen(512);
  acceptor.non_blocking(true);
  return acceptor;
}

} // namespace

class HttpServer::Parts {
public:
  Parts(std::uint16_t port, Handler handler, Refusal refusal, const HttpLimits &limits)
      : shared_(std::move(handler), std::move(refusal), limits), acceptor_(listen_on(shared_.io, port)),
        later_(shared_.io) {}

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void start() {
    listen();
    running_ = std::async(std::launch::async, [this] { run(); });
  }

  void stop() {
    if (!running_.valid()) {
      return;
    }
    asio::post(shared_.io, [this] { end(); });
    if (running_.wait_for(longest_shutdown) != std::future_status::ready) {
      shared_.io.stop();
    }
    running_.get();
    shared_.workers.stop();
    shared_.workers.join();
  }

private:
  void run() {
    while (true) {
      try {
        shared_.io.run();
        return;
      } catch (const std::exception &) { // where memory is lacking, one connection ends and the others go on
      }
    }
  }

  void end() {
    shared_.stopping = true;
    acceptor_.close();
    later_.cancel();
    for (Connection *connection : std::set<Connection *>(shared_.connections)) {
      const auto state = connection->turn().state();
      if (state != Turn::State::working && state != Turn::State::answering) {
        connection->close();
      }
    }
  }

  void listen() {
    acceptor_.async_wait(tcp::acceptor::wait_read, [this](error_code error) {
      if (!error && !shared_.stopping) {
        accept();
      }
    });
  }

  void listen_later() {
    later_.expires_after(before_another_try);
    later_.async_wait([this](error_code error) {
      if (!error && !shared_.stopping) {
        listen();
      }
    });
  }

  void accept() {
    error_code error;
    try {
      // Where everybody is being worked for, the next ones wait in the system's queue.
      if (static_cast<std::int64_t>(shared_.connections.size()) < shared_.limits.connections || make_room()) {
        tcp::socket socket = acceptor_.accept(shared_.io, error);
        if (!error) {
          std::make_shared<Connection>(shared_, std::move(socket))->begin();
        }
        if (error != asio::error::no_descriptors || make_room()) {
          listen();
          return;
        }
      }
    } catch (const std::exception &) { // this one cannot be served; it is closed
    }
    listen_later();
  }

  // Closes the connection whose client has kept us waiting longest.
  bool make_room() {
    const auto &all = shared_.connections;
    const auto is_worked_for = [](const Connection *one) { return one->turn().state() == Turn::State::working; };
    const auto longest = std::min_element(all.begin(), all.end(), [&](const auto *one, const auto *other) {
      return std::make_pair(is_worked_for(one), one->turn().since()) <
             std::make_pair(is_worked_for(other), other->turn().since());
    });
    if (longest == all.end() || is_worked_for(*longest)) {
      return false;
    }
    (*longest)->close();
    return true;
  }

  Shared shared_;
  tcp::acceptor acceptor_;
  asio::steady_timer later_;
  std::future<void> running_;
};

HttpServer::HttpServer(std::uint16_t port, Handler handler, Refusal refusal, const HttpLimits &limits) {
  try {
    parts_ = std::make_unique<Parts>(port, std::move(handler), std::move(refusal), limits);
  } catch (const boost::system::system_error &error) {
    throw std::runtime_error("cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + error.code().message());
  }
}

HttpServer::~HttpServer() {
  stop();
}

std::uint16_t HttpServer::port() const {
  return parts_->port();
}

void HttpServer::start() {
  parts_->start();
}

void HttpServer::stop() {
  parts_->stop();
}

} // namespace host
