#pragma once

#include <vector>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "plugin/store/conversation_store.hpp"

/// The reading half of the store, on one session; see store/conversation_store.hpp for what each gives. The caller holds
/// a transaction, so that a page and what belongs to it come from one moment. They throw DatabaseError.
namespace parley::adapters::sql {

struct Reading {
  Session &session;
  const Dialect &dialect;
};

domain::Result<store::Page<store::ConversationRow>> conversations(Reading reading,
                                                                  const store::ConversationQuery &query);
domain::Result<std::int64_t> count_conversations(Reading reading, const store::ConversationQuery &query);
domain::Result<store::Page<store::ConversationRow>> conversations_by_id(Reading reading, const domain::Scope &scope,
                                                                        const std::vector<domain::ConversationId> &ids);
domain::Result<std::vector<std::int64_t>> count_at_records(Reading reading, const domain::Scope &scope,
                                                           const std::vector<domain::Reference> &records);
domain::Result<std::vector<domain::ConversationId>> reachable(Reading reading, const domain::Scope &scope,
                                                              const std::vector<domain::ConversationId> &ids);

domain::Result<store::Page<store::MessageRow>> messages(Reading reading, const store::MessageQuery &query);
domain::Result<store::Page<store::MessageRow>>
messages_by_key(Reading reading, const domain::Scope &scope,
                const std::vector<store::ConversationStore::MessageKey> &keys);

domain::Result<store::Page<store::ParticipantRow>> participants(Reading reading, const store::ParticipantQuery &query);
domain::Result<store::Page<store::ParticipantRow>>
participants_by_key(Reading reading, const domain::Scope &scope,
                    const std::vector<store::ConversationStore::ParticipantKey> &keys);

domain::Result<store::Unread> unread(Reading reading, const store::UnreadQuery &query);

} // namespace parley::adapters::sql
