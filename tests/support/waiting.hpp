// Waits for what others do: the one place of the tests in C++ where time passes.
#pragma once

#include <chrono>
#include <thread>

namespace parley::tests {

/// Looks whether `holds()`, at once and again after each pause, until it does: true. False when it did not for so long; how long
/// a busy machine takes must not matter, so the patience is for what never comes. Nothing depends on how long a pause is:
/// it leaves the processor to those who are waited for. Any thread; `holds` is called on it.
template <class Condition>
bool comes_true(const Condition &holds, std::chrono::milliseconds patience = std::chrono::seconds(60)) {
  constexpr auto kPause = std::chrono::milliseconds(2);
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

} // namespace parley::tests
