// The conversations plugin on SQLite in the C host, as its own library brings it: the same at the beginning of every input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::fuzz {

/// Who asks, what, and how.
struct ApiRequest {
  bool storefront = false;
  std::string actor = "1"; ///< of "users" in the back office, of "customerusers" in the storefront
  std::string method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

/// Requests of an input, at most four, with a line "===" between them. Each is
///
///     b1 POST /conversations?include=owner
///     If-Match: "1"
///
///     {"data": ...}
///
/// "b1": the back office (s: the storefront) and who is logged in. Anything can be read as something.
std::vector<ApiRequest> read_requests(std::string_view input);

/// Lives as long as the process. Aborts where an answer or what is stored is wrong.
class ApiWorld {
public:
  ApiWorld();
  ~ApiWorld();
  ApiWorld(const ApiWorld &) = delete;
  ApiWorld &operator=(const ApiWorld &) = delete;

  void send(const ApiRequest &request);
  /// What is stored keeps its rules: the numbers of messages always, all rules where `thorough`.
  /// Then it is again what it was at the start.
  void end_of_input(bool thorough);

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace parley::fuzz
