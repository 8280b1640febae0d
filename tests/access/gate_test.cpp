// The plugin's own gate (C2), past the router, which asks the same setting first.
#include "tests/contract/bare_host.hpp"

#include <gmock/gmock.h>

namespace {

using contract::BareHost;
using contract::Documents;
using contract::Errors;
using contract::view;

TEST(Gate, C2_EveryListIsShutWhereConversationsAreOff) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  const std::string configuration = contract::configuration_of(library);
  BareHost host(library);
  contract::migrate(host.plugin(), configuration);
  ASSERT_EQ(host.start(configuration), PARLEY_OK) << host.errors().text();
  host.websites_off = {"dark"};
  const parley_query query = BareHost::query();
  const parley_str id = view("1");
  parley_get get{};
  get.size = sizeof get;
  get.ids = &id;
  get.id_count = 1;
  for (const char *website : {"", "dark"}) {
    parley_call call = BareHost::call();
    call.website = view(website);
    const std::int32_t expected = *website == '\0' ? PARLEY_OK : PARLEY_NOT_FOUND;
    for (const char *type :
         {"conversations", "conversationmessages", "conversationparticipants", "conversationevents"}) {
      const parley_entity &entity = host.entity(type);
      const Documents documents;
      const Errors errors;
      EXPECT_EQ(entity.query(entity.context, &call, &query, documents, errors), expected) << type << errors.text();
      EXPECT_EQ(entity.get_many(entity.context, &call, &get, documents, errors), expected) << type << errors.text();
      EXPECT_THAT(documents.all(), testing::IsEmpty());
    }
  }
}

} // namespace
