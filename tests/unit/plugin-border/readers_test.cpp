#include "plugin/jsonapi/drafts.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using namespace parley;
using namespace std::string_literals;
using domain::Audience;
using domain::Code;
using jsonapi::read_conversation_change;
using jsonapi::read_mark_read;
using jsonapi::read_new_conversation;
using jsonapi::read_new_message;
using jsonapi::read_read_mark;

std::set<std::string> pointers(const domain::Failure &failure) {
  std::set<std::string> result;
  for (const domain::Fault &fault : failure.faults) {
    EXPECT_FALSE(fault.code.empty());
    EXPECT_FALSE(fault.detail.empty());
    result.insert(fault.pointer);
  }
  return result;
}

/// What is wrong with the form: a draft carries it along, a number is not read.
template <class Draft>
auto faults_of(const domain::Result<Draft> &read) -> decltype(read->form_faults) {
  return read.ok() ? read->form_faults : read.failure().faults;
}
std::vector<domain::Fault> faults_of(const domain::Result<domain::Number> &read) {
  return read.ok() ? std::vector<domain::Fault>() : read.failure().faults;
}

template <class Value>
Code code_of(const domain::Result<Value> &read) {
  return read.ok() ? Code::invalid : read.failure().code;
}

template <class Value>
std::set<std::string> invalid(const domain::Result<Value> &read) {
  const auto faults = faults_of(read);
  EXPECT_FALSE(faults.empty()) << "was read";
  EXPECT_EQ(code_of(read), Code::invalid);
  return pointers({Code::invalid, faults});
}

/// Every reader of the border, so that what is unreadable is refused by each.
std::vector<Code> codes_of_all(std::string_view json) {
  std::vector<Code> codes;
  const auto note = [&codes](const auto &read) {
    codes.push_back(faults_of(read).empty() ? Code::schema : code_of(read));
  };
  note(read_new_conversation(json, Audience::backoffice));
  note(read_new_conversation(json, Audience::storefront));
  note(read_conversation_change(json, "17"));
  note(read_new_message(json, Audience::backoffice));
  note(read_new_message(json, Audience::storefront));
  note(read_read_mark(json, "17-aa"));
  note(read_mark_read(json));
  return codes;
}

std::string nested(int levels) {
  return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']');
}

TEST(Readers, RefuseWhatCannotBeRead) {
  for (const std::string &bad :
       {""s, " "s, "{"s, "{}}"s, "{'a':1}"s, "{\"a\":1,}"s, "nul"s, "{}\0"s, "{}\0garbage"s, "\xEF\xBB\xBF"s,
        "{\"a\":\"\xFF\"}"s, "{\"a\":\"\xED\xA0\x80\"}"s, R"({"a":"\ud800"})"s, "{\"a\":\"\n\"}"s, "\xFF\xFE{}"s,
        nested(65), nested(100'000), "{\"a\":"s + nested(64) + "}"}) {
    for (const Code code : codes_of_all(bad)) {
      EXPECT_EQ(code, Code::malformed) << bad.substr(0, 40);
    }
  }
}

TEST(Readers, ReadSixtyFourLevels) {
  for (const Code code : codes_of_all(nested(64))) {
    EXPECT_EQ(code, Code::invalid);
  }
}

TEST(Readers, RefuseOtherShapes) {
  for (const char *bad : {"null", "[]", "1", "\"text\"", "true"}) {
    for (const Code code : codes_of_all(bad)) {
      EXPECT_EQ(code, Code::invalid) << bad;
    }
  }
  EXPECT_EQ(invalid(read_new_message(R"({"data":[]})", Audience::backoffice)).count("/data"), 1U);
  EXPECT_EQ(invalid(read_new_message("{}", Audience::backoffice)).count("/data"), 1U);
  EXPECT_EQ(invalid(read_new_conversation(R"({"data":{"type":"orders","attributes":[],"relationships":1}})",
                                          Audience::backoffice)),
            (std::set<std::string>{"/data/type", "/data/attributes", "/data/relationships"}));
}

TEST(NewConversation, IsReadWhole) {
  const auto read = read_new_conversation(R"({"data":{"type":"conversations",
    "attributes":{"name":"Größe ✓","firstMessage":"Hi","messagesNumber":7},
    "relationships":{"owner":{"data":{"type":"users","id":"1"}},"customer":{"data":null},
      "customerUser":{"data":{"type":"customerusers","id":"7"}},"source":{"data":{"type":"orders","id":"3"}},
      "status":{"data":{"type":"conversationstatuses","id":"inactive"}},"participants":{"data":[]},
      "activityTargets":{"data":[{"type":"rfqs","id":"2"}]}}}})",
                                          Audience::backoffice);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "Größe ✓");
  EXPECT_EQ(read->first_message, "Hi");
  EXPECT_EQ(read->owner, (domain::Reference{"users", "1"}));
  ASSERT_TRUE(read->customer);
  EXPECT_TRUE(read->customer->none());
  EXPECT_EQ(read->status, domain::Status::inactive);
  EXPECT_EQ(read->contexts, (std::vector<domain::Reference>{{"rfqs", "2"}}));
}

