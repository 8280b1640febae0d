// Persons x doors (D4, D5, B13, S8, C2): what one may not see shows at no door, by content, count, order, time or version.
//
// Three worlds are compared. The whole one; for each person one in which what it may not see never was; and for the
// storefront one in which no internal message was ever written. At every door they have to answer with the same bytes.

#include "tests/access/doors.hpp"
#include "tests/access/persons.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <gmock/gmock.h>
#include <memory>

#include "tests/support/servers/chosen_database.hpp"

namespace {

using namespace access_test;

// The text of cursors, which hold values in a form of their own.
std::string with_cursors_read(const std::string &text) {
  static const std::vector<int> values = [] {
    const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::vector<int> found(256, -1);
    for (std::size_t value = 0; value < digits.size(); ++value) {
      found[static_cast<unsigned char>(digits[value])] = static_cast<int>(value);
    }
    return found;
  }();
  const auto value_at = [&](std::size_t at) { return values[static_cast<unsigned char>(text[at])]; };
  std::string read = text;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && value_at(end) >= 0) {
      ++end;
    }
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (std::size_t at = begin; end - begin >= 8 && at < end; ++at) {
      bits = (bits << 6U) | static_cast<std::uint32_t>(value_at(at));
      count += 6;
      if (count >= 8) {
        count -= 8;
        read += static_cast<char>((bits >> count) & 0xffU);
      }
    }
    begin = end + 1;
    read += '\n';
  }
  return read;
}

bool digit(char each) {
  return each >= '0' && each <= '9';
}

// Calls take(number, place behind it) for every number that stands behind the word.
template <class Take>
void each_number(const std::string &text, const std::string &word, const Take &take) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    std::size_t end = at + word.size();
    while (end < text.size() && digit(text[end])) {
      ++end;
    }
    if (end > at + word.size() && end - at - word.size() < 9) {
      take(std::stoi(text.substr(at + word.size(), end - at - word.size())), end);
    }
  }
}

// Words and ids in one answer of what this person may not see. What stood in its own question is no news.
void find_hidden(const Visit &visit, const std::string &target, const std::string &answer, bool titles,
                 std::set<std::string> &leaks) {
  const std::string text = with_cursors_read(answer);
  const auto told = [&](const std::string &word) {
    if (target.find(word) == std::string::npos) {
      leaks.insert(word + " by " + target);
    }
  };
  for (const char *kind : {"zc", "zm"}) {
    each_number(text, kind, [&](int id, std::size_t end) {
      const char next = end < text.size() ? text[end] : ' ';
      if (std::strchr("qip", next) != nullptr && (visit.allowed.count(id) + visit.allowed_gone.count(id) == 0 ||
                                                  (next == 'i' && !visit.person.backoffice()))) {
        told(kind + std::to_string(id));
      }
    });
  }
  for (const char *before : {R"("type":"conversations","id":")", R"("type":"conversationmessages","id":")",
                             R"("type":"conversationparticipants","id":")", "/conversations/", "/conversationmessages/",
                             "/conversationparticipants/", R"("conversation":")", R"("message":")"}) {
    each_number(text, before, [&](int id, std::size_t) {
      const bool own = visit.world.conversations.count(id) + visit.world.gone.count(id) == 0; // made by this person
      if (!own && visit.allowed.count(id) + visit.allowed_gone.count(id) == 0) {
        told(std::to_string(id));
      }
    });
  }
  for (const auto &[ref, record] : visit.catalogue.records) {
    if (titles && text.find(record.title) != std::string::npos &&
        !may_read_title(visit.catalogue, visit.person, visit.world, record)) {
      told(record.title);
    }
  }
}

void expect_nothing_hidden(const std::string &where, const Visit &visit, bool titles) {
  std::set<std::string> leaks;
  const std::string &all = visit.transcript;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t target = std::min(all.find('\n', begin), all.size());
    const std::size_t end = std::min(all.find("\n> ", target), all.size());
    find_hidden(visit, all.substr(begin, target - begin), all.substr(target, end - target), titles, leaks);
    begin = end + 1;
  }
  EXPECT_THAT(leaks, testing::IsEmpty()) << where;
}

