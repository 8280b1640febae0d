// What clients of the feed come back with (N3, B13).
#include "plugin/jsonapi/feed_cursor.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "plugin/jsonapi/documents.hpp"

namespace parley::jsonapi {
namespace {

domain::EventView view(domain::Audience audience) {
  domain::EventView view;
  view.audience = audience;
  view.position = audience == domain::Audience::backoffice ? 12 : 0;
  view.kind = "message-added";
  view.time = 1'769'846'400'000'000;
  view.conversation = 17;
  view.number = 3;
  view.actor = {"users", "1"};
  view.actor_title = "John";
  view.changes = {{"status", "active", "closed"}};
  return view;
}

TEST(FeedCursor, IsThePositionInTheBackOffice) {
  EXPECT_EQ(feed_cursor(view(domain::Audience::backoffice), 1), "12");
  EXPECT_EQ(parse_position_cursor("12"), 12);
  for (const char *wrong : {"", "-1", "012", "12 ", "1.2", "9223372036854775808"}) {
    EXPECT_FALSE(parse_position_cursor(wrong)) << wrong;
  }
}

TEST(FeedCursor, B13_IsWhatTheEventSaysInTheStorefront) {
  const std::string text = feed_cursor(view(domain::Audience::storefront), 2);
  EXPECT_EQ(text, "17.message-added.3.1769846400000000.2");
  const auto mark = parse_public_cursor(text);
  ASSERT_TRUE(mark);
  EXPECT_EQ(mark->conversation, 17);
  EXPECT_EQ(mark->kind, "message-added");
  EXPECT_EQ(mark->public_index, 3);
  EXPECT_EQ(mark->time, 1'769'846'400'000'000);
  EXPECT_EQ(mark->twin, 2);
}

TEST(FeedCursor, WhatIsNoneIsNone) {
  for (const char *wrong :
       {"", "12", "....", "17.a.3.4", "17.a.3.4.0", "17.a.3.4.1.1", "0.a.3.4.1", "17..3.4.1", "17.A.3.4.1",
        "17.a.x.4.1", "17.a.3.-4.1", "17.a'.3.4.1", "17.a.3.4.1 ", "99999999999999999999.a.3.4.1"}) {
    EXPECT_FALSE(parse_public_cursor(wrong)) << wrong;
  }
  EXPECT_FALSE(parse_public_cursor("17." + std::string(65, 'a') + ".3.4.1"));
}

TEST(EventJson, HoldsWhatTheAudienceMaySee) {
  const auto inside = nlohmann::json::parse(event_json(view(domain::Audience::backoffice)));
  EXPECT_EQ(inside, nlohmann::json::parse(R"({"position":12,"kind":"message-added","time":"2026-01-31T08:00:00.000000Z",
    "visibility":"public","actor":{"type":"users","id":"1","title":"John"},"conversation":"17","message":"17-3",
    "changes":{"status":{"from":"active","to":"closed"}}})"));
  const auto outside = nlohmann::json::parse(event_json(view(domain::Audience::storefront)));
  EXPECT_EQ(outside, nlohmann::json::parse(R"({"kind":"message-added","time":"2026-01-31T08:00:00.000000Z",
    "actor":{"type":"users","id":"1","title":"John"},"conversation":"17","message":"17-3",
    "changes":{"status":{"to":"closed"}}})"));
  domain::EventView bare;
  bare.kind = "workflow-activated";
  const auto none = nlohmann::json::parse(event_json(bare));
  EXPECT_TRUE(none["actor"].is_null() && none["conversation"].is_null() && none["message"].is_null());
}

} // namespace
} // namespace parley::jsonapi
