// Maintenance jobs of the started plugins.
#ifndef PARLEY_HOST_JOBS_HPP
#define PARLEY_HOST_JOBS_HPP

#include "host-sdk/src/runtime.hpp"

namespace parley::host {

std::int32_t put_jobs(const Runtime &runtime, const parley_runtime_job_sink &sink);

// Writes `more` on success alone.
std::int32_t run_job(const Runtime &runtime, const parley_call &call, std::string_view plugin_name,
                     std::string_view job_name, std::uint32_t &more, const parley_error_sink *errors);

} // namespace parley::host

#endif
