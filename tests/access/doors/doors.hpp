// The doors, by the file that they are in. Each compares what the oracle says with what comes.
#pragma once

#include "tests/access/visit.hpp"

namespace access_test::door {

// conversations.cpp
void list(Visit &visit);
void get(Visit &visit);
void include(Visit &visit);
void relationship(Visit &visit);
void filter(Visit &visit);
void search(Visit &visit);
void sort(Visit &visit);
void count(Visit &visit);

// activity.cpp
void panel_page(Visit &visit);
void panel_badge(Visit &visit);

// unread.cpp
void unread(Visit &visit);
void mark(Visit &visit);

// events.cpp
void history(Visit &visit);
void feed(Visit &visit);

// messages.cpp
void messages(Visit &visit);
void participants(Visit &visit);

// states.cpp
void transitions(Visit &visit);
void etag(Visit &visit);
void surface(Visit &visit);
void errors(Visit &visit);

// writes.cpp
void hidden(Visit &visit);
void write(Visit &visit);
void create(Visit &visit);

} // namespace access_test::door