// The first place where two answers differ.
std::string difference(const std::string &left, const std::string &right) {
  std::size_t at = 0;
  while (at < left.size() && at < right.size() && left[at] == right[at]) {
    ++at;
  }
  if (at == left.size() && at == right.size()) {
    return {};
  }
  const std::size_t request = left.rfind("\n> ", at) + 1;
  const std::size_t from = std::max(request, at < 300 ? 0 : at - 300);
  return left.substr(request, left.find('\n', request) - request) + "\n" + left.substr(from, at - from + 200) +
         "\n--- and without what is hidden ---\n" + right.substr(std::min(from, right.size()), at - from + 200);
}

// ETag: "1-45d8": what follows the version is made of the body, which stands there itself.
std::string without_hashes(std::string text) {
  constexpr std::string_view header = "ETag: \"";
  for (auto at = text.find(header); at != std::string::npos; at = text.find(header, at + 1)) {
    const auto end = text.find('"', at + header.size());
    const auto dash = text.find('-', at);
    if (dash < end && end != std::string::npos) {
      text.erase(dash, end - dash);
    }
  }
  return text;
}

// Ids that are made at random while the doors are tried.
std::string without_chance(const std::string &text) {
  std::string result;
  std::size_t run = 0;
  for (const char each : text) {
    result += each;
    run = (each >= '0' && each <= '9') || (each >= 'a' && each <= 'f') ? run + 1 : 0;
    if (run == 32) {
      result.replace(result.size() - 32, 32, "random");
      run = 0;
    }
  }
  return without_hashes(std::move(result));
}

class Access : public testing::TestWithParam<std::size_t> {
protected:
  static void SetUpTestSuite() {
    whole_ = new Place;
    noteless_ = new Place;
    make(*whole_, "whole", Notes::written);
    make(*noteless_, "noteless", Notes::never);
    std::vector<const Person *> all;
    for (const Person &each : persons()) {
      all.push_back(&each);
    }
    together_ = open(*whole_, copy_of(*whole_, "together"))->feed(all);
  }
  static void TearDownTestSuite() {
    delete whole_;
    delete noteless_;
  }

  struct Place {
    Catalogue all = catalogue();
    std::string database;
    World world;
  };
  static void make(Place &place, const std::string &name, Notes notes) {
    place.database = fresh_database(name);
    place.world = build(place.all, place.database, notes);
  }

  static std::string copy_of(const Place &place, const std::string &name, const std::set<int> &without = {},
                             const std::set<int> &without_events = {}) {
    return copy_without(place.database, name, without, without_events);
  }

  // A world that must look the same to a person.
  struct Twin {
    const char *name;
    Place &place;
    std::unique_ptr<Shop> shop;
  };
  static std::unique_ptr<Shop> open(Place &place, const std::string &database) {
    auto shop = std::make_unique<Shop>(place.all, database);
    shop->now = 1'769'900'000'000'000;
    return shop;
  }

  // Every door of the person, in all the worlds.
  static void compare(const Person &person, const std::vector<Twin> &twins) {
    const auto shop = open(*whole_, copy_of(*whole_, "seen"));
    for (const Door &door : doors()) {
      if ((door.applications & person.application) == 0) {
        continue;
      }
      const std::string where = person.name + " at " + door.name;
      Visit visit(*shop, whole_->all, whole_->world, person);
      door.go(visit);
      EXPECT_THAT(visit.faults, testing::IsEmpty()) << where;
      // Who makes a conversation learns who looks after it.
      expect_nothing_hidden(where, visit, !door.changes);
      const std::string answers = without_chance(visit.transcript);
      for (const Twin &each : twins) {
        Visit twin(*each.shop, each.place.all, whole_->world, person);
        door.go(twin);
        const std::string differs = difference(answers, without_chance(twin.transcript));
        EXPECT_TRUE(differs.empty()) << where << ", in the world " << each.name << ": " << differs;
      }
    }
  }

  // Positions, cursors and bytes that one of several is told.
  static std::string told_to(const std::vector<Told> &events, std::size_t listener) {
    std::string text;
    for (const Told &each : events) {
      for (const std::uint32_t index : each.listeners) {
        text += index == listener ? std::to_string(each.position) + " " + each.cursor + " " + each.json + "\n" : "";
      }
    }
    return text;
  }

  static Place *whole_;
  static Place *noteless_;
  static std::vector<Told> together_; // what all persons are told who listen at once
};

Access::Place *Access::whole_ = nullptr;
Access::Place *Access::noteless_ = nullptr;
std::vector<Told> Access::together_;

const Person &person_at(std::size_t row) {
  return persons().at(row);
}

