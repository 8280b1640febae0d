#pragma once

#include <vector>

#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {

/// Explicit changes of contexts: each that changes anything is an internal system message and an event.
void add_contexts(Writing writing, domain::Conversation &conversation, const std::vector<domain::Reference> &records,
                  std::vector<Happening> &happenings);
void remove_contexts(Writing writing, domain::Conversation &conversation, const std::vector<domain::Reference> &records,
                     std::vector<Happening> &happenings);
/// Adds and removes until there are exactly these.
void set_contexts(Writing writing, domain::Conversation &conversation, const std::vector<domain::Reference> &records,
                  std::vector<Happening> &happenings);

} // namespace parley::adapters::sql
