#pragma once

#include <parley/call.h>
#include <parley/ext/result.h>
#include <parley/status.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/abi/host_directory.hpp"
#include "plugin/abi/instance.hpp"
#include "plugin/abi/notices.hpp"
#include "plugin/app/call.hpp"
#include "plugin/app/messages.hpp"
#include "plugin/app/waiting.hpp"
#include "plugin/jsonapi/documents.hpp"

namespace parley::abi {

/// Who asks, for whom a call is made. It borrows the call for its cancellation.
app::Request request_of(const parley_call &call, domain::Time now);

/// One request on its way through: what the use cases need of it on the way in, and how it is answered. Lives for the
/// call that the guard let in.
class Exchange {
public:
  Exchange(Instance &instance, const parley_call &call, const parley_error_sink *errors);
  Exchange(const Exchange &) = delete;
  Exchange &operator=(const Exchange &) = delete;
  Exchange(Exchange &&) = delete;
  Exchange &operator=(Exchange &&) = delete;
  ~Exchange() = default;

  [[nodiscard]] const app::Call &call() const { return call_; }
  [[nodiscard]] const app::Request &request() const { return request_; }
  [[nodiscard]] const HostDirectory &directory() const { return directory_; }
  [[nodiscard]] const Types &types() const { return instance_.service().types; }
  [[nodiscard]] bool backoffice() const { return request_.backoffice(); }
  [[nodiscard]] jsonapi::Showing showing(jsonapi::Fields fields) const;

  /// Guards this request with the idempotency key of its client, where it sent one (A8). `asked` is all that is asked for:
  /// operation, target, input. For calls that are no retries by their nature. What was done for it before is to be answered
  /// again and not done; nothing: go on. Failures: malformed (the key), and as app::done_before.
  [[nodiscard]] domain::Result<std::optional<store::Outcome>> once(std::vector<std::string_view> asked);

  /// Each reports and answers a status.
  [[nodiscard]] std::int32_t fail(const domain::Failure &failure) const;
  [[nodiscard]] std::int32_t fail(domain::Code code, const char *fault, app::Text text) const;
  [[nodiscard]] std::int32_t not_found() const;
  /// A struct of the caller that is too small to be understood.
  [[nodiscard]] std::int32_t too_small(const char *name) const;
  [[nodiscard]] const parley_error_sink *errors() const { return errors_; }

  /// Hands documents to the sink, nothing else. The database connection was given back long before.
  [[nodiscard]] std::int32_t answer(const jsonapi::Documents &documents, const parley_result_sink *result) const;

private:
  Instance &instance_;
  const parley_error_sink *errors_;
  NoticesOf notices_;
  app::Request request_;
  app::Waiting waiting_;
  HostDirectory directory_;
  app::Call call_;
};

/// Hands what is known of a page to the sink.
template <class Row>
std::int32_t answer_page(const store::Page<Row> &page, const parley_result_sink *result) {
  parley_page_info info{};
  info.size = static_cast<std::uint32_t>(sizeof info);
  info.flags = (page.has_previous ? PARLEY_PAGE_HAS_PREVIOUS : 0U) | (page.has_next ? PARLEY_PAGE_HAS_NEXT : 0U) |
               (page.total ? PARLEY_PAGE_HAS_TOTAL : 0U);
  info.total = static_cast<std::uint64_t>(page.total.value_or(0));
  return result->page(result, &info) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

/// What every operation goes through: the guard, then `work(exchange)`, which answers a status.
template <class Work>
std::int32_t serve(void *self, const parley_call *call, const parley_error_sink *errors, Work &&work) noexcept {
  Instance &instance = *static_cast<Instance *>(self);
  return instance.guard().run(call, errors, [&]() -> std::int32_t {
    // An application that the plugin does not know has no rights in it.
    if (call->application != PARLEY_APPLICATION_BACKOFFICE && call->application != PARLEY_APPLICATION_STOREFRONT) {
      return cpp::report(errors, PARLEY_FORBIDDEN, "unknown-application", "There are no rights in this application.");
    }
    Exchange exchange(instance, *call, errors);
    return work(exchange);
  });
}

} // namespace parley::abi
