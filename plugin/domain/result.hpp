#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace parley::domain {

/// Kinds of expected failures. The border maps each to one status of the contract.
enum class Code {
  malformed,   ///< the request is not understood
  invalid,     ///< understood, and wrong: every fault is listed
  not_found,   ///< does not exist, or may not be seen: the two look alike
  forbidden,   ///< seen, but may not be done
  conflict,    ///< the present state does not allow it
  stale,       ///< the expected version is not the present one
  unsupported, ///< not offered here
  too_large,
  busy,        ///< try again: no connection in time
  unavailable, ///< try again: the database or the host does not answer
  timed_out,
  cancelled,
  schema,   ///< the stored schema does not fit
  internal, ///< a defect
};

/// One fault that a person or a program can act on.
struct Fault {
  std::string code;      ///< stable: "not-blank"
  std::string detail;    ///< for people; never a bound value of somebody else
  std::string pointer;   ///< RFC 6901, into the document that was sent; or empty
  std::string parameter; ///< of the query; or empty
  /// Facts for programs, as a flat list: {"version","7"}; numbers are written as decimal text.
  std::vector<std::pair<std::string, std::string>> facts;
};

struct Failure {
  Code code = Code::invalid;
  std::vector<Fault> faults;
};

inline Failure failure(Code code, std::string fault_code, std::string detail, std::string pointer = {}) {
  return Failure{code, {Fault{std::move(fault_code), std::move(detail), std::move(pointer), {}, {}}}};
}

struct Nothing {};

/// A value, or the reason why there is none.
template <class Value>
class Result {
public:
  Result(Value value) : content_(std::move(value)) {}       // NOLINT(google-explicit-constructor)
  Result(Failure failure) : content_(std::move(failure)) {} // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] Value &value() & { return std::get<0>(content_); }
  [[nodiscard]] const Value &value() const & { return std::get<0>(content_); }
  [[nodiscard]] Value &&value() && { return std::get<0>(std::move(content_)); }
  Value *operator->() { return &std::get<0>(content_); }
  const Value *operator->() const { return &std::get<0>(content_); }

  [[nodiscard]] const Failure &failure() const & { return std::get<1>(content_); }
  [[nodiscard]] Failure &&failure() && { return std::get<1>(std::move(content_)); }

private:
  std::variant<Value, Failure> content_;
};

using Done = Result<Nothing>;

} // namespace parley::domain
