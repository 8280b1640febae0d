#pragma once

#include <set>
#include <string>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"

/// What a viewer is told besides the stored values. Made by the use cases for each row, in the order of the rows.
namespace parley::domain {

/// May it be done? If not, why; in the viewer's language.
struct Permit {
  bool allowed = false;
  std::string reason; ///< empty when allowed
};

/// What this viewer may do with a conversation (`meta.can`).
struct Can {
  Permit view;
  Permit update;
  Permit remove; ///< "delete"
  Permit add_message;
  Permit add_context;
  Permit perform; ///< some transition
};

struct ConversationView {
  Can can;
  std::string last_message_author;  ///< name of the sender of the last text message; empty: none
  std::string last_message_preview; ///< plain text in one line, cut between graphemes
  bool last_message_mine = false;   ///< the viewer sent the last text message
  std::string storefront_notice;    ///< for the back office: why its customer does not see it; empty: no reason
  bool mine = false;                ///< the viewer is assigned, or takes part
};

struct MessageView {
  std::string body_html;  ///< safe to put into a page; empty where it was not asked for
  std::string plain_body; ///< of a system message: its words in the viewer's language
  std::string sender_name;
  std::string sender_acronym; ///< "JD"
  std::string posted_by_name; ///< back office only
  bool mine = false;          ///< the viewer is the sender
};

struct ParticipantView {
  std::string name;
  std::string acronym;
  bool me = false;
};

/// What one conversation offers at its present status.
struct Availability {
  ConversationId conversation = 0;
  Status step = Status::active;
  std::vector<std::string> transitions; ///< names of those that this viewer may perform now
};

/// Records that the viewer may open: it may see them, and the application has a page for them.
using Openable = std::set<Reference>;

} // namespace parley::domain
