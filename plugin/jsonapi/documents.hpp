#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/domain/reference.hpp"
#include "plugin/domain/views.hpp"
#include "plugin/jsonapi/fields.hpp"
#include "plugin/store/event_store.hpp"
#include "plugin/store/queries.hpp"

/// JSON:API resource objects of everything that the plugin shows. Nothing of the back office (internal notes, versions,
/// who typed a message) comes into a document for the storefront.
namespace parley::jsonapi {

/// A relationship of a document, with the references that stand in its linkage.
struct Related {
  std::string_view name; ///< a literal
  std::vector<domain::Reference> references;
};

struct Document {
  std::string_view type; ///< a literal
  std::string id;
  std::int64_t version = 0; ///< 0: none is shown
  std::size_t begin = 0;    ///< of its bytes in the buffer
  std::size_t size = 0;
  std::string cursor;
  std::vector<Related> related;
};

/// The documents of one answer, in one buffer.
struct Documents {
  std::string buffer;
  std::vector<Document> list;

  [[nodiscard]] std::string_view json(const Document &document) const {
    return std::string_view(buffer).substr(document.begin, document.size);
  }
};

using Labels = std::map<domain::Reference, store::RecordLabel>;

/// For whom, and what holds for all documents of an answer.
struct Showing {
  domain::Audience audience = domain::Audience::backoffice;
  Fields fields;
  std::string organization_type;      ///< type of the host's organizations; empty: it has none
  std::string deleted_user;           ///< what stands for a deleted actor, in the viewer's language
  std::set<domain::Reference> hidden; ///< records that may be called by their titles, but not named by their ids
};

void append_conversation(Documents &documents, const Showing &showing, const store::ConversationRow &row,
                         const domain::ConversationView &view, const Labels &labels, const domain::Openable &openable);

/// The `meta` of a list of conversations: what its viewer may do besides with those that are there.
std::string conversations_meta(const domain::Permit &create);

void append_message(Documents &documents, const Showing &showing, const store::MessageRow &row,
                    const domain::MessageView &view);

/// not_mine: why somebody else's mark cannot be moved, in the viewer's language.
void append_participant(Documents &documents, const Showing &showing, const store::ParticipantRow &row,
                        const domain::ParticipantView &view, std::string_view not_mine);

/// An entry of the history; for the back office.
void append_event(Documents &documents, const Showing &showing, const store::EventRow &row,
                  const domain::EventView &view);

/// An event of the feed: one JSON object, no resource. The storefront's holds no position.
std::string event_json(const domain::EventView &view);

/// A status; `order` counts from 1.
void append_status(Documents &documents, const Showing &showing, domain::Status status, std::string_view label,
                   std::int64_t order);

void append_message_type(Documents &documents, const Showing &showing, domain::MessageType type,
                         std::string_view label);

} // namespace parley::jsonapi
