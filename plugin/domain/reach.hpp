#pragma once

#include <string>
#include <vector>

#include "plugin/domain/access.hpp"
#include "plugin/domain/reference.hpp"

namespace parley::domain {

/// Somebody who takes part in a conversation.
struct Attendance {
  Reference actor;
  bool in_public = true; ///< false: by internal notes alone
};

/// Whom a conversation concerns: all that a scope is judged by.
struct Concerned {
  std::string organization;
  std::string unit;
  Reference owner;
  Reference customer;
  Reference customer_user;
  std::vector<Attendance> participants;
};

/// A scope as a question about facts in memory. It answers what the store's conditions answer about the same
/// conversation in the database. Made once for many questions.
class Reach {
public:
  explicit Reach(Scope scope);

  [[nodiscard]] bool holds(const Concerned &concerned) const;
  [[nodiscard]] const Scope &scope() const { return scope_; }

private:
  [[nodiscard]] bool own(const Concerned &concerned) const;
  [[nodiscard]] bool in_group(const Concerned &concerned) const;

  Scope scope_; ///< its lists of ids are sorted
};

} // namespace parley::domain
