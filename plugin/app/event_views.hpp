#pragma once

#include <optional>
#include <string_view>

#include "plugin/app/labels.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/store/event_store.hpp"

namespace parley::app {

/// Who an event names to an audience: the one who did it; in the storefront the one whose message it brought, since it
/// never learns who typed it or who worked behind the counter.
[[nodiscard]] const domain::Reference &shown_actor(const store::EventRow &event, domain::Audience audience);

/// May the audience be told of such an event at all? The storefront of public ones of the kinds that it knows.
[[nodiscard]] bool told_to(const store::EventRow &event, domain::Audience audience);

/// The event in the words and numbers of an audience, in the language of `locale`. Labels of the actor are known or not.
[[nodiscard]] domain::EventView view_of(const store::EventRow &event, domain::Audience audience,
                                        std::string_view locale, const RecordTypes &types, const Labels &labels);

} // namespace parley::app
