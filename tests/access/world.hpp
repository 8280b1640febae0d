// The data of the access test: conversations of every owner x unit x customer x context x visibility, made through the
// API, and a record of what was made, for the oracle.
#pragma once

#include "tests/access/shop.hpp"

#include <map>
#include <set>
#include <string>

namespace access_test {

// What is known of a conversation by those who made it.
struct Conversation {
  int id = 0;
  std::string name; // a word that occurs nowhere else: zc17q
  std::string organization;
  std::string owner; // id of a user, or empty
  std::string unit;
  std::string customer;
  std::string customer_user;
  Ref source;
  std::string status = "active";
  std::map<Ref, bool> contexts;     // and whether the public knows
  std::map<Ref, bool> participants; // and whether the public knows
  int public_texts = 0;
  int internal_texts = 0;
  std::set<Ref> speakers; // in public, system messages included
};

// Something that happened. Who may know of it follows from the conversation as it is, or, where that was deleted, as it
// was then.
struct Event {
  int conversation = 0;
  std::string kind;
  bool in_public = false;
  Conversation then; // of those that were deleted
};

struct World {
  std::map<int, Conversation> conversations; // by id: 1, 2, 3 ...
  std::set<int> gone;                        // deleted ones
  std::map<int, Event> events;               // by position
};

// Whether internal messages are written: without them is the world in which they never happened.
enum class Notes { written, never };

// Makes everything in an empty database, and takes chance out of it: what is random is made from what is not.
World build(Catalogue &catalogue, const std::string &database, Notes notes);

// A copy of a database in which these conversations and events never were. Events keep their positions: the back office
// may see those (feed.h), and nothing else of what the others are. Under a name as fresh_database has it.
std::string copy_without(const std::string &from, const std::string &name, const std::set<int> &conversations,
                         const std::set<int> &events = {});

// Conversations that are marked unread for somebody in its application, whoever may see them.
std::set<int> marked_unread(const std::string &database, const Person &person);

// Connection string of a database in which nothing is any more. One name is in use once at a time.
std::string fresh_database(const std::string &name);

nlohmann::json document(const std::string &type, const nlohmann::json &attributes,
                        const nlohmann::json &relationships = nullptr, const std::string &id = {});
nlohmann::json to_one(const Ref &ref);
nlohmann::json identifier(const Ref &ref);

} // namespace access_test
