#include "plugin/jsonapi/identifiers.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace parley::jsonapi;
using namespace std::string_literals;

TEST(Identifiers, ReadWhatTheyWrite) {
  EXPECT_EQ(parse_conversation_id(conversation_id(17)), 17);
  EXPECT_EQ(parse_conversation_id(conversation_id(INT64_MAX)), INT64_MAX);
  const auto message = parse_message_id(message_id(17, 3));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->conversation, 17);
  EXPECT_EQ(message->number, 3);
  const auto participant = parse_participant_id(participant_id(17, "4f-2a"));
  ASSERT_TRUE(participant);
  EXPECT_EQ(participant->conversation, 17);
  EXPECT_EQ(participant->uid, "4f-2a");
}

TEST(Identifiers, OneThingHasOneId) {
  for (const std::string &bad : {""s, "0"s, "017"s, "-1"s, "+1"s, " 1"s, "1 "s, "1.0"s, "1e1"s, "x"s, "1\0"s,
                                 "9223372036854775808"s, "99999999999999999999999"s}) {
    EXPECT_FALSE(parse_conversation_id(bad)) << bad;
  }
  for (const std::string &bad : {""s, "17"s, "17-"s, "-3"s, "17-0"s, "17-03"s, "17-3-1"s, "17-x"s, "0-3"s}) {
    EXPECT_FALSE(parse_message_id(bad)) << bad;
  }
  for (const std::string &bad : {""s, "17"s, "17-"s, "x-4f"s, "17-a\0"s, "17-" + std::string(65, 'a')}) {
    EXPECT_FALSE(parse_participant_id(bad)) << bad;
  }
}

} // namespace
