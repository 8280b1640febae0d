// What a host puts into our sinks is looked at before it is believed.
#include <parley/cpp/collect.hpp>

#include <gtest/gtest.h>

namespace parley::tests {
namespace {

TEST(Collected, AScopeThatIsTooSmallIsRefused) {
  cpp::ScopeList list(1);
  parley_scope scope{};
  scope.size = 4;
  scope.level = PARLEY_LEVEL_GLOBAL;
  EXPECT_NE(list.sink()->put(list.sink(), 0, &scope), PARLEY_OK);
  EXPECT_EQ(list.answers().front().level, PARLEY_LEVEL_NONE);
  EXPECT_FALSE(list.complete());
}

TEST(Collected, EachQuestionIsAnsweredOnce) {
  cpp::ScopeList list(2);
  parley_scope scope{};
  scope.size = static_cast<std::uint32_t>(sizeof scope);
  EXPECT_EQ(list.sink()->put(list.sink(), 0, &scope), PARLEY_OK);
  EXPECT_FALSE(list.complete());
  EXPECT_NE(list.sink()->put(list.sink(), 2, &scope), PARLEY_OK);
  EXPECT_EQ(list.sink()->put(list.sink(), 1, &scope), PARLEY_OK);
  EXPECT_TRUE(list.complete());
}

TEST(Collected, ARecordThatIsTooSmallIsRefused) {
  cpp::RecordList list;
  parley_record record{};
  record.size = 8;
  record.flags = PARLEY_RECORD_EXISTS;
  EXPECT_NE(list.sink()->put(list.sink(), &record), PARLEY_OK);
  EXPECT_TRUE(list.records().empty());
}

} // namespace
} // namespace parley::tests
