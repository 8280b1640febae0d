#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"
#include "plugin/domain/result.hpp"

/// What people send, decoded and not yet judged. An absent member was not sent; a reference that is none() was sent as null.
/// `form_faults` is what was wrong with its form: the use case judges the rest all the same, so that every fault is told at
/// once, and stores nothing.
namespace parley::domain {

struct ConversationDraft {
  std::optional<std::string> name;
  std::optional<Reference> owner;
  std::optional<Reference> customer;
  std::optional<Reference> customer_user;
  std::optional<Reference> source;
  std::optional<Status> status;
  std::vector<Reference> contexts;
  std::optional<std::string> first_message;
  std::string first_message_client_id;           ///< or empty
  std::optional<Reference> first_message_sender; ///< absent or none(): the actor
  std::vector<Fault> form_faults;
  bool check_only = false; ///< report every fault, change nothing
};

struct ConversationChange {
  ConversationId conversation = 0;
  std::int64_t expected_version = 0; ///< 0: any
  std::optional<std::string> name;
  std::optional<Reference> owner;
  std::optional<Reference> customer;
  std::optional<Reference> customer_user;
  std::optional<Reference> source;
  std::optional<Status> status;
  std::optional<std::vector<Reference>> contexts; ///< exactly these
  std::vector<Fault> form_faults;
  bool check_only = false;
};

enum class MemberChange { add, remove, replace };

struct ContextsChange {
  ConversationId conversation = 0;
  std::int64_t expected_version = 0;
  MemberChange change = MemberChange::add;
  std::vector<Reference> records;
};

struct MessageDraft {
  ConversationId conversation = 0;
  std::string body;
  std::string client_id;           ///< of the sender's program, or empty
  std::optional<Reference> sender; ///< absent or none(): the actor
  Visibility visibility = Visibility::everybody;
  std::vector<Fault> form_faults;
  bool check_only = false;
};

} // namespace parley::domain
