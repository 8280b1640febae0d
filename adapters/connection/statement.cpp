#include "adapters/connection/statement.hpp"

#include "adapters/connection/database_error.hpp"

namespace parley::adapters {

Statement::Statement(soci::session &session, const std::string &sql, std::string_view columns,
                     const Parameters &parameters)
    : statement_(session) {
  parameters_.reserve(parameters.size());
  columns_.reserve(columns.size());
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
    // PostgreSQL's client would cut the text there without a word.
    if (parameter.text.find('\0') != std::string::npos) {
      throw DatabaseError(ErrorKind::constraint, "The value of :" + parameter.name + " holds a NUL character.");
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

bool Statement::null(std::size_t at) const {
  return columns_.at(at).indicator == soci::i_null;
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
