#pragma once

#include <soci/soci.h>

#include <string>
#include <string_view>
#include <vector>

#include "adapters/connection/session.hpp"

namespace parley::adapters {

/// A prepared statement with the storage that its parameters and columns are bound to. For this folder's sources only.
class Statement {
public:
  Statement(soci::session &session, const std::string &sql, std::string_view columns, const Parameters &parameters);
  Statement(const Statement &) = delete;
  Statement &operator=(const Statement &) = delete;

  /// Runs it; true when there is a first row.
  bool run(const Parameters &parameters);
  bool fetch();
  /// Steps over what is left, so that the database ends the statement.
  void drain();
  [[nodiscard]] std::int64_t changed();
  /// For a Driver.
  soci::statement &native() { return statement_; }

  [[nodiscard]] bool null(std::size_t at) const;
  [[nodiscard]] std::int64_t integer(std::size_t at) const;
  [[nodiscard]] const std::string &text(std::size_t at) const;

  bool in_use = false;
  bool spoilt = false; ///< failed while it ran: not to be used again
  std::uint64_t last_used = 0;

private:
  struct Slot {
    std::string name;
    Kind kind = Kind::integer;
    long long integer = 0;
    std::string text;
    soci::indicator indicator = soci::i_ok;
  };
  const Slot &column(std::size_t at, Kind kind) const;

  // Slots must not move: the statement knows their addresses. There is room for all before the first is made.
  std::vector<Slot> parameters_;
  std::vector<Slot> columns_;
  bool active_ = false;
  soci::statement statement_;
};

} // namespace parley::adapters
