#include "adapters/server/outage.hpp"

#include <algorithm>

namespace parley::adapters {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using store::Notice;

constexpr seconds kBetweenReminders{60};
constexpr seconds kBetweenOutages{10};

/// "0.25 s", "12.3 s", "754 s".
std::string text_of(Outage::Clock::duration time) {
  const auto hundredths = std::chrono::duration_cast<milliseconds>(time).count() / 10;
  const std::string whole = std::to_string(hundredths / 100);
  if (hundredths >= 10'000) {
    return whole + " s";
  }
  return whole + "." + std::to_string(hundredths / 10 % 10) +
         (hundredths < 1000 ? std::to_string(hundredths % 10) : "") + " s";
}

} // namespace

Outage::Outage(store::Tell tell, std::string database, Facts facts, std::function<Clock::time_point()> now)
    : tell_(std::move(tell)), database_(std::move(database)), facts_(std::move(facts)), now_(std::move(now)) {}

void Outage::lost(const DatabaseError &why) {
  const std::lock_guard lock(mutex_);
  const auto now = now_();
  if (!lasts_) {
    since_ = now;
    told_ = false;
    ++count_;
    lasts_ = true;
  }
  if (!tell_ || now < quiet_until_) {
    return;
  }
  const std::string lasting = now == since_ ? "" : " for " + text_of(now - since_);
  Notice notice{Notice::Level::warning, "database.unreachable",
                database_ + " cannot be reached" + lasting + ": " + why.what(), facts_};
  if (!why.code().empty()) {
    notice.facts.emplace_back("code", why.code());
  }
  tell_(notice);
  told_ = true;
  quiet_until_ = now + kBetweenReminders;
}

void Outage::worked(std::uint64_t count_before) {
  if (!lasts_ || count_before != count_) {
    return;
  }
  const std::lock_guard lock(mutex_);
  if (!lasts_ || count_before != count_) {
    return;
  }
  lasts_ = false;
  if (!told_) {
    return;
  }
  const auto now = now_();
  quiet_until_ = std::min(quiet_until_, now + kBetweenOutages);
  Notice notice{Notice::Level::info, "database.back", database_ + " is back after " + text_of(now - since_) + ".",
                facts_};
  notice.facts.emplace_back("milliseconds",
                            std::to_string(std::chrono::duration_cast<milliseconds>(now - since_).count()));
  tell_(notice);
}

} // namespace parley::adapters
