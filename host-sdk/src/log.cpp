#include "host-sdk/src/log.hpp"

#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/runtime.hpp"

namespace parley::host {

void write_log(const Runtime &runtime, const parley_call *call, std::uint32_t level, std::string_view event,
               std::string_view message, std::string_view fields) noexcept {
  try {
    const auto *table = runtime.host_table<parley_log>(PARLEY_LOG_ID);
    const parley_host *host = &runtime.own_view().table;
    if (table == nullptr || level < table->level(host)) {
      return;
    }
    auto record = sized<parley_log_record>();
    record.level = level;
    record.event = str(event);
    record.message = str(message);
    record.fields = str(fields);
    table->write(host, call, &record);
  } catch (...) {
    // What cannot be logged must not become a failure of its own.
  }
}

} // namespace parley::host
