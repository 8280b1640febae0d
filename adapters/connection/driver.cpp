#include "adapters/connection/driver.hpp"

#include <poll.h>

namespace parley::adapters {

bool Driver::closed(soci::session &connection) const {
  pollfd looked{socket(connection), POLLIN | POLLRDHUP, 0};
  if (looked.fd < 0 || ::poll(&looked, 1, 0) <= 0) {
    return false;
  }
  const unsigned gone = POLLRDHUP | POLLHUP | POLLERR | POLLNVAL;
  return (static_cast<unsigned>(looked.revents) & gone) != 0;
}

} // namespace parley::adapters
