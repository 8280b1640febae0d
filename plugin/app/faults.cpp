#include "plugin/app/faults.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley::app {
namespace {

/// Of the stores: what a lost connection has left may be stored or not.
constexpr std::string_view outcome_unknown = "outcome-unknown";
/// Of the stores: somebody has to give the role a right first.
constexpr std::string_view database_rights = "database-rights";

std::optional<Text> text_for(domain::Code code, Text forbidden) {
  switch (code) {
  case domain::Code::not_found:
    return Text::not_found;
  case domain::Code::forbidden:
    return forbidden;
  case domain::Code::stale:
    return Text::stale;
  case domain::Code::busy:
    return Text::busy;
  case domain::Code::unavailable:
    return Text::unavailable;
  case domain::Code::timed_out:
    return Text::timed_out;
  case domain::Code::cancelled:
    return Text::cancelled;
  default:
    return std::nullopt;
  }
}

} // namespace

void Faults::add(Text text, std::string pointer) {
  add(text, std::string(words(text, locale_)), std::move(pointer));
}

void Faults::add(Text text, std::string pointer, std::size_t number) {
  add(text, words(text, locale_, grouped(number, locale_)), std::move(pointer));
}

void Faults::add(Text text, std::string detail, std::string pointer) {
  const std::string below = pointer + '/';
  const auto here = [&](const domain::Fault &fault) {
    return fault.pointer == pointer || fault.pointer.compare(0, below.size(), below) == 0;
  };
  if (std::any_of(faults_.begin(), faults_.begin() + static_cast<std::ptrdiff_t>(found_), here)) {
    return;
  }
  faults_.push_back({std::string(code_of(text)), std::move(detail), std::move(pointer), {}, {}});
}

domain::Failure refuse(const Call &call, domain::Code code, Text text, std::string pointer) {
  return domain::failure(code, std::string(code_of(text)), std::string(words(text, call.request.locale)),
                         std::move(pointer));
}

domain::Failure worded(const Call &call, domain::Failure failure, Text forbidden) {
  if (failure.code == domain::Code::invalid && !failure.faults.empty() &&
      failure.faults.front().code == code_of(Text::key_used)) {
    say(failure, code_of(Text::key_used), words(Text::key_used, call.request.locale));
    failure.faults.front().facts = {{"header", "Idempotency-Key"}};
    return failure;
  }
  if (!failure.faults.empty() &&
      (failure.faults.front().code == outcome_unknown || failure.faults.front().code == database_rights)) {
    return failure; // "please try again" would be the wrong advice
  }
  if (const auto text = text_for(failure.code, forbidden)) {
    say(failure, code_of(*text), words(*text, call.request.locale));
  }
  return failure;
}

std::string_view fact_of(const domain::Failure &failure, std::string_view name) {
  for (const domain::Fault &fault : failure.faults) {
    for (const auto &[key, value] : fault.facts) {
      if (key == name) {
        return value;
      }
    }
  }
  return {};
}

void say(domain::Failure &failure, std::string_view code, std::string_view detail) {
  if (failure.faults.empty()) {
    failure.faults.emplace_back();
  }
  for (domain::Fault &fault : failure.faults) {
    fault.code = code;
    fault.detail = detail;
  }
}

} // namespace parley::app