TEST(NewConversation, MayBeEmpty) {
  const auto read = read_new_conversation(R"({"data":{"type":"conversations"}})", Audience::backoffice);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->name);
  EXPECT_FALSE(read->owner);
}

TEST(NewConversation, TellsEveryFaultAtOnce) {
  const std::string long_id(65, 'x');
  const auto read = read_new_conversation(R"({"data":{"type":"conversations","id":"5",
    "attributes":{"name":null,"firstMessage":7,"uid":"x","a/b~c":1,"createdAt":"2026-01-01T00:00:00Z"},
    "relationships":{"owner":{"data":{"type":"users"}},"customer":{"data":[]},"customerUser":{},
      "source":{"data":{"type":"","id":")" + long_id +
                                              R"("}},
      "status":{"data":{"type":"conversationstatuses","id":"lost"}},
      "activityTargets":{"data":[{"type":"rfqs","id":"2"},{"type":"rfqs","id":2},null]},
      "organization":{"data":null},"unknown":{"data":null}}}})",
                                          Audience::backoffice);
  EXPECT_EQ(invalid(read),
            (std::set<std::string>{"/data/id", "/data/attributes/name", "/data/attributes/firstMessage",
                                   "/data/attributes/uid", "/data/attributes/a~1b~0c", "/data/attributes/createdAt",
                                   "/data/relationships/owner/data/id", "/data/relationships/customer/data",
                                   "/data/relationships/customerUser/data", "/data/relationships/source/data/type",
                                   "/data/relationships/source/data/id", "/data/relationships/status/data/id",
                                   "/data/relationships/activityTargets/data/1/id",
                                   "/data/relationships/activityTargets/data/2", "/data/relationships/organization",
                                   "/data/relationships/unknown"}));
}

TEST(NewConversation, OverlooksWhatTheFormatDoesNotKnow) {
  const auto read = read_new_conversation(R"({"extra":1,"@a":1,"included":[],"data":{"type":"conversations","extra":1,
    "attributes":{"name":"N","@a":1},"relationships":{"@a":1,
      "owner":{"extra":1,"data":{"type":"users","id":"1","extra":1}}}}})",
                                          Audience::backoffice);
  EXPECT_TRUE(faults_of(read).empty());
  EXPECT_EQ(read->owner, (domain::Reference{"users", "1"}));
}

TEST(NewConversation, RefusesNulEverywhere) {
  const auto read = read_new_conversation(R"({"data":{"type":"conversations",
    "attributes":{"name":"a\u0000b","firstMessage":"\u0000"},
    "relationships":{"owner":{"data":{"type":"users\u0000","id":"1\u0000"}}}}})",
                                          Audience::backoffice);
  EXPECT_EQ(invalid(read),
            (std::set<std::string>{"/data/attributes/name", "/data/attributes/firstMessage",
                                   "/data/relationships/owner/data/type", "/data/relationships/owner/data/id"}));
}

TEST(NewConversation, IgnoresInTheStorefrontWhoItIsSaidToBe) {
  const auto read = read_new_conversation(R"({"data":{"type":"conversations","attributes":{"name":"N"},
    "relationships":{"owner":{"data":{"type":"users","id":"1"}},"customer":{"data":{"type":"customers","id":"666"}},
      "customerUser":"nonsense","status":{"data":{"type":"conversationstatuses","id":"closed"}},
      "source":{"data":{"type":"orders","id":"3"}}}}})",
                                          Audience::storefront);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->owner);
  EXPECT_FALSE(read->customer);
  EXPECT_FALSE(read->customer_user);
  EXPECT_FALSE(read->status);
  EXPECT_TRUE(read->source);
  EXPECT_EQ(invalid(read_new_conversation(
                R"({"data":{"type":"conversations","relationships":{"activityTargets":{"data":[]}}}})",
                Audience::storefront)),
            (std::set<std::string>{"/data/relationships/activityTargets"}));
}

