#include "plugin/app/done_before.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using app::done_before;
using domain::Code;
using testing::ElementsAre;

class DoneBefore : public testing::Test, protected World {
protected:
  DoneBefore() {
    request.idempotency_key = "k1";
    request.fingerprint = "f";
  }
};

TEST_F(DoneBefore, A8_is_asked_with_key_and_fingerprint) {
  conversations.before = std::optional<store::Outcome>({7, 3, 2});
  const auto before = done_before(call);
  ASSERT_TRUE(before.ok());
  ASSERT_TRUE(before.value().has_value());
  EXPECT_EQ(before.value()->conversation, 7);
  EXPECT_EQ(conversations.asked_before->actor, john);
  EXPECT_EQ(conversations.asked_before->once->key, "k1");
  EXPECT_EQ(conversations.asked_before->once->fingerprint, "f");
}

TEST_F(DoneBefore, A8_a_request_without_a_key_asks_nobody) {
  request.idempotency_key.clear();
  ASSERT_TRUE(done_before(call).ok());
  EXPECT_FALSE(conversations.asked_before.has_value());
  EXPECT_EQ(directory.calls, 0);
}

TEST_F(DoneBefore, C2_off_is_off) {
  conversations.before = std::optional<store::Outcome>({7, 3, 2});
  directory.enabled = "false";
  const auto before = done_before(call);
  ASSERT_FALSE(before.ok());
  EXPECT_EQ(before.failure().code, Code::not_found);
}

TEST_F(DoneBefore, A8_a_used_key_is_said_in_the_callers_language) {
  conversations.before = domain::failure(Code::invalid, "idempotency-key-used", "x");
  request.locale = "de-AT";
  const auto before = done_before(call);
  ASSERT_FALSE(before.ok());
  EXPECT_EQ(before.failure().faults.front().detail, "Dieser Idempotency-Key wurde für eine andere Anfrage verwendet.");
}

TEST_F(DoneBefore, A8_what_only_reads_keeps_its_key_too) {
  ASSERT_TRUE(app::keep_key(call).ok());
  ASSERT_TRUE(conversations.kept_key.has_value());
  EXPECT_EQ(conversations.kept_key->once->key, "k1");
  EXPECT_EQ(conversations.kept_key->once->fingerprint, "f");
}

TEST_F(DoneBefore, A8_without_a_key_none_is_kept) {
  request.idempotency_key.clear();
  ASSERT_TRUE(app::keep_key(call).ok());
  EXPECT_FALSE(conversations.kept_key.has_value());
}

} // namespace
} // namespace parley::test
