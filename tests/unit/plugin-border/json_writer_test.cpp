#include "plugin/jsonapi/json_writer.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>

#include "plugin/jsonapi/utf8.hpp"

namespace {

using nlohmann::json;
using parley::jsonapi::append_json_string;
using parley::jsonapi::JsonWriter;
using namespace std::string_literals;

std::string written(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonString, EscapesWhatMustBe) {
  EXPECT_EQ(written("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(written("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(written("\x01\x1f"s), R"("\u0001\u001f")");
  EXPECT_EQ(written("nul\0end"s), "\"nul\\u0000end\"");
  EXPECT_EQ(written(""), "\"\"");
}

TEST(JsonString, LeavesUnicodeAsItIs) {
  const std::string text = "Grüße, 日本語, 👩‍👩‍👧, \u2028";
  EXPECT_EQ(written(text), "\"" + text + "\"");
}

TEST(JsonString, ReplacesWhatIsNoUtf8) {
  const std::string replacement = "\xEF\xBF\xBD";
  EXPECT_EQ(written("a\xFFz"), "\"a" + replacement + "z\"");
  EXPECT_EQ(written("\xC3"), "\"" + replacement + "\"");
  // Over-long, surrogate, beyond the last code point.
  for (const std::string &bad : {"\xC0\xAF"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s}) {
    EXPECT_TRUE(json::accept(written(bad))) << bad;
    EXPECT_FALSE(parley::jsonapi::valid_utf8(bad));
  }
}

TEST(Utf8, IsCleanedForDatabases) {
  using parley::jsonapi::clean_utf8;
  EXPECT_EQ(clean_utf8("Grüße"), "Grüße");
  EXPECT_EQ(clean_utf8("a\0b\xFF"s), "a\xEF\xBF\xBD"
                                     "b\xEF\xBF\xBD");
}

TEST(JsonString, ReadsBackAsItWas) {
  std::string every;
  for (int code = 0; code < 128; ++code) {
    every += static_cast<char>(code);
  }
  every += "äß€𝄞";
  EXPECT_EQ(json::parse(written(every)).get<std::string>(), every);
}

TEST(JsonWriter, PutsCommasAndNests) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  writer.member("a", "1");
  writer.key("b");
  writer.begin_array();
  writer.integer(std::numeric_limits<std::int64_t>::min());
  writer.boolean(true);
  writer.null();
  writer.begin_object();
  writer.end_object();
  writer.begin_array();
  writer.end_array();
  writer.end_array();
  writer.key("c");
  writer.integer(3);
  writer.end_object();
  EXPECT_EQ(out, R"({"a":"1","b":[-9223372036854775808,true,null,{},[]],"c":3})");
}

} // namespace
