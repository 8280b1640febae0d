#include "plugin/web/assets.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

using parley::web::Asset;
using parley::web::AssetKind;
using parley::web::assets;

TEST(WebAssets, AreOneModuleAndOneStyleSheet) {
  ASSERT_EQ(assets().size(), 2U);
  EXPECT_EQ(assets()[0].path, "conversations.js");
  EXPECT_EQ(assets()[0].content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(assets()[0].kind, AssetKind::module_script);
  EXPECT_EQ(assets()[1].path, "conversations.css");
  EXPECT_EQ(assets()[1].content_type, "text/css; charset=utf-8");
  EXPECT_EQ(assets()[1].kind, AssetKind::stylesheet);
}

TEST(WebAssets, HaveContentAndAnETagOfTheirOwn) {
  std::set<std::string> etags;
  for (const Asset &asset : assets()) {
    EXPECT_FALSE(asset.bytes.empty()) << asset.path;
    EXPECT_EQ(asset.etag.size(), 32U) << asset.path;
    etags.emplace(asset.etag);
  }
  EXPECT_EQ(etags.size(), assets().size());
}

TEST(WebAssets, DefineEveryElementThatIsRegistered) {
  const std::string_view module = assets()[0].bytes;
  for (const char *name : {"parley-conversation-form", "parley-conversation-view", "parley-thread",
                           "parley-activity-panel", "parley-questions", "parley-conversations"}) {
    EXPECT_NE(module.find("\"" + std::string(name) + "\""), std::string_view::npos) << name;
  }
}

TEST(WebAssets, TellNothingOfTheMachineThatMadeThem) {
  for (const Asset &asset : assets()) {
    EXPECT_EQ(asset.bytes.find("node_modules"), std::string_view::npos) << asset.path;
    EXPECT_EQ(asset.bytes.find("/home/"), std::string_view::npos) << asset.path;
  }
}
