#pragma once

#include "plugin/store/notice.hpp"

namespace parley::app {

/// What the stores tell whoever runs the host, as the border passes it on to the host's log.
using store::Notice;
using store::Tell;

} // namespace parley::app