TEST_P(Access, WhatIsHiddenLeavesNoTrace) {
  const Person &person = person_at(GetParam());
  std::set<int> hidden;
  for (const auto &[id, conversation] : whole_->world.conversations) {
    if (!may_see(whole_->all, person, conversation)) {
      hidden.insert(id);
    }
  }
  std::set<int> hidden_events; // of deleted conversations, as they were then
  for (const auto &[position, event] : whole_->world.events) {
    if (whole_->world.gone.count(event.conversation) > 0 && !may_see(whole_->all, person, event.then)) {
      hidden_events.insert(position);
    }
  }
  std::vector<Twin> twins;
  twins.push_back({"without hidden conversations", *whole_,
                   open(*whole_, copy_of(*whole_, "without-hidden", hidden, hidden_events))});
  if (!person.backoffice()) {
    twins.push_back({"without internal messages", *noteless_, open(*noteless_, copy_of(*noteless_, "without-notes"))});
  }
  compare(person, twins);
}

// Who listens with others is told what it is told alone, whoever the others are.
TEST_P(Access, N3_OthersWhoListenChangeNothing) {
  const auto shop = open(*whole_, copy_of(*whole_, "alone"));
  const std::string alone = told_to(shop->feed({&person_at(GetParam())}), 0);
  EXPECT_EQ(difference(told_to(together_, GetParam()), alone), "") << person_at(GetParam()).name;
}

// --- meta.can --------------------------------------------------------------------------------------------------------

using nlohmann::json;

bool can(const json &document, const char *what) {
  const json &said = document["meta"]["can"][what];
  EXPECT_TRUE(said == true || (said.is_string() && !said.get<std::string>().empty())) << what << document.dump();
  return said == true;
}

// What is said to be possible works, and what is denied is refused.
void expect_done(const std::string &where, bool allowed, const Answer &answer) {
  if (allowed) {
    EXPECT_EQ(answer.status / 100, 2U) << where << answer.bytes();
  } else {
    EXPECT_TRUE(answer.status == 403 || answer.status == 409) << where << answer.bytes();
  }
}

void try_in_backoffice(const std::string &where, const Shop &shop, const Person &person, const json &document_there) {
  const std::string id = document_there["id"];
  const std::string self = "/conversations/" + id;
  expect_done(where + " update", can(document_there, "update"),
              shop.request(person, "PATCH", self, document("conversations", {{"name", "changed"}}, nullptr, id)));
  expect_done(
      where + " add context", can(document_there, "addContext"),
      shop.request(person, "POST", self + "/relationships/activityTargets",
                   {{"data", json::array({identifier({"orders", person.organization == "o1" ? "12" : "91"})})}}));
  const bool closed = document_there["relationships"]["status"]["data"]["id"] == "closed";
  const bool performs = can(document_there, "perform");
  const json offered = shop.request(person, "GET", self + "/transitions").json()["meta"]["transitions"];
  EXPECT_EQ(!offered.empty(), performs) << where << offered;
  expect_done(where + " perform", performs,
              shop.request(person, "POST", self + "/transitions/" + (closed ? "reopen" : "close")));
  expect_done(where + " delete", can(document_there, "delete"), shop.request(person, "DELETE", self));
}

TEST_P(Access, WhatIsSaidToBePossibleIs) {
  const Person &person = person_at(GetParam());
  const auto shop = open(*whole_, copy_of(*whole_, "tried"));
  const json there = shop->request(person, "GET", "/conversations?page[size]=1000").json();
  if (there.contains("data")) {
    // One who may is not refused; whether it can be assigned to who is nobody is another matter.
    const Answer made = shop->request(person, "POST", "/conversations", document("conversations", {{"name", "tried"}}));
    EXPECT_EQ(can(there, "create"), made.status == 201 || made.status == 422) << person.name << made.bytes();
    EXPECT_EQ(!can(there, "create"), made.status == 403) << person.name << made.bytes();
  }
  int turn = 0;
  for (const json &each : there.value("data", json::array())) {
    const std::string id = each["id"];
    const Conversation &conversation = whole_->world.conversations.at(std::stoi(id));
    const std::string where = person.name + " at " + id;
    EXPECT_EQ(can(each, "addMessage"), may_write(whole_->all, person, conversation)) << where;
    if (person.backoffice()) {
      EXPECT_EQ(can(each, "update"), may_edit(whole_->all, person, conversation)) << where;
      EXPECT_EQ(can(each, "addContext"), may_edit(whole_->all, person, conversation)) << where;
      EXPECT_EQ(can(each, "delete"), may_delete(whole_->all, person, conversation)) << where;
      EXPECT_EQ(can(each, "perform"), may_perform(whole_->all, person, conversation)) << where;
    }
    // Words are compared for all, deeds tried on some of every status.
    if (conversation.status == "active" && ++turn % 9 != 0) {
      continue;
    }
    expect_done(where + " add message", can(each, "addMessage"),
                shop->request(person, "POST", "/conversationmessages",
                              document("conversationmessages", {{"body", "tried"}},
                                       {{"conversation", to_one({"conversations", id})}})));
    const json people = shop->request(person, "GET", "/conversations/" + id + "/participants").json()["data"];
    for (const json &participant : people) {
      expect_done(where + " mark", can(participant, "update"),
                  shop->request(person, "PATCH", "/conversationparticipants/" + participant["id"].get<std::string>(),
                                document("conversationparticipants", json::object(),
                                         {{"lastReadMessage", to_one({"conversationmessages", id + "-1"})}},
                                         participant["id"])));
    }
    if (person.backoffice()) {
      const json now = shop->request(person, "GET", "/conversations/" + id).json()["data"];
      try_in_backoffice(where, *shop, person, now);
    }
  }
}

