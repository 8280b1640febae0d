#include "sample-host/src/server/http_server.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <Poco/Timespan.h>

#include "sample-host/src/auth/secrets.h"

namespace host {
namespace {

constexpr std::size_t longest_body = 1u << 20;
constexpr int most_threads = 96;
constexpr auto longest_shutdown = std::chrono::seconds(10);

// Counts requests that run, so that a shutdown can wait for them.
class Running {
public:
  void begin() {
    const std::lock_guard lock(mutex_);
    ++count_;
  }
  void end() {
    {
      const std::lock_guard lock(mutex_);
      --count_;
    }
    ended_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, longest_shutdown, [&] { return count_ == 0; });
  }

private:
  std::mutex mutex_;
  std::condition_variable ended_;
  int count_ = 0;
};

// A header that says where a message ends, or whom it is for, must say it once, and its name holds no space: else a
// proxy in front may read another message than we do.
bool is_ambiguous(const Poco::Net::HTTPServerRequest &request) {
  int hosts = 0;
  int lengths = 0;
  int encodings = 0;
  for (const auto &[name, value] : request) {
    if (name.find_first_of(" \t") != std::string::npos) {
      return true;
    }
    const std::string lower = lower_ascii(name);
    hosts += lower == "host" ? 1 : 0;
    lengths += lower == "content-length" ? 1 : 0;
    encodings += lower == "transfer-encoding" ? 1 : 0;
  }
  return hosts > 1 || lengths > 1 || encodings > 1;
}

// What is wrong with the request as HTTP; nothing where it may go on.
std::optional<Response> refusal(const Poco::Net::HTTPServerRequest &request) {
  if (is_ambiguous(request)) {
    return plain(400, "The headers are ambiguous.");
  }
  if (!request.has("Host") || request.getHost().empty()) {
    return plain(400, "The Host header is missing.");
  }
  if (request.has("Transfer-Encoding")) {
    return request.has("Content-Length") ? plain(400, "Content-Length and Transfer-Encoding exclude each other.")
                                         : plain(411, "Send a Content-Length.");
  }
  if (request.has("Content-Length")) {
    const std::string length = request.get("Content-Length");
    if (!parse_id(length)) {
      return plain(400, "The Content-Length is no number.");
    }
    if (*parse_id(length) > static_cast<std::int64_t>(longest_body)) {
      return plain(413, "The body is larger than 1 MiB.");
    }
  }
  return std::nullopt;
}

// Reads the body as far as Content-Length says; nothing where less came.
std::optional<std::string> read_body(Poco::Net::HTTPServerRequest &request) {
  if (!request.has("Content-Length")) {
    return std::string();
  }
  std::string body(static_cast<std::size_t>(request.getContentLength64()), '\0');
  request.stream().read(body.data(), static_cast<std::streamsize>(body.size()));
  if (static_cast<std::size_t>(request.stream().gcount()) != body.size()) {
    return std::nullopt;
  }
  return body;
}

Request translate(const Poco::Net::HTTPServerRequest &from, std::string body) {
  Request request;
  request.method = from.getMethod();
  const std::string &uri = from.getURI();
  const auto question = uri.find('?');
  request.path = uri.substr(0, question);
  if (question != std::string::npos) {
    request.query = uri.substr(question + 1, uri.find('#') - question - 1);
  }
  for (const auto &[name, value] : from) {
    request.headers.emplace_back(name, value);
  }
  request.body = std::move(body);
  request.id = random_token().substr(0, 20);
  return request;
}

void send(Poco::Net::HTTPServerResponse &to, const Response &response, bool with_body) {
  to.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
  to.setReason(Poco::Net::HTTPResponse::getReasonForStatus(to.getStatus()));
  for (const auto &[name, value] : response.headers) {
    to.add(name, value);
  }
  const bool has_body = response.status != 204 && response.status != 304;
  if (has_body) {
    to.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
  }
  if (with_body && has_body) {
    to.sendBuffer(response.body.data(), response.body.size());
  } else {
    to.send().flush();
  }
}

class RequestHandler final : public Poco::Net::HTTPRequestHandler {
public:
  RequestHandler(const Handler &handler, Running &running) : handler_(handler), running_(running) {}

