// What each listener is told, by its rights at the time of reading (N3, S5, C2, B13).
#include "feed_fixture.hpp"

namespace {

using contract::BareHost;
using contract::Errors;
using contract::Events;
using contract::Feed;
using contract::Listener;
using contract::Told;
using contract::view;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST_F(Feed, N3_EachListenerIsToldWhatItMaySee) {
  const std::string id = begin();
  say(id, "Public words");
  note(id);
  say(id, "More words");
  const Events events;
  const auto state = read(0, {&admin_.call, &dana_.call, &guest_.call, &amanda_.call, &nora_.call}, events);
  EXPECT_EQ(state.position, 4U);
  EXPECT_EQ(state.flags, 0U);
  EXPECT_THAT(events.kinds(0), ElementsAre("created", "message-added", "assigned", "message-added"));
  EXPECT_THAT(events.of(1), IsEmpty());
  EXPECT_THAT(events.of(2), IsEmpty());
  EXPECT_THAT(events.kinds(3), ElementsAre("created", "message-added", "message-added"));
  EXPECT_THAT(events.of(4), IsEmpty());
  EXPECT_EQ(events.of(0)[2].body["message"], id + "-2");
  EXPECT_EQ(events.of(0)[2].body["visibility"], "internal");
  EXPECT_EQ(events.of(0)[3].body["message"], id + "-3");
  EXPECT_EQ(events.of(3)[2].body["message"], id + "-2") << "in the storefront's numbers";
  EXPECT_EQ(events.of(3)[2].body["conversation"], id);
  EXPECT_EQ(events.of(3)[2].body["actor"]["id"], "1");
  EXPECT_EQ(events.of(3)[2].body["actor"]["title"], "A title");
  for (const Told &each : events.all()) {
    EXPECT_THAT(each.body.dump(), Not(HasSubstr("words"))) << "never the text of a message";
  }
}

TEST_F(Feed, B13_ANoteLeavesNoTraceInTheStorefront) {
  // The same story twice, once with notes: what the client of the storefront gets is the same to the byte.
  std::vector<std::string> streams;
  for (const bool with_notes : {false, true}) {
    const std::string id = begin();
    const auto from = read(PARLEY_FEED_LATEST, {}, Events()).position;
    say(id, "one");
    if (with_notes) {
      note(id);
      rename(id, "Named"); // moves on, as below
      note(id);
    } else {
      rename(id, "Named");
    }
    say(id, "two");
    const Events events;
    read(from, {&amanda_.call}, events);
    std::string stream;
    for (const Told &each : events.of(0)) {
      json body = each.body;
      EXPECT_FALSE(body.contains("position"));
      EXPECT_FALSE(body.contains("visibility"));
      ASSERT_EQ(body["conversation"], id); // the two stories differ in nothing but this
      ASSERT_EQ(each.cursor.substr(0, id.size() + 1), id + ".");
      body["conversation"] = "ID";
      if (!body["message"].is_null()) {
        body["message"] = body["message"].get<std::string>().substr(id.size());
      }
      stream += each.cursor.substr(id.size()) + " " + body.dump() + "\n";
    }
    streams.push_back(stream);
  }
  EXPECT_EQ(streams[0], streams[1]);
  EXPECT_THAT(streams[0], HasSubstr("edited"));
}

TEST_F(Feed, TheStorefrontLearnsNeitherWhatWasBeforeNorWhoTyped) {
  const std::string id = begin();
  rename(id, "A new name");
  host_->title = "dana@example.com";
  const Events events;
  read(0, {&amanda_.call, &admin_.call}, events);
  const auto told = events.of(0);
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_EQ(told[0].body["actor"], nullptr) << "no message, no speaker";
  EXPECT_EQ(told[1].body["changes"], json({{"name", {{"to", "A new name"}}}}));
  const auto all = events.of(1);
  EXPECT_EQ(all[1].body["changes"]["name"]["from"], "Where is it?");
  EXPECT_EQ(all[1].body["actor"]["id"], "1");
}

TEST_F(Feed, S5_AnOlderHostIsAskedForEachListenerWithItsOwnCall) {
  begin();
  host_->forget_listeners();
  host_->asked.reset();
  const Events events;
  read(0, {&admin_.call, &guest_.call, &amanda_.call, &nora_.call}, events);
  EXPECT_EQ(host_->asked.scopes, 4) << "one for each";
  EXPECT_THAT(events.of(0), SizeIs(1));
  EXPECT_THAT(events.of(1), IsEmpty()) << "not the rights of whoever makes the call";
  EXPECT_THAT(events.of(2), SizeIs(1));
  EXPECT_THAT(events.of(3), IsEmpty());
}

TEST_F(Feed, S5_RightsAreThoseOfTheTimeOfReading) {
  begin();
  host_->rights["1"] = {PARLEY_LEVEL_NONE, {}};
  const Events none;
  read(0, {&admin_.call, &amanda_.call}, none);
  EXPECT_THAT(none.of(0), IsEmpty());
  EXPECT_THAT(none.of(1), SizeIs(1));
  host_->rights.erase("1");
  host_->customers["71"] = "8"; // moved to another customer
  const Events events;
  read(0, {&admin_.call, &amanda_.call}, events);
  EXPECT_THAT(events.of(0), SizeIs(1));
  EXPECT_THAT(events.of(1), IsEmpty());
}

TEST_F(Feed, C2_WhereConversationsAreOffNobodyIsTold) {
  const Listener here{PARLEY_APPLICATION_STOREFRONT, "customerusers", "71", "1"};
  const Listener there{PARLEY_APPLICATION_STOREFRONT, "customerusers", "71", "2"};
  begin();
  host_->websites_off = {"1"};
  const Events events;
  EXPECT_EQ(read(0, {&here.call, &there.call}, events).position, 1U);
  EXPECT_THAT(events.of(0), IsEmpty());
  EXPECT_THAT(events.of(1), SizeIs(1));
  host_->asked.reset();
  const Events alone;
  EXPECT_EQ(read(0, {&here.call}, alone).position, 1U) << "the position moves on";
  EXPECT_THAT(alone.all(), IsEmpty());
  EXPECT_EQ(host_->asked.scopes, 0) << "and nobody's rights are asked for";
}

TEST_F(Feed, DeletedConversationsAreToldToThoseWhomTheyConcerned) {
  const std::string id = begin();
  say(id, "hello");
  parley_removal remove{};
  remove.size = sizeof remove;
  remove.id = view(id);
  const Errors errors;
  const parley_entity &entity = host_->entity("conversations");
  const parley_call call = BareHost::call();
  ASSERT_EQ(entity.remove(entity.context, &call, &remove, errors), PARLEY_OK) << errors.text();
  const Events events;
  read(0, {&admin_.call, &amanda_.call, &nora_.call, &dana_.call}, events);
  EXPECT_THAT(events.kinds(0), ElementsAre("created", "message-added", "deleted"));
  EXPECT_THAT(events.kinds(1), ElementsAre("created", "message-added", "deleted"));
  EXPECT_THAT(events.of(2), IsEmpty());
  EXPECT_THAT(events.of(3), IsEmpty());
}

TEST_F(Feed, WhatCannotListenIsRefused) {
  begin();
  const Events events;
  read(0, {nullptr}, events, 0, PARLEY_INVALID);
  parley_call small = admin_.call;
  small.size = 8;
  read(0, {&small}, events, 0, PARLEY_INVALID);
  parley_call elsewhere = admin_.call;
  elsewhere.application = 4;
  read(0, {&admin_.call, &elsewhere}, events, 0, PARLEY_INVALID);
  EXPECT_THAT(events.all(), IsEmpty());
  const Events full{0};
  const auto state = read(0, {&admin_.call}, full, 0, PARLEY_SINK_REFUSED);
  EXPECT_EQ(state.position, 0U) << "untouched: the same position again";
  host_->status = PARLEY_UNAVAILABLE;
  read(0, {&admin_.call}, events, 0, PARLEY_UNAVAILABLE);
}

} // namespace
