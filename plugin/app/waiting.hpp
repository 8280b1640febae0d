#pragma once

#include "plugin/app/request.hpp"
#include "plugin/store/deadline.hpp"

namespace parley::app {

/// While this object lives the stores that this thread uses wait no longer than the caller of the request does.
class Waiting {
public:
  explicit Waiting(const Request &request) : deadline_(request.until, request.cancelled) {}

private:
  store::Deadline deadline_;
};

} // namespace parley::app
