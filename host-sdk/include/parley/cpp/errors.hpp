/// Faults in C++: reporting them to a sink, and a sink that collects them.
#pragma once

#include <parley/cpp/strings.hpp>
#include <parley/status.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley::cpp {

/// Where a fault lies and what programs may want to know of it.
struct Where {
  std::string_view pointer = {};   ///< RFC 6901, into the document that was sent
  std::string_view parameter = {}; ///< of the query
  std::string_view meta = {};      ///< JSON object
};

/// Reports one fault and answers its status, so that a function may end with it. `errors` may be NULL.
inline std::int32_t report(const parley_error_sink *errors, std::int32_t status, std::string_view code,
                           std::string_view detail, const Where &where = {}) noexcept {
  if (errors != nullptr && PARLEY_HAS_FUNCTION(errors, parley_error_sink, report)) {
    parley_error error{};
    error.size = static_cast<std::uint32_t>(sizeof error);
    error.status = status;
    error.code = str(code);
    error.detail = str(detail);
    error.pointer = str(where.pointer);
    error.parameter = str(where.parameter);
    error.meta = str(where.meta);
    errors->report(errors, &error);
  }
  return status;
}

/// A fault that was copied out of a sink.
struct Fault {
  std::int32_t status = PARLEY_INTERNAL;
  std::string code;
  std::string detail;
  std::string pointer;
  std::string parameter;
  std::string meta;
};

/// An error sink that keeps what it is told. Borrow `sink()` for one call; not safe for several threads at once.
class ErrorList {
public:
  ErrorList() noexcept {
    sink_.size = static_cast<std::uint32_t>(sizeof sink_);
    sink_.context = this;
    sink_.report = &ErrorList::take;
  }
  ErrorList(const ErrorList &) = delete;
  ErrorList &operator=(const ErrorList &) = delete;
  ErrorList(ErrorList &&) = delete;
  ErrorList &operator=(ErrorList &&) = delete;
  ~ErrorList() = default;

  [[nodiscard]] const parley_error_sink *sink() const noexcept { return &sink_; }
  [[nodiscard]] const std::vector<Fault> &faults() const noexcept { return faults_; }

private:
  static void PARLEY_ABI take(const parley_error_sink *self, const parley_error *error) noexcept {
    try {
      Fault fault;
      fault.status = error->status;
      fault.code = PARLEY_TEXT(error, parley_error, code);
      fault.detail = PARLEY_TEXT(error, parley_error, detail);
      fault.pointer = PARLEY_TEXT(error, parley_error, pointer);
      fault.parameter = PARLEY_TEXT(error, parley_error, parameter);
      fault.meta = PARLEY_TEXT(error, parley_error, meta);
      static_cast<ErrorList *>(self->context)->faults_.push_back(fault);
    } catch (...) {
      // Out of memory: the status that the function answers must do.
    }
  }

  parley_error_sink sink_{};
  std::vector<Fault> faults_;
};

} // namespace parley::cpp
