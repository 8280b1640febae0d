// Tables for hosts that do not have them: the system's clock, and settings that are the same in every scope.
#ifndef PARLEY_HOST_FALLBACKS_HPP
#define PARLEY_HOST_FALLBACKS_HPP

#include <parley/ext/clock.h>
#include <parley/ext/settings.h>

namespace parley::host {

const parley_clock &system_clock_table();
// Answers from Runtime::Options::settings.
const parley_settings &fixed_settings_table();

} // namespace parley::host

#endif
