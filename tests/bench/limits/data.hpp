#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parley::bench {

/// How much lies in the database before anything is measured.
inline constexpr std::int64_t kConversations = 10'000;
inline constexpr std::int64_t kMessages = 20; ///< of each conversation
inline constexpr std::int64_t kNewest = 5;    ///< how many of them a read asks for

/// Who reads and writes; the sample host's demo data know the first one as an administrator.
inline constexpr const char *kPoster = "1"; ///< of users

/// What is said: 200 bytes of Markdown, and the tokens that search finds it by.
struct Text {
  std::string body;
  std::string words;
};

/// Some texts that differ, made once.
const std::vector<Text> &texts();

/// Migrates the database and fills it. `connection` is of the role that owns it. Throws std::runtime_error.
void fill(const std::string &connection);

/// Conversations and texts in an order that looks random and is the same in every run. One thread at a time.
class Choice {
public:
  explicit Choice(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15U + 1) {}
  std::int64_t conversation() {
    return 1 + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(kConversations));
  }
  const Text &text() { return texts()[next() % texts().size()]; }

private:
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return state_ >> 33U;
  }

  std::uint64_t state_;
};

} // namespace parley::bench
