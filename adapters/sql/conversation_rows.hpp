#pragma once

#include <string>
#include <vector>

#include "adapters/sql/builder.hpp"
#include "adapters/sql/labels.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/store/queries.hpp"

namespace parley::adapters::sql {

/// Conversations with everything that belongs to their rows, as columns of one statement: contexts, the last text
/// message, the viewer's own part, and the labels of all that they refer to.
class ConversationRows {
public:
  /// Binds what it needs of the viewer.
  ConversationRows(const domain::Scope &viewer, Builder &builder);

  /// Of the table aliases c and those of joins().
  [[nodiscard]] const std::string &columns() const { return columns_; }
  [[nodiscard]] const std::string &kinds() const { return kinds_; }
  /// To follow a table conversation with the alias c.
  [[nodiscard]] const std::string &joins() const { return joins_; }

  /// The next columns of this row; there must be a conversation in it.
  store::ConversationRow read(Rows &rows, Labels &labels) const;

private:
  void add(const std::string &names, const std::string &kinds);
  std::vector<domain::Context> read_contexts(const std::string &json, domain::ConversationId conversation,
                                             Labels &labels) const;

  std::string columns_;
  std::string kinds_;
  std::string joins_;
};

} // namespace parley::adapters::sql
