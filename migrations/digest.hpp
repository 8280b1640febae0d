#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace parley::migrations {

/// A SHA-256 of values that come one after the other, each told apart from its neighbours.
class Digest {
public:
  Digest();
  Digest(Digest &&) noexcept;
  Digest &operator=(Digest &&) noexcept;
  ~Digest();

  void text(const std::string &value);
  void integer(std::int64_t value);
  void null();

  /// Of what came until now, as 64 hexadecimal digits. More may follow.
  [[nodiscard]] std::string hex() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace parley::migrations
