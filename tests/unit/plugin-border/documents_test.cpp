#include "plugin/jsonapi/documents.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <string>

namespace {

using namespace parley;
using domain::Audience;
using jsonapi::Documents;
using jsonapi::Fields;
using jsonapi::Showing;
using nlohmann::json;

Showing showing(Audience audience, Fields fields = Fields()) {
  return Showing{audience, std::move(fields), "organizations", "Deleted user", {}};
}

/// A conversation with internal things in it: numbers, counts and times differ for the two audiences.
store::ConversationRow conversation() {
  store::ConversationRow row;
  domain::Conversation &all = row.conversation;
  all.id = 17;
  all.uid = "c0ffee";
  all.organization = "1";
  all.name = "Order \"ORD-1001\"\n<b>";
  all.owner = {"users", "1"};
  all.unit = "unit-internal";
  all.customer = {"customers", "5"};
  all.customer_user = {"customerusers", "7"};
  all.source = {"orders", "3"};
  all.created = 1'000'000;
  all.version = 42;
  all.all = {9, 8, 9, 9'000'000, 9'500'000};
  all.open = {2, 2, 2, 2'000'000, 2'500'000};
  row.contexts = {{17, {"orders", "3"}, true}, {17, {"rfqs", "internal-context"}, false}};
  row.unread = 1;
  row.cursor = "cursor";
  return row;
}

jsonapi::Labels labels() {
  jsonapi::Labels result;
  const auto put = [&result](const domain::Reference &record, const char *title, const char *full, bool deleted) {
    store::RecordLabel label;
    label.record = record;
    label.title = title;
    label.full_title = full;
    label.deleted = deleted;
    result[record] = label;
  };
  put({"users", "1"}, "John Doe", "User John Doe", false);
  put({"customers", "5"}, "Acme Industries", "Customer Acme Industries", false);
  put({"customerusers", "7"}, "Amanda Cole", "Customer user Amanda Cole", true);
  put({"orders", "3"}, "ORD-1001", "Order ORD-1001", false);
  put({"rfqs", "internal-context"}, "internal-context-title", "internal-context-title", false);
  return result;
}

domain::ConversationView view() {
  domain::ConversationView result;
  result.can.view = {true, {}};
  result.can.add_message = {false, "This conversation is closed."};
  result.can.update = {true, {}};
  result.can.remove = {false, "You may not delete conversations."};
  result.can.add_context = {true, {}};
  result.last_message_author = "John Doe";
  result.last_message_preview = "It leaves today";
  return result;
}

json conversation_json(const Showing &how, Documents &documents) {
  jsonapi::append_conversation(documents, how, conversation(), view(), labels(), {{"orders", "3"}});
  return json::parse(documents.json(documents.list.back()));
}

TEST(ConversationDocument, ShowsTheBackOfficeEverything) {
  Documents documents;
  const json document = conversation_json(showing(Audience::backoffice), documents);
  EXPECT_EQ(document["type"], "conversations");
  EXPECT_EQ(document["id"], "17");
  const json &attributes = document["attributes"];
  EXPECT_EQ(attributes["name"], "Order \"ORD-1001\"\n<b>");
  EXPECT_EQ(attributes["messagesNumber"], 8);
  EXPECT_EQ(attributes["createdAt"], "1970-01-01T00:00:01.000000Z");
  EXPECT_EQ(attributes["updatedAt"], "1970-01-01T00:00:09.500000Z");
  EXPECT_EQ(attributes["lastMessageAt"], "1970-01-01T00:00:09.000000Z");
  EXPECT_EQ(attributes["unread"], true);
  EXPECT_FALSE(attributes.contains("firstMessage"));
  const json &relationships = document["relationships"];
  EXPECT_EQ(relationships["owner"]["data"], json({{"type", "users"}, {"id", "1"}}));
  EXPECT_EQ(relationships["organization"]["data"]["type"], "organizations");
  EXPECT_EQ(relationships["status"]["data"], json({{"type", "conversationstatuses"}, {"id", "active"}}));
  EXPECT_EQ(relationships["lastMessage"]["data"]["id"], "17-9");
  EXPECT_EQ(relationships["activityTargets"]["data"].size(), 2U);
  EXPECT_FALSE(relationships.contains("messages"));
  const json &meta = document["meta"];
  EXPECT_EQ(meta["can"]["update"], true);
  EXPECT_EQ(meta["can"]["delete"], "You may not delete conversations.");
  EXPECT_EQ(meta["can"]["addMessage"], "This conversation is closed.");
  EXPECT_EQ(meta["labels"]["source"], "Order ORD-1001");
  EXPECT_EQ(meta["labels"]["customerUser"], "Deleted user");
  EXPECT_EQ(meta["labels"]["contexts"]["orders/3"], "Order ORD-1001");
  EXPECT_EQ(meta["pages"]["source"], true);
  EXPECT_FALSE(document.contains("links"));
}

TEST(ConversationDocument, LeaksNothingInternalToTheStorefront) {
  Documents documents;
  const json document = conversation_json(showing(Audience::storefront), documents);
  EXPECT_EQ(document["attributes"]["messagesNumber"], 2);
  EXPECT_EQ(document["attributes"]["updatedAt"], "1970-01-01T00:00:02.500000Z");
  EXPECT_EQ(document["attributes"]["lastMessageAt"], "1970-01-01T00:00:02.000000Z");
  EXPECT_EQ(document["relationships"]["lastMessage"]["data"]["id"], "17-2");
  EXPECT_FALSE(document["relationships"].contains("activityTargets"));
  EXPECT_FALSE(document["relationships"].contains("lastMessageSender"));
  EXPECT_FALSE(document["meta"]["can"].contains("delete"));
  EXPECT_EQ(document["meta"]["pages"], json({{"source", true}}));
  EXPECT_EQ(documents.list.back().version, 0);
  const std::string text = document.dump();
  for (const char *secret : {"internal", "unit", "00:00:09", "17-9", "\"42\"", ":42", "delete"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  }
}

TEST(ConversationDocument, HonoursSparseFields) {
  Documents documents;
  const json document = conversation_json(showing(Audience::backoffice, Fields({"name", "owner"})), documents);
  EXPECT_EQ(document["attributes"].size(), 1U);
  EXPECT_EQ(document["relationships"].size(), 1U);
  EXPECT_TRUE(document["meta"].contains("can"));
  const json nothing = conversation_json(showing(Audience::backoffice, Fields({"messages"})), documents);
  EXPECT_FALSE(nothing.contains("attributes"));
  EXPECT_FALSE(nothing.contains("relationships"));
  EXPECT_EQ(documents.list.size(), 2U);
}

TEST(ConversationDocument, SaysBesideItsBytesWhatStandsInThem) {
  Documents documents;
  const json document = conversation_json(showing(Audience::backoffice), documents);
  const jsonapi::Document &facts = documents.list.back();
  EXPECT_EQ(facts.type, "conversations");
  EXPECT_EQ(facts.id, "17");
  EXPECT_EQ(facts.version, 42);
  EXPECT_EQ(facts.cursor, "cursor");
  ASSERT_EQ(facts.related.size(), document["relationships"].size());
  for (const jsonapi::Related &related : facts.related) {
    json linkage = document["relationships"][std::string(related.name)]["data"];
    if (linkage.is_null()) {
      linkage = json::array();
    } else if (!linkage.is_array()) {
      linkage = json::array({linkage});
    }
    ASSERT_EQ(linkage.size(), related.references.size()) << related.name;
    for (std::size_t index = 0; index < linkage.size(); ++index) {
      EXPECT_EQ(linkage[index]["type"], related.references[index].type);
      EXPECT_EQ(linkage[index]["id"], related.references[index].id);
    }
  }
}

TEST(ConversationDocument, S8CallsAHiddenSourceByItsTitleAlone) {
  Showing how = showing(Audience::storefront);
  how.hidden = {{"orders", "3"}};
  Documents documents;
  const json document = conversation_json(how, documents);
  EXPECT_TRUE(document["relationships"]["source"]["data"].is_null());
  EXPECT_EQ(document["meta"]["labels"]["source"], "Order ORD-1001");
  for (const jsonapi::Related &related : documents.list.back().related) {
    for (const domain::Reference &reference : related.references) {
      EXPECT_NE(reference.type, "orders") << related.name;
    }
  }
}

TEST(ConversationDocument, HasNullsForWhatIsNotThere) {
  store::ConversationRow row;
  row.conversation.id = 1;
  row.conversation.created = 1;
  Documents documents;
  jsonapi::append_conversation(documents, showing(Audience::backoffice), row, {}, {}, {});
  const json document = json::parse(documents.json(documents.list.back()));
  for (const char *name :
       {"owner", "organization", "customer", "customerUser", "source", "lastMessage", "lastMessageSender"}) {
    EXPECT_TRUE(document["relationships"][name]["data"].is_null()) << name;
  }
  EXPECT_TRUE(document["attributes"]["lastMessageAt"].is_null());
  EXPECT_TRUE(document["meta"]["labels"]["owner"].is_null());
  EXPECT_EQ(document["meta"]["pages"]["source"], false);
  EXPECT_EQ(document["meta"]["can"]["view"], "");
}

store::MessageRow message() {
  store::MessageRow row;
  row.message.conversation = 17;
  row.message.index = 9;
  row.message.public_index = 2;
  row.message.sender = {"users", "2"};
  row.message.posted_by = {"users", "99"};
  row.message.body = "**Hi**";
  row.message.client_id = "my-client-id";
  row.message.created = 1'000'000;
  row.participant_uid = "aa";
  return row;
}

domain::MessageView message_view() {
  domain::MessageView result;
  result.body_html = "<p><strong>Hi</strong></p>";
  result.plain_body = "Hi";
  result.sender_name = "Charlie Stone";
  result.sender_acronym = "CS";
  result.posted_by_name = "the-typist";
  return result;
}

TEST(MessageDocument, TellsTheBackOfficeWhoTyped) {
  Documents documents;
  jsonapi::append_message(documents, showing(Audience::backoffice), message(), message_view());
  const json document = json::parse(documents.json(documents.list.back()));
  EXPECT_EQ(document["id"], "17-9");
  EXPECT_EQ(document["attributes"]["index"], 9);
  EXPECT_EQ(document["attributes"]["postedByName"], "the-typist");
  EXPECT_EQ(document["attributes"]["visibility"], "public");
  EXPECT_EQ(document["attributes"]["clientId"], "my-client-id");
  EXPECT_EQ(document["relationships"]["postedBy"]["data"]["id"], "99");
  EXPECT_EQ(document["relationships"]["participant"]["data"]["id"], "17-aa");
  EXPECT_TRUE(document["attributes"]["systemKind"].is_null());
}

TEST(MessageDocument, LeaksNothingInternalToTheStorefront) {
  Documents documents;
  jsonapi::append_message(documents, showing(Audience::storefront), message(), message_view());
  const json document = json::parse(documents.json(documents.list.back()));
  EXPECT_EQ(document["id"], "17-2");
  EXPECT_EQ(document["attributes"]["index"], 2);
  EXPECT_EQ(document["attributes"]["senderName"], "Charlie Stone");
  const std::string text = document.dump();
  for (const char *secret : {"17-9", ":9", "99", "the-typist", "postedBy", "visibility", "my-client-id"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  }
}

TEST(MessageDocument, RendersSystemMessages) {
  store::MessageRow row = message();
  row.message.type = domain::MessageType::system;
  row.message.body.clear();
  row.message.sender = {"system", ""};
  row.message.note = domain::SystemNote{"transition", "active", "closed"};
  domain::MessageView words = message_view();
  words.plain_body = "Status changed from Active to Closed";
  Documents documents;
  jsonapi::append_message(documents, showing(Audience::backoffice), row, words);
  const json document = json::parse(documents.json(documents.list.back()));
  EXPECT_EQ(document["attributes"]["body"], words.plain_body);
  EXPECT_EQ(document["attributes"]["systemKind"], "transition");
  EXPECT_EQ(document["attributes"]["systemData"], json({{"from", "active"}, {"to", "closed"}}));
  EXPECT_EQ(document["relationships"]["messageType"]["data"]["id"], "system");
  EXPECT_TRUE(document["relationships"]["sender"]["data"].is_null());
}

store::ParticipantRow participant() {
  store::ParticipantRow row;
  row.participant.conversation = 17;
  row.participant.uid = "aa";
  row.participant.actor = {"users", "1"};
  row.participant.last_read = 9;
  row.participant.last_read_public = 2;
  row.participant.last_read_at = 1'000'000;
  return row;
}

TEST(ParticipantDocument, ShowsTheMarkInTheNumbersOfTheAudience) {
  Documents documents;
  jsonapi::append_participant(documents, showing(Audience::backoffice), participant(), {"John Doe", "JD", true}, "no");
  jsonapi::append_participant(documents, showing(Audience::storefront), participant(), {"John Doe", "JD", false},
                              "Only your own.");
  const json inside = json::parse(documents.json(documents.list[0]));
  EXPECT_EQ(inside["attributes"]["lastReadMessageIndex"], 9);
  EXPECT_EQ(inside["attributes"]["lastReadDate"], "1970-01-01T00:00:01.000000Z");
  EXPECT_EQ(inside["relationships"]["lastReadMessage"]["data"]["id"], "17-9");
  EXPECT_EQ(inside["meta"]["can"]["update"], true);
  const json outside = json::parse(documents.json(documents.list[1]));
  EXPECT_EQ(outside["attributes"]["lastReadMessageIndex"], 2);
  // Reading an internal note moves the time, and only the time.
  EXPECT_TRUE(outside["attributes"]["lastReadDate"].is_null());
  EXPECT_EQ(outside["relationships"]["lastReadMessage"]["data"]["id"], "17-2");
  EXPECT_EQ(outside["meta"]["can"]["update"], "Only your own.");
}

TEST(FixedDocuments, HaveNamesAndIds) {
  Documents documents;
  jsonapi::append_status(documents, showing(Audience::storefront), domain::Status::inactive, "Inaktiv", 2);
  jsonapi::append_message_type(documents, showing(Audience::storefront), domain::MessageType::system, "System");
  EXPECT_EQ(json::parse(documents.json(documents.list[0])),
            json::parse(R"({"type":"conversationstatuses","id":"inactive","attributes":{"name":"Inaktiv","order":2},
                            "meta":{"can":{"view":true}}})"));
  EXPECT_EQ(json::parse(documents.json(documents.list[1]))["id"], "system");
}

} // namespace
