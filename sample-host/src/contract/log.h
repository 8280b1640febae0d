// JSON lines on standard error.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_LOG_H
#define PARLEY_SAMPLE_HOST_CONTRACT_LOG_H

#include <cstdint>
#include <mutex>
#include <string_view>

#include <parley/ext/log.h>

namespace host {

// [thread-safe]. A line is written whole.
class Log {
public:
  // fields: JSON object, or empty.
  void write(std::uint32_t level, std::string_view event, std::string_view message, std::string_view request_id = {},
             std::string_view fields = {});

  static const parley_log *table();

private:
  std::mutex mutex_;
};

} // namespace host

#endif