TEST(ConversationChange, HasOnlyWhatWasSent) {
  const auto read = read_conversation_change(
      R"({"data":{"type":"conversations","id":"17","attributes":{"name":"New"},"relationships":{"source":{"data":null},
          "activityTargets":{"data":[]}}}})",
      "17");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "New");
  ASSERT_TRUE(read->source);
  EXPECT_TRUE(read->source->none());
  ASSERT_TRUE(read->contexts);
  EXPECT_TRUE(read->contexts->empty());
  EXPECT_FALSE(read->owner);
  EXPECT_FALSE(read->status);
}

TEST(ConversationChange, IsOfTheResourceThatItNames) {
  EXPECT_EQ(invalid(read_conversation_change(
                R"({"data":{"type":"conversations","id":"18","attributes":{"firstMessage":"x"}}})", "17")),
            (std::set<std::string>{"/data/id", "/data/attributes/firstMessage"}));
  EXPECT_EQ(invalid(read_conversation_change(R"({"data":{"type":"conversations","id":17}})", "17")),
            (std::set<std::string>{"/data/id"}));
}

TEST(NewMessage, IsReadWhole) {
  const auto read =
      read_new_message(R"({"data":{"type":"conversationmessages","attributes":{"body":" Hi ","clientId":"c1"},
    "relationships":{"conversation":{"data":{"type":"conversations","id":"17"}},"sender":{"data":null}}}})",
                       Audience::backoffice);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->body, " Hi ");
  EXPECT_EQ(read->client_id, "c1");
  EXPECT_EQ(read->conversation, 17);
}

TEST(NewMessage, NeedsBodyAndConversation) {
  EXPECT_EQ(invalid(read_new_message(R"({"data":{"type":"conversationmessages"}})", Audience::storefront)),
            (std::set<std::string>{"/data/attributes/body", "/data/relationships/conversation"}));
  EXPECT_EQ(invalid(read_new_message(R"({"data":{"type":"conversationmessages","attributes":{"body":[]},
    "relationships":{"conversation":{"data":{"type":"orders","id":"17"}}}}})",
                                     Audience::storefront)),
            (std::set<std::string>{"/data/attributes/body", "/data/relationships/conversation/data/type"}));
  EXPECT_EQ(invalid(read_new_message(R"({"data":{"type":"conversationmessages","attributes":{"body":"x"},
    "relationships":{"conversation":{"data":{"type":"conversations","id":"017"}}}}})",
                                     Audience::storefront)),
            (std::set<std::string>{"/data/relationships/conversation/data"}));
}

TEST(NewMessage, HasNoSenderInTheStorefront) {
  EXPECT_EQ(invalid(read_new_message(
                R"({"data":{"type":"conversationmessages","attributes":{"body":"x","visibility":"internal"},
    "relationships":{"conversation":{"data":{"type":"conversations","id":"17"}},
      "sender":{"data":{"type":"users","id":"1"}}}}})",
                Audience::storefront)),
            (std::set<std::string>{"/data/relationships/sender", "/data/attributes/visibility"}));
}

TEST(ReadMark, IsAMessageOfTheSameConversation) {
  const auto mark = [](const std::string &message) {
    return read_read_mark(R"({"data":{"type":"conversationparticipants","id":"17-aa","relationships":{
      "lastReadMessage":{"data":)" +
                              message + "}}}}",
                          "17-aa");
  };
  const auto read = mark(R"({"type":"conversationmessages","id":"17-3"})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value(), 3);
  EXPECT_EQ(invalid(mark("null")), (std::set<std::string>{"/data/relationships/lastReadMessage/data"}));
  EXPECT_EQ(invalid(mark(R"({"type":"conversationmessages","id":"18-3"})")),
            (std::set<std::string>{"/data/relationships/lastReadMessage/data"}));
  EXPECT_EQ(invalid(mark(R"({"type":"orders","id":"17-3"})")),
            (std::set<std::string>{"/data/relationships/lastReadMessage/data/type"}));
}

TEST(MarkRead, TakesAnIndex) {
  const auto read = read_mark_read(R"({"index":3})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value(), 3);
  for (const char *bad : {R"({})", R"({"index":"3"})", R"({"index":3.5})", R"({"index":-1})", R"({"index":null})",
                          R"({"index":18446744073709551615})"}) {
    EXPECT_EQ(invalid(read_mark_read(bad)), (std::set<std::string>{"/meta/index"})) << bad;
  }
  EXPECT_EQ(invalid(read_mark_read(R"({"index":1,"more":2})")), (std::set<std::string>{"/meta/more"}));
}

} // namespace
