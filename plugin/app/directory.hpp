#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugin/domain/access.hpp"
#include "plugin/domain/reference.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// What the host knows of a record or an actor. Where it does not exist everything but `record` is empty.
struct RecordFacts {
  domain::Reference record;
  bool exists = false;
  bool has_page = false;  ///< in the application of the call
  std::string title;      ///< "ORD-1001"
  std::string full_title; ///< "Order ORD-1001", in the call's locale
  std::string sort_key;
  domain::Reference owner;
  domain::Reference unit;
  domain::Reference customer;
  domain::Reference customer_user;
  domain::Reference organization;
  domain::Reference website;
};

/// A type of the host's records, and what it stands for. Customer users and users usually are records too.
struct RecordType {
  std::string name;
  bool record = false;
  bool user = false;
  bool customer = false;
  bool customer_user = false;
};

struct Permission {
  std::string subject;
  std::string name;
};

/// A setting in a place; empty ids: none.
struct SettingQuestion {
  std::string name;
  std::string organization;
  std::string website;
};

/// The host, as one call sees it. Lives as long as that call; used by one thread. Every function may ask the host and
/// block; a failure (unavailable, timed out) is a failure of the call, never "does not exist". An empty question is
/// answered without asking the host.
class Directory {
public:
  virtual ~Directory() = default;

  /// One answer for each reference, in their order, whatever the actor may see.
  virtual domain::Result<std::vector<RecordFacts>> resolve(const std::vector<domain::Reference> &references) = 0;

  /// May the actor see it? One answer for each reference; false for what does not exist.
  virtual domain::Result<std::vector<bool>> visible(const std::vector<domain::Reference> &references) = 0;

  /// How far each permission of the actor reaches, in the order of the permissions.
  virtual domain::Result<std::vector<domain::Scope>> scopes(const std::vector<Permission> &permissions) = 0;

  /// Effective values in the call's organization and website, as JSON ("true"); empty: unknown, the default holds.
  virtual domain::Result<std::vector<std::string>> settings(const std::vector<std::string> &names) = 0;

  /// The same in other places than that of the call, in the order of the questions.
  virtual domain::Result<std::vector<std::string>> settings_at(const std::vector<SettingQuestion> &questions) = 0;

  /// The host's value of a setting is none that the setting can have, so that its default holds: tells the operator, once.
  virtual void bad_setting(std::string_view name, std::string_view value) = 0;

  /// Types of the records that carry conversations in the call's organization and website.
  virtual domain::Result<std::vector<std::string>> carrying() = 0;

  /// All types that the host registered with a trait.
  virtual domain::Result<std::vector<RecordType>> types() = 0;
};

} // namespace parley::app
