#include "plugin/jsonapi/configuration.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace {

using parley::domain::Code;
using parley::jsonapi::Configuration;
using parley::jsonapi::read_configuration;

std::set<std::string> pointers(std::string_view text) {
  const auto read = read_configuration(text);
  std::set<std::string> result;
  if (!read) {
    EXPECT_EQ(read.failure().code, Code::invalid) << text;
    for (const auto &fault : read.failure().faults) {
      EXPECT_FALSE(fault.code.empty());
      EXPECT_FALSE(fault.detail.empty());
      result.insert(fault.pointer);
    }
  }
  return result;
}

TEST(Configuration, HasDefaults) {
  const auto read = read_configuration(R"({"database":"sqlite:parley.db"})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->database, "sqlite:parley.db");
  EXPECT_EQ(read->table_prefix, "parley_");
  EXPECT_EQ(read->migrations, Configuration::Migrations::automatic);
  EXPECT_EQ(read->pool_size, 8U);
  EXPECT_EQ(read->patience_ms, 5'000U);
  EXPECT_EQ(read->statement_limit_ms, 30'000U);
  EXPECT_FALSE(read->threads);
  const auto elsewhere = read_configuration(R"({"database":"postgresql://db/parley"})");
  ASSERT_TRUE(elsewhere);
  EXPECT_EQ(elsewhere->migrations, Configuration::Migrations::automatic);
}

TEST(Configuration, TakesWhatIsSaid) {
  const auto read =
      read_configuration(R"({"database":"sqlite:x","tablePrefix":"","migrations":"manual","poolSize":1})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->table_prefix, "");
  EXPECT_EQ(read->migrations, Configuration::Migrations::manual);
  EXPECT_EQ(read->pool_size, 1U);
  const auto timed =
      read_configuration(R"({"database":"sqlite:x","patienceMs":1,"statementLimitMs":3600000,"threads":true})");
  ASSERT_TRUE(timed);
  EXPECT_EQ(timed->patience_ms, 1U);
  EXPECT_EQ(timed->statement_limit_ms, 3'600'000U);
  EXPECT_TRUE(timed->threads);
}

TEST(Configuration, NamesEveryWrongMember) {
  EXPECT_EQ(pointers(""), (std::set<std::string>{"/database"}));
  EXPECT_EQ(pointers("{}"), (std::set<std::string>{"/database"}));
  EXPECT_EQ(pointers("[]"), (std::set<std::string>{""}));
  EXPECT_EQ(pointers(R"({"database":1,"tablePrefix":"A B","migrations":"maybe","poolSize":0,"a/b":1})"),
            (std::set<std::string>{"/database", "/tablePrefix", "/migrations", "/poolSize", "/a~1b"}));
  EXPECT_EQ(pointers(R"({"database":"parley.db","tablePrefix":7,"migrations":true,"poolSize":"8"})"),
            (std::set<std::string>{"/database", "/tablePrefix", "/migrations", "/poolSize"}));
  EXPECT_EQ(pointers(R"({"database":"sqlite:x","poolSize":257,"tablePrefix":"9a"})"),
            (std::set<std::string>{"/poolSize", "/tablePrefix"}));
  EXPECT_EQ(pointers(R"({"database":"sqlite:","poolSize":-1})"), (std::set<std::string>{"/database", "/poolSize"}));
  EXPECT_EQ(pointers(R"({"database":"sqlite:x","poolSize":1.5})"), (std::set<std::string>{"/poolSize"}));
  EXPECT_EQ(pointers(R"({"database":"sqlite:x","patienceMs":0,"statementLimitMs":3600001,"threads":1})"),
            (std::set<std::string>{"/patienceMs", "/statementLimitMs", "/threads"}));
  EXPECT_EQ(pointers(R"({"database":"sqlite:x","patienceMs":"5","statementLimitMs":-1})"),
            (std::set<std::string>{"/patienceMs", "/statementLimitMs"}));
}

TEST(Configuration, IsJson) {
  const auto read = read_configuration("{");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.failure().code, Code::malformed);
  const auto twice = read_configuration(R"({"database":"sqlite:a","database":"sqlite:b"})");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.failure().faults.front().code, "duplicate-member");
}

TEST(Configuration, HasASchemaForEachMember) {
  const auto schema = nlohmann::json::parse(parley::jsonapi::configuration_schema());
  EXPECT_EQ(schema["required"], nlohmann::json({"database"}));
  for (const char *name :
       {"database", "tablePrefix", "migrations", "poolSize", "patienceMs", "statementLimitMs", "threads"}) {
    EXPECT_TRUE(schema["properties"][name].contains("description")) << name;
  }
}

} // namespace
