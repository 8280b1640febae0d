#include <csignal>
#include <exception>
#include <iostream>

#include "sample-host/src/application.h"

namespace {

// Every thread that follows inherits this; the main thread waits for the signals.
void block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

} // namespace

int main(int count, char **arguments) {
  try {
    const host::Options options = host::parse_options(count, arguments);
    if (options.help) {
      std::cout << host::usage();
      return 0;
    }
    block_signals();
    host::run(options);
    return 0;
  } catch (const host::UsageError &error) {
    std::cerr << "parley-sample-host: " << error.what() << "\nTry parley-sample-host --help\n";
    return 2;
  } catch (const std::exception &error) {
    std::cerr << "parley-sample-host: " << error.what() << "\n";
    return 1;
  }
}
