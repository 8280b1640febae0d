// The command line.
#ifndef PARLEY_SAMPLE_HOST_OPTIONS_H
#define PARLEY_SAMPLE_HOST_OPTIONS_H

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "sample-host/src/server/http_limits.h"

namespace host {

struct Options {
  std::uint16_t port = 8080; // 0: any that is free
  std::string data;
  std::vector<std::string> plugins;
  std::string database; // of the plugins; empty: in the data folder
  std::string run_job;  // this alone, in place of listening
  HttpLimits limits;
  bool fresh = false;
  bool help = false;
};

class UsageError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

// Throws UsageError.
Options parse_options(int count, const char *const *arguments);
std::string usage();

} // namespace host

#endif
