#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/messages.hpp"
#include "plugin/domain/result.hpp"

/// Failures in the words of the call's language.
namespace parley::app {

/// Collects every fault of one request.
class Faults {
public:
  /// found: what decoding has found already.
  explicit Faults(const Request &request, std::vector<domain::Fault> found = {})
      : locale_(request.locale), faults_(std::move(found)), found_(faults_.size()) {}

  /// Where decoding found something at that place or below it, it stays with that.
  void add(Text text, std::string pointer);
  /// Of a text with a number in it.
  void add(Text text, std::string pointer, std::size_t number);
  [[nodiscard]] bool any() const { return !faults_.empty(); }
  /// Code::invalid with all of them.
  [[nodiscard]] domain::Failure failure() && { return {domain::Code::invalid, std::move(faults_)}; }

private:
  void add(Text text, std::string detail, std::string pointer);

  std::string_view locale_;
  std::vector<domain::Fault> faults_;
  std::size_t found_; ///< how many of them decoding found
};

/// A failure of one fault.
[[nodiscard]] domain::Failure refuse(const Call &call, domain::Code code, Text text, std::string pointer = {});

/// A failure of the store, said in our words: its faults keep pointer, parameter and facts. `forbidden` is what to say
/// where it is Code::forbidden. Faults of values (invalid, malformed) are left as they are,
/// but for a key that was used for another request.
[[nodiscard]] domain::Failure worded(const Call &call, domain::Failure failure, Text forbidden = Text::forbidden);

/// The value of a fact of the failure's faults ("step"), or empty.
[[nodiscard]] std::string_view fact_of(const domain::Failure &failure, std::string_view name);

/// Gives every fault of a failure these words.
void say(domain::Failure &failure, std::string_view code, std::string_view detail);

} // namespace parley::app