// --- Records that one may not see ------------------------------------------------------------------------------------

// A write that names a hidden record is answered as one that names none that is there.
TEST_P(Access, HiddenRecordsAnswerLikeNone) {
  const Person &person = person_at(GetParam());
  const auto shop = open(*whole_, copy_of(*whole_, "records"));
  const auto visible = seen(whole_->all, person, whole_->world);
  const std::string one = visible.empty() ? "1" : std::to_string(*visible.begin());
  std::map<std::string, int> tried;
  std::map<std::string, std::string> answers_of_none;
  for (const auto &[ref, record] : whole_->all.records) {
    // Two of each kind will do.
    if (whole_->all.visible(person, ref) || ref == person.actor || ++tried[ref.first] > 2) {
      continue;
    }
    const Ref none{ref.first, "none"};
    const auto answers = [&](const Ref &named) {
      std::string all;
      const auto ask = [&](const std::string &method, const std::string &target, const json &body) {
        all += shop->request(person, method, target, body).bytes();
      };
      for (const char *member : {"owner", "customer", "customerUser", "source"}) {
        ask("POST", "/conversations", document("conversations", {{"name", ""}}, {{member, to_one(named)}}));
        ask("PATCH", "/conversations/" + one,
            document("conversations", {{"name", ""}}, {{member, to_one(named)}}, one));
      }
      ask("POST", "/conversationmessages",
          document("conversationmessages", {{"body", "zfor"}},
                   {{"conversation", to_one({"conversations", one})}, {"sender", to_one(named)}}));
      ask("POST", "/conversations",
          document("conversations", {{"name", ""}, {"firstMessage", "zfor"}}, {{"firstMessageSender", to_one(named)}}));
      const json several{{"data", json::array({identifier(named), identifier({"orders", "none"})})}};
      ask("POST", "/conversations", document("conversations", {{"name", ""}}, {{"activityTargets", several}}));
      ask("POST", "/conversations/" + one + "/relationships/activityTargets", several);
      ask("PATCH", "/conversations/" + one + "/relationships/activityTargets", several);
      ask("GET", "/activity/" + named.first + "/" + named.second, nullptr);
      return all;
    };
    std::string &of_none = answers_of_none[ref.first];
    of_none = of_none.empty() ? answers(none) : of_none;
    const std::string differs = difference(answers(ref), of_none);
    EXPECT_TRUE(differs.empty()) << person.name << ": " << ref.first << "/" << ref.second << ": " << differs;
  }
}

std::string row_name(const testing::TestParamInfo<std::size_t> &row) {
  std::string name = person_at(row.param).name;
  for (char &each : name) {
    each = std::isalnum(static_cast<unsigned char>(each)) != 0 ? each : '_';
  }
  return name;
}

// On servers, where a world takes its time to copy, every third person unless PARLEY_ACCESS_EVERY says otherwise.
std::size_t step() {
  const char *every = std::getenv("PARLEY_ACCESS_EVERY");
  return every != nullptr ? std::stoul(every) : parley::tests::chosen_server() ? 3 : 1;
}

INSTANTIATE_TEST_SUITE_P(Persons, Access, testing::Range(std::size_t{0}, persons().size(), step()), row_name);

} // namespace
