// One thread that holds all connections: it reads requests, has them answered by workers, and sees to it that everybody
// keeps the time. So a slow client costs a descriptor and some memory, but no thread.
#ifndef PARLEY_SAMPLE_HOST_SERVER_REACTOR_H
#define PARLEY_SAMPLE_HOST_SERVER_REACTOR_H

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "sample-host/src/server/connection.h"
#include "sample-host/src/server/http_server.h"
#include "sample-host/src/server/poller.h"
#include "sample-host/src/server/workers.h"

namespace host {

class Reactor {
public:
  // `listener` takes connections and does not block; it stays the caller's. Throws std::system_error.
  Reactor(int listener, Handler handler, const HttpLimits &limits);

  // Until stop() was called and what runs has ended, or has had its time.
  void run();
  // [thread-safe]
  void stop() noexcept;

private:
  // What a worker leaves behind.
  struct Answered {
    std::uint64_t key;
    std::string unsent;
    bool broken;
  };

  void wait_and_serve();
  template <class Work>
  void guard(std::uint64_t key, const Work &work);
  void serve(std::uint64_t key);
  void accept_all();
  void pause_listening();
  void listen_again();
  bool make_room();
  void read_more(Connection &connection);
  void advance(Connection &connection);
  void note_progress(Connection &connection);
  void let_continue(Connection &connection);
  void work_on(Connection &connection);
  void refuse(Connection &connection, int status, const std::string &reason);
  void answer_later(Connection &connection, std::string unsent);
  void write_more(Connection &connection);
  void answered(Connection &connection);
  void linger(Connection &connection);
  void take_answers();
  void look_at_the_clock();
  void close_the_waiting();
  void enter(Connection &connection, Connection::State state, std::int64_t seconds);
  void watch(Connection &connection, Poller::For what);
  void close(Connection &connection);
  Response respond(const Request &request) const;

  const int listener_;
  const Handler handler_;
  const HttpLimits limits_;
  Poller poller_;
  std::map<std::uint64_t, std::unique_ptr<Connection>> connections_;
  std::uint64_t next_key_;
  bool is_listening_ = true;
  Moment next_look_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::vector<Answered> answers_;
  Workers workers_; // the last member: ends before what its threads use
};

} // namespace host

#endif
