// parley.feed/1
#include <parley/ext/feed.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/abi/host_listeners.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/read_feed.hpp"
#include "plugin/jsonapi/feed_cursor.hpp"

namespace parley::abi {
namespace {

constexpr auto last_position = static_cast<std::uint64_t>(std::numeric_limits<store::Position>::max());

/// Nothing: one of them cannot be a listener.
std::optional<std::vector<app::Listener>> listeners_of(const parley_call *const *calls, std::size_t count) {
  std::vector<app::Listener> listeners;
  listeners.reserve(count);
  for (std::size_t index = 0; index < count; ++index) {
    const parley_call *call = calls[index];
    if (call == nullptr || !PARLEY_HAS(call, parley_call, actor) ||
        (call->application != PARLEY_APPLICATION_BACKOFFICE && call->application != PARLEY_APPLICATION_STOREFRONT)) {
      return std::nullopt;
    }
    app::Request request = request_of(*call, 0);
    listeners.push_back({std::move(request.actor), request.audience, std::move(request.organization),
                         std::move(request.website), std::move(request.locale)});
  }
  return listeners;
}

std::int32_t put(const app::Feed &feed, const parley_feed_sink *result) {
  for (const app::FeedPart &part : feed.parts) {
    const std::string cursor = jsonapi::feed_cursor(part.view, part.twin);
    const std::string json = jsonapi::event_json(part.view);
    parley_feed_event event{};
    event.size = static_cast<std::uint32_t>(sizeof event);
    event.position = static_cast<std::uint64_t>(part.position);
    event.kind = cpp::str(part.view.kind);
    event.cursor = cpp::str(cursor);
    event.json = cpp::str(json);
    event.listeners = part.listeners.data();
    event.listener_count = part.listeners.size();
    if (result->put(result, &event) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}

std::int32_t PARLEY_ABI read(const parley_plugin *plugin, const parley_call *call, const parley_call *const *listeners,
                             std::size_t listener_count, std::uint64_t position, std::uint32_t limit,
                             const parley_feed_sink *result, parley_feed_state *state,
                             const parley_error_sink *errors) noexcept {
  return serve(plugin->data, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (state == nullptr || !PARLEY_HAS(state, parley_feed_state, position)) {
      return exchange.too_small("parley_feed_state");
    }
    const auto told = listeners_of(listeners, listener_count);
    if (!told) {
      return cpp::report(errors, PARLEY_INVALID, "no-listener",
                         "A listener is missing, too small, or of an unknown application.");
    }
    const bool latest = position == PARLEY_FEED_LATEST;
    const auto after = static_cast<store::Position>(std::min(position, last_position));
    HostListeners rights(Instance::of(plugin).host(), *call, exchange.directory(), listeners);
    const auto feed = app::read_feed(exchange.call(), *told, rights,
                                     latest ? std::nullopt : std::optional<store::Position>(after), limit);
    if (!feed) {
      return exchange.fail(feed.failure());
    }
    const std::int32_t status = put(feed.value(), result);
    if (status == PARLEY_OK) {
      state->flags = (feed->reload ? PARLEY_FEED_RELOAD : 0U) | (feed->more ? PARLEY_FEED_MORE : 0U);
      state->position = static_cast<std::uint64_t>(feed->position);
    }
    return status;
  });
}

std::int32_t PARLEY_ABI wait(const parley_plugin *plugin, const parley_call *call, std::uint64_t position,
                             std::int64_t timeout_us, const parley_error_sink *errors) noexcept {
  return serve(plugin->data, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (position > last_position) {
      return PARLEY_OK; // there is no such position: reading says so
    }
    const cpp::Guard &guard = Instance::of(plugin).guard();
    const app::Request &request = exchange.request();
    const auto cancelled = [&] { return request.cancelled && request.cancelled(); };
    const auto over = [&] { return !guard.is_open() || cancelled(); };
    const std::chrono::microseconds timeout(
        std::max<std::int64_t>(0, std::min<std::int64_t>(timeout_us, call->time_left_us)));
    const auto done = exchange.call().events.wait(static_cast<store::Position>(position), timeout, over);
    if (!guard.is_open()) {
      return cpp::report(errors, PARLEY_STOPPED, "stopped", "The plugin is being stopped.");
    }
    if (cancelled()) {
      return exchange.fail(app::refuse(exchange.call(), domain::Code::cancelled, app::Text::cancelled));
    }
    // A look that the end of the call's time cut short has found nothing.
    const bool expired = request.expired && request.expired();
    return done || expired ? PARLEY_OK : exchange.fail(app::worded(exchange.call(), done.failure()));
  });
}

std::int32_t PARLEY_ABI locate(const parley_plugin *plugin, const parley_call *call, const parley_str *cursor,
                               std::uint64_t *position, const parley_error_sink *errors) noexcept {
  return serve(plugin->data, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    const std::string_view text = cursor == nullptr ? std::string_view() : cpp::view(*cursor);
    std::optional<store::Position> found;
    if (exchange.backoffice()) {
      found = jsonapi::parse_position_cursor(text);
    } else if (const auto mark = jsonapi::parse_public_cursor(text)) {
      const auto located = exchange.call().events.locate(*mark);
      if (!located) {
        return exchange.fail(app::worded(exchange.call(), located.failure()));
      }
      if (!located.value()) {
        return exchange.not_found();
      }
      found = located.value();
    }
    if (!found) {
      return cpp::report(errors, PARLEY_MALFORMED, "cursor", "This is not a cursor of the feed.");
    }
    *position = static_cast<std::uint64_t>(*found);
    return PARLEY_OK;
  });
}

} // namespace

const parley_feed feed_table{static_cast<std::uint32_t>(sizeof(parley_feed)), 0, &read, &wait, &locate};

} // namespace parley::abi
