// Puts the parts together.
#ifndef PARLEY_SAMPLE_HOST_APPLICATION_H
#define PARLEY_SAMPLE_HOST_APPLICATION_H

#include "sample-host/src/options.h"

namespace host {

// Runs until SIGTERM or SIGINT, which the caller has blocked. Throws what prevents the start.
void run(const Options &options);

} // namespace host

#endif
