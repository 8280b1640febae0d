#include "adapters/sql/json_text_reader.hpp"

#include <gtest/gtest.h>

#include "adapters/connection/database_error.hpp"
#include "adapters/sql/json_text.hpp"

namespace parley::tests {
namespace {

using adapters::DatabaseError;
using adapters::sql::JsonTextReader;

TEST(JsonTextReader, ReadsWhatTheWriterWrites) {
  std::string every;
  for (int c = 1; c < 128; ++c) {
    every += static_cast<char>(c);
  }
  every += "äöü€😀";
  std::string json = "[ ";
  adapters::sql::append_json_string(json, every);
  json += ", 17 ]";
  JsonTextReader reader(json);
  reader.expect('[');
  EXPECT_EQ(reader.string(), every);
  reader.expect(',');
  EXPECT_EQ(reader.number(), 17);
  EXPECT_TRUE(reader.take(']'));
  reader.end();
}

TEST(JsonTextReader, SaysThatItDoesNotKnowTheRest) {
  for (const char *wrong :
       {"", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u00", "\"\\u00g0\"", "\"\\u20ac\"", "17", "null"}) {
    JsonTextReader reader(wrong);
    EXPECT_THROW(reader.string(), DatabaseError) << wrong;
  }
  EXPECT_THROW(JsonTextReader("x").number(), DatabaseError);
  EXPECT_THROW(JsonTextReader("99999999999999999999").number(), DatabaseError);
  EXPECT_THROW(JsonTextReader(" x").end(), DatabaseError);
  EXPECT_THROW(JsonTextReader("]").expect('['), DatabaseError);
}

} // namespace
} // namespace parley::tests
