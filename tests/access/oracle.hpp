// Who may see and do what: written from the design's table of levels alone, without the plugin's code.
#pragma once

#include "tests/access/world.hpp"

namespace access_test {

// Does this level of the person reach the conversation? Nothing else is asked.
bool reaches(const Catalogue &catalogue, const Person &person, std::uint32_t level, const Conversation &conversation);

bool switched_on(const Catalogue &catalogue, const Person &person);
bool may_see(const Catalogue &catalogue, const Person &person, const Conversation &conversation);
bool may_edit(const Catalogue &catalogue, const Person &person, const Conversation &conversation);
bool may_delete(const Catalogue &catalogue, const Person &person, const Conversation &conversation);
bool may_perform(const Catalogue &catalogue, const Person &person, const Conversation &conversation);
bool may_write(const Catalogue &catalogue, const Person &person, const Conversation &conversation);

// Does it take part, as far as its application knows?
bool takes_part(const Person &person, const Conversation &conversation);
// Is the record a context of it, as far as the application of the person knows?
bool is_context(const Person &person, const Ref &record, const Conversation &conversation);
// May it be told of an event, in the history or in the feed? Also of deleted conversations.
bool may_hear(const Catalogue &catalogue, const Person &person, const World &world, const Event &event);
// Positions of those that it may be told of.
std::set<int> heard(const Catalogue &catalogue, const Person &person, const World &world);

// Those that it may see.
std::set<int> seen(const Catalogue &catalogue, const Person &person, const World &world);

// May the title of a record stand in what this person gets? People of what it sees are called by their names.
bool may_read_title(const Catalogue &catalogue, const Person &person, const World &world, const Record &record);

} // namespace access_test
