// Bytes of a connection to the sample host: requests one behind the other. In whatever pieces they come in, they are the
// same requests.
#include <algorithm>

#include "sample-host/src/server/request_parser.h"
#include "tests/fuzz/fuzz.hpp"

namespace {

using parley::fuzz::expect;

const host::HttpLimits &limits() {
  static const host::HttpLimits small = [] {
    host::HttpLimits limits;
    limits.target_bytes = 256;
    limits.head_bytes = 1024;
    limits.header_count = 16;
    limits.body_bytes = 512;
    return limits;
  }();
  return small;
}

void judge(const host::Request &request) {
  expect(!request.method.empty() && !request.path.empty(), "a request has a method and a path");
  expect(request.path.front() == '/' || request.path == "*", "a path begins with a slash");
  expect(static_cast<std::int64_t>(request.body.size()) <= limits().body_bytes, "no body is longer than allowed");
  int lengths = 0;
  for (const auto &[name, value] : request.headers) {
    const std::string lower = host::lower_ascii(name);
    lengths += lower == "content-length" || lower == "transfer-encoding" ? 1 : 0;
    expect((name + value).find_first_of(std::string("\r\n\0", 3)) == std::string::npos, "a header is one line");
  }
  expect(lengths <= 1, "one thing says how long the body is");
  expect(lengths == 1 || request.body.empty(), "nothing says so: there is no body");
}

// What was read, in words. Which of two mistakes is found first may depend on the pieces.
std::string read(std::string_view bytes, std::size_t piece) {
  std::string found;
  std::size_t taken = 0;
  std::size_t come = 0;
  while (taken < bytes.size()) {
    host::RequestParser parser(limits());
    while (true) {
      const std::size_t count = parser.feed(bytes.substr(taken, come - taken));
      expect(count <= come - taken, "it takes what has come, and no more");
      taken += count;
      if (parser.is_complete() || parser.refused() != 0 || come == bytes.size()) {
        break;
      }
      come = std::min(come + piece, bytes.size());
    }
    if (parser.refused() != 0) {
      expect(parser.refused() >= 400 && !parser.reason().empty(), "a refusal has a reason");
      return found + "refused";
    }
    if (!parser.is_complete()) {
      return found + "more";
    }
    const host::Request request = parser.take();
    judge(request);
    found += request.method + " " + request.path + "?" + request.query + "\n" + request.body + "\n" +
             (parser.keeps_alive() ? "" : "last\n");
    for (const auto &[name, value] : request.headers) {
      found += name + ": " + value + "\n";
    }
  }
  return found;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view bytes = parley::fuzz::view(data, size);
  const std::string whole = read(bytes, bytes.size() + 1);
  expect(read(bytes, 1) == whole, "byte by byte it is the same");
  expect(read(bytes, 7) == whole, "in pieces it is the same");
  return 0;
}
