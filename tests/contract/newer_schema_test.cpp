// O2: a plugin does not start on tables that a newer one has made, and does not touch them.
#include "bare_host.hpp"

#include <gmock/gmock.h>

#include "tests/support/servers/client.hpp"

namespace {

using contract::Errors;
using contract::Host;
using nlohmann::json;
using testing::HasSubstr;

TEST(NewerSchema, O2_is_refused_by_the_start_in_any_case) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  if (library.empty()) {
    GTEST_SKIP() << "PARLEY_PLUGIN is not built";
  }
  const std::string configuration = contract::configuration_of(library);
  Host host{{}, R"({"conversations.enabled":true})"};
  parley_runtime_plugin *plugin = host.load(library, {});
  ASSERT_NE(plugin, nullptr);
  contract::migrate(parley_runtime_instance(plugin), configuration);
  const std::string database = json::parse(configuration)["database"];
  parley::tests::Client(database).run(
      "insert into parley_schema_version (number, name, checksum, applied_at) values (99, 'later', '', 0)");
  for (const char *migrations : {"auto", "manual"}) {
    json with = json::parse(configuration);
    with["migrations"] = migrations;
    const Errors errors;
    EXPECT_EQ(Host::start(plugin, with.dump(), errors), PARLEY_SCHEMA) << migrations;
    EXPECT_THAT(errors.text(),
                HasSubstr("schema-ahead: The database was migrated by a newer version of the plugin; use "
                          "that one. [/database]"));
    ASSERT_EQ(errors.all().size(), 1U);
    EXPECT_EQ(errors.all().front().meta, R"({"current":99,"target":1})");
  }
  parley::tests::Client(database).run("delete from parley_schema_version where number = 99");
  const Errors errors;
  EXPECT_EQ(Host::start(plugin, configuration, errors), PARLEY_OK) << errors.text();
  EXPECT_EQ(parley_runtime_stop(plugin, nullptr), PARLEY_OK);
}

} // namespace
