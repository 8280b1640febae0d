#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// Somebody who is told of events.
struct Listener {
  domain::Reference actor;
  domain::Audience audience = domain::Audience::backoffice;
  std::string organization; ///< id, or empty
  std::string website;      ///< id, or empty
  std::string locale = "en";
};

/// The rights of listeners. Each question is one host call, however many it asks for; an empty one is none.
/// Failures as Directory's.
class ListenerRights {
public:
  virtual ~ListenerRights() = default;

  /// How far the permission on conversations of each of these listeners (indices) reaches.
  virtual domain::Result<std::vector<domain::Scope>> scopes(std::string_view permission,
                                                            const std::vector<std::uint32_t> &listeners) = 0;
};

/// An event for those who are told of it in the same way.
struct FeedPart {
  store::Position position = 0;
  domain::EventView view;
  std::int64_t twin = 1;                ///< see store::PublicMark
  std::vector<std::uint32_t> listeners; ///< ascending, at least one
};

struct Feed {
  std::vector<FeedPart> parts;  ///< ascending by position
  store::Position position = 0; ///< read behind this next time
  bool reload = false;          ///< what lies behind the position that was asked for is gone, or never was
  bool more = false;
};

inline constexpr std::uint32_t largest_feed_page = 500; ///< events

/// Reads the events behind `after` (nothing: only where the feed stands) and tells each listener what it may see now.
/// Statements and host calls do not grow with the listeners. limit 0: as many as there may be.
[[nodiscard]] domain::Result<Feed> read_feed(const Call &call, const std::vector<Listener> &listeners,
                                             ListenerRights &rights, std::optional<store::Position> after,
                                             std::uint32_t limit);

} // namespace parley::app
