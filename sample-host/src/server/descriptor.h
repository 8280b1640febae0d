// Owns a file descriptor.
#ifndef PARLEY_SAMPLE_HOST_SERVER_DESCRIPTOR_H
#define PARLEY_SAMPLE_HOST_SERVER_DESCRIPTOR_H

#include <unistd.h>

namespace host {

class Descriptor {
public:
  // -1: nothing.
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  int number() const { return number_; }

private:
  int number_;
};

} // namespace host

#endif
