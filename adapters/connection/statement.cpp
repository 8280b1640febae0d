#include "adapters/connection/statement.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

namespace parley::adapters {
namespace {

constexpr int kPrimaryCode = 0xff;

ErrorKind sqlite_kind(int result, const std::string &message) {
  switch (result & kPrimaryCode) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return ErrorKind::busy;
  case SQLITE_CONSTRAINT:
    return result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY ? ErrorKind::unique
                                                                                        : ErrorKind::constraint;
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_CORRUPT:
  case SQLITE_FULL:
  case SQLITE_READONLY:
  case SQLITE_NOTADB:
  case SQLITE_PERM:
  case SQLITE_PROTOCOL:
    return ErrorKind::unavailable;
  case SQLITE_ERROR:
    return message.find("no such table") != std::string::npos || message.find("no such column") != std::string::npos
               ? ErrorKind::schema
               : ErrorKind::unexpected;
  default:
    return ErrorKind::unexpected;
  }
}

} // namespace

DatabaseError translated(const soci::soci_error &error) {
  // what() would repeat the statement with the values that were bound.
  const std::string message = error.get_error_message();
  if (const auto *sqlite = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    return {sqlite_kind(sqlite->result(), message), message};
  }
  return {error.get_error_category() == soci::soci_error::connection_error ? ErrorKind::unavailable
                                                                           : ErrorKind::unexpected,
          message};
}

Statement::Statement(soci::session &session, const std::string &sql, std::string_view columns,
                     const Parameters &parameters)
    : statement_(session) {
  for (const Parameter &parameter : parameters) {
    Slot &slot = parameters_.emplace_back();
    slot.name = parameter.name;
    slot.kind = parameter.kind;
    if (slot.kind == Kind::integer) {
      statement_.exchange(soci::use(slot.integer, slot.indicator, slot.name));
    } else {
      statement_.exchange(soci::use(slot.text, slot.indicator, slot.name));
    }
  }
  for (const char kind : columns) {
    Slot &slot = columns_.emplace_back();
    slot.kind = kind == 'i' ? Kind::integer : Kind::text;
    if (slot.kind == Kind::integer) {
      statement_.exchange(soci::into(slot.integer, slot.indicator));
    } else {
      statement_.exchange(soci::into(slot.text, slot.indicator));
    }
  }
  statement_.alloc();
  statement_.prepare(sql);
  statement_.define_and_bind();
}

bool Statement::run(const Parameters &parameters) {
  if (parameters.size() != parameters_.size()) {
    throw std::logic_error("a statement got another number of parameters than it was prepared with");
  }
  for (std::size_t at = 0; at < parameters.size(); ++at) {
    Slot &slot = parameters_[at];
    const Parameter &parameter = parameters[at];
    if (slot.kind != parameter.kind || slot.name != parameter.name) {
      throw std::logic_error("a statement got another parameter than it was prepared with: " + parameter.name);
    }
    slot.indicator = parameter.null ? soci::i_null : soci::i_ok;
    slot.integer = parameter.integer;
    slot.text = parameter.text;
  }
  spoilt = true;
  active_ = statement_.execute(true) && !columns_.empty();
  spoilt = false;
  return active_;
}

bool Statement::fetch() {
  active_ = statement_.fetch();
  return active_;
}

void Statement::drain() {
  while (active_) {
    fetch();
  }
}

std::int64_t Statement::changed() {
  return statement_.get_affected_rows();
}

const Statement::Slot &Statement::column(std::size_t at, Kind kind) const {
  if (at >= columns_.size() || columns_[at].kind != kind) {
    throw std::logic_error("a column was read that the statement does not have, or as another kind");
  }
  return columns_[at];
}

std::int64_t Statement::integer(std::size_t at) const {
  const Slot &slot = column(at, Kind::integer);
  return slot.indicator == soci::i_null ? 0 : slot.integer;
}

const std::string &Statement::text(std::size_t at) const {
  static const std::string nothing;
  const Slot &slot = column(at, Kind::text);
  return slot.indicator == soci::i_null ? nothing : slot.text;
}

} // namespace parley::adapters
