#include "plugin/abi/fingerprint.hpp"

#include <gtest/gtest.h>

namespace parley::abi {
namespace {

TEST(Fingerprint, A8_IsTheSameOnEveryMachine) {
  // printf 1:a2:bc | sha256sum
  EXPECT_EQ(fingerprint({"a", "bc"}), "5310a58788781ab25d5ad7c3f85035824b4eb7bdfa394e0ac2186271472b5492");
}

TEST(Fingerprint, A8_PartsDoNotRunIntoEachOther) {
  EXPECT_NE(fingerprint({"a", "bc"}), fingerprint({"ab", "c"}));
  EXPECT_NE(fingerprint({"a", "bc"}), fingerprint({"a", "bc", ""}));
  EXPECT_NE(fingerprint({"a", "bc"}), fingerprint({"bc", "a"}));
  EXPECT_NE(fingerprint({}), fingerprint({""}));
}

} // namespace
} // namespace parley::abi