  void handleRequest(Poco::Net::HTTPServerRequest &request, Poco::Net::HTTPServerResponse &response) override {
    running_.begin();
    struct End {
      Running &running;
      ~End() { running.end(); }
    } end{running_};
    try {
      answer(request, response);
    } catch (const Poco::Exception &) { // the connection broke
      response.setKeepAlive(false);
    } catch (const std::exception &) {
      response.setKeepAlive(false);
    }
  }

private:
  void answer(Poco::Net::HTTPServerRequest &request, Poco::Net::HTTPServerResponse &response) {
    std::optional<Response> refused = refusal(request);
    std::optional<std::string> body;
    if (!refused) {
      body = read_body(request);
      if (!body) {
        refused = plain(400, "The body is shorter than its Content-Length.");
      }
    }
    if (refused) {
      response.setKeepAlive(false); // what is left of the body is not read
      send(response, *refused, true);
      return;
    }
    send(response, handler_(translate(request, std::move(*body))), request.getMethod() != "HEAD");
  }

  const Handler &handler_;
  Running &running_;
};

class HandlerFactory final : public Poco::Net::HTTPRequestHandlerFactory {
public:
  HandlerFactory(const Handler &handler, Running &running) : handler_(handler), running_(running) {}
  Poco::Net::HTTPRequestHandler *createRequestHandler(const Poco::Net::HTTPServerRequest &) override {
    return new RequestHandler(handler_, running_);
  }

private:
  const Handler &handler_;
  Running &running_;
};

// Not shared with another process: Poco would allow that by itself.
Poco::Net::ServerSocket listen_on(std::uint16_t port) {
  Poco::Net::ServerSocket socket;
  socket.bind(Poco::Net::SocketAddress("127.0.0.1", port), true, false);
  socket.listen(128);
  return socket;
}

Poco::Net::HTTPServerParams::Ptr parameters() {
  Poco::Net::HTTPServerParams::Ptr parameters = new Poco::Net::HTTPServerParams;
  parameters->setKeepAlive(true);
  parameters->setKeepAliveTimeout(Poco::Timespan(2, 0));
  parameters->setTimeout(Poco::Timespan(20, 0));
  parameters->setMaxThreads(most_threads);
  parameters->setMaxQueued(256);
  parameters->setServerName("parley-sample-host");
  parameters->setSoftwareVersion("Parley");
  return parameters;
}

} // namespace

class HttpServer::Poco {
public:
  Poco(std::uint16_t port, Handler handler)
      : handler_(std::move(handler)), pool_("http", 4, most_threads), socket_(listen_on(port)),
        server_(new HandlerFactory(handler_, running_), pool_, socket_, parameters()) {}

  void stop() {
    server_.stop();
    running_.wait();
    server_.stopAll(true);
    pool_.joinAll();
  }

  Handler handler_;
  Running running_;
  ::Poco::ThreadPool pool_;
  ::Poco::Net::ServerSocket socket_;
  ::Poco::Net::HTTPServer server_;
  bool started_ = false;
};

HttpServer::HttpServer(std::uint16_t port, Handler handler) {
  try {
    poco_ = std::make_unique<Poco>(port, std::move(handler));
  } catch (const ::Poco::Exception &error) {
    throw std::runtime_error("cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + error.displayText());
  }
}

HttpServer::~HttpServer() {
  stop();
}

std::uint16_t HttpServer::port() const {
  return poco_->socket_.address().port();
}

void HttpServer::start() {
  poco_->server_.start();
  poco_->started_ = true;
}

void HttpServer::stop() {
  if (poco_->started_) {
    poco_->started_ = false;
    poco_->stop();
  }
}

} // namespace host
