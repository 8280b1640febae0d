#include "plugin/abi/exchange.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "plugin/abi/failures.hpp"
#include "plugin/abi/fingerprint.hpp"
#include "plugin/app/done_before.hpp"

namespace parley::abi {

app::Request request_of(const parley_call &call, domain::Time now) {
  app::Request request;
  request.actor = domain::Reference{cpp::text(call.actor.type), cpp::text(call.actor.id)};
  request.audience =
      call.application == PARLEY_APPLICATION_STOREFRONT ? domain::Audience::storefront : domain::Audience::backoffice;
  request.organization = PARLEY_TEXT(&call, parley_call, organization);
  request.website = PARLEY_TEXT(&call, parley_call, website);
  const std::string_view locale = PARLEY_TEXT(&call, parley_call, locale);
  request.locale = locale.empty() ? std::string("en") : std::string(locale);
  request.idempotency_key = PARLEY_TEXT(&call, parley_call, idempotency_key);
  request.now = now;
  if (PARLEY_HAS_FUNCTION(&call, parley_call, cancelled)) {
    request.cancelled = [&call] { return call.cancelled(&call) != 0; };
  }
  if (call.time_left_us != PARLEY_NO_DEADLINE) {
    const auto now_here = std::chrono::steady_clock::now();
    // A host's idea of "for ever" must not overflow.
    const auto longest = std::chrono::duration_cast<std::chrono::microseconds>(request.until - now_here).count();
    const auto until = now_here + std::chrono::microseconds(std::min(call.time_left_us, longest));
    request.until = until;
    request.expired = [until] { return std::chrono::steady_clock::now() >= until; };
  }
  return request;
}

namespace {

bool usable_key(std::string_view key) {
  return key.size() <= 255 && std::all_of(key.begin(), key.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

} // namespace

Exchange::Exchange(Instance &instance, const parley_call &call, const parley_error_sink *errors)
    : instance_(instance), errors_(errors), notices_(&call), request_(request_of(call, instance.host().now_us())),
      waiting_(request_),
      directory_(instance.host(), call, request_, instance.service().types, instance.service().told),
      call_{request_,
            directory_,
            *instance.service().stores.conversations,
            *instance.service().stores.workflows,
            *instance.service().stores.events,
            *instance.service().stores.maintenance} {}

domain::Result<std::optional<store::Outcome>> Exchange::once(std::vector<std::string_view> asked) {
  if (request_.idempotency_key.empty()) {
    return std::optional<store::Outcome>();
  }
  if (!usable_key(request_.idempotency_key)) {
    domain::Failure failure =
        domain::failure(domain::Code::malformed, "bad-idempotency-key",
                        "The Idempotency-Key should have 1 to 255 characters of printable ASCII.");
    failure.faults.front().facts.emplace_back("header", "Idempotency-Key");
    return failure;
  }
  // Where it happens is part of what is asked for.
  asked.insert(asked.end(), {request_.organization, request_.website});
  request_.fingerprint = fingerprint(asked);
  return app::done_before(call_);
}

jsonapi::Showing Exchange::showing(jsonapi::Fields fields) const {
  jsonapi::Showing showing;
  showing.audience = request_.audience;
  showing.fields = std::move(fields);
  if (!types().organizations.empty()) {
    showing.organization_type = types().organizations.front();
  }
  showing.deleted_user = app::words(app::Text::deleted_user, request_.locale);
  return showing;
}

std::int32_t Exchange::fail(const domain::Failure &failure) const {
  return report_failure(errors_, failure);
}

std::int32_t Exchange::fail(domain::Code code, const char *fault, app::Text text) const {
  return fail(domain::failure(code, fault, std::string(app::words(text, request_.locale))));
}

std::int32_t Exchange::not_found() const {
  return fail(domain::Code::not_found, "not-found", app::Text::not_found);
}

std::int32_t Exchange::too_small(const char *name) const {
  return cpp::report(errors_, PARLEY_INCOMPATIBLE, "too-small", std::string(name) + " is too small.");
}

std::int32_t Exchange::answer(const jsonapi::Documents &documents, const parley_result_sink *result) const {
  std::vector<parley_related> related;
  std::vector<parley_ref> refs;
  for (const jsonapi::Document &each : documents.list) {
    related.clear();
    refs.clear();
    std::size_t count = 0;
    for (const jsonapi::Related &relationship : each.related) {
      count += relationship.references.size();
    }
    refs.reserve(count); // so that the pointers into it stay
    for (const jsonapi::Related &relationship : each.related) {
      parley_related shown{};
      shown.size = static_cast<std::uint32_t>(sizeof shown);
      shown.name = cpp::str(relationship.name);
      shown.refs = refs.data() + refs.size();
      shown.ref_count = relationship.references.size();
      for (const domain::Reference &reference : relationship.references) {
        refs.push_back(cpp::ref(reference.type, reference.id));
      }
      related.push_back(shown);
    }
    parley_document document{};
    document.size = static_cast<std::uint32_t>(sizeof document);
    document.related_size = static_cast<std::uint32_t>(sizeof(parley_related));
    document.version = static_cast<std::uint64_t>(each.version);
    document.ref = cpp::ref(each.type, each.id);
    document.json = cpp::str(documents.json(each));
    document.cursor = cpp::str(each.cursor);
    document.related = related.data();
    document.related_count = related.size();
    if (result->document(result, &document) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}

} // namespace parley::abi
