#include "sample-host/src/contract/faults.h"

#include <parley/call.h>

#include "sample-host/src/catalogue/database.h"
#include "sample-host/src/contract/log.h"
#include "sample-host/src/contract/strings.h"
#include "sample-host/src/fault.h"
#include "sample-host/src/words.h"

namespace host {
namespace {

// detail: as word() marks it, or with something of the request in it, which stays English.
void report(const parley_call *call, const parley_error_sink *errors, std::int32_t status, std::string_view code,
            std::string_view detail, std::string_view parameter) {
  if (errors == nullptr) {
    return;
  }
  const std::string said = words(call != nullptr ? view(call->locale) : std::string_view("en"), detail);
  parley_error error{};
  error.size = sizeof error;
  error.status = status;
  error.code = borrow(code);
  error.detail = borrow(said);
  error.parameter = borrow(parameter);
  errors->report(errors, &error);
}

void log_failure(const Services &services, const parley_call *call, std::string_view event, std::string_view message) {
  services.log.write(PARLEY_LOG_ERROR, event, message, call != nullptr ? view(call->request_id) : std::string_view());
}

} // namespace

std::int32_t report_current_exception(const Services &services, const parley_call *call,
                                      const parley_error_sink *errors) noexcept {
  try {
    try {
      throw;
    } catch (const Fault &fault) {
      report(call, errors, fault.status(), fault.code(), fault.what(), fault.parameter());
      return fault.status();
    } catch (const DatabaseError &error) {
      log_failure(services, call, "catalogue.unavailable", error.what());
      report(call, errors, PARLEY_UNAVAILABLE, "unavailable", word("The catalogue cannot be reached. Try again."), {});
      return PARLEY_UNAVAILABLE;
    } catch (const std::exception &error) {
      log_failure(services, call, "internal", error.what());
      report(call, errors, PARLEY_INTERNAL, "internal", word("Something went wrong."), {});
      return PARLEY_INTERNAL;
    }
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

FaultLines::FaultLines() : sink_{} {
  sink_.size = sizeof sink_;
  sink_.context = &lines_;
  sink_.report = [](const parley_error_sink *self, const parley_error *error) {
    try {
      std::string line = copy(error->detail);
      if (error->pointer.size != 0) {
        line = copy(error->pointer) + ": " + line;
      }
      static_cast<std::vector<std::string> *>(self->context)->push_back(std::move(line));
    } catch (...) { // the line is lost, the status is not
    }
  };
}

} // namespace host
