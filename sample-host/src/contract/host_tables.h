// The tables that plugins may ask this host for.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_HOST_TABLES_H
#define PARLEY_SAMPLE_HOST_CONTRACT_HOST_TABLES_H

#include <parley/ext/access.h>
#include <parley/ext/records.h>
#include <parley/host.h>

namespace host {

// parley_runtime_options::get_extension. Services are in parley_host::data.
const void *PARLEY_ABI host_table(const parley_host *host, const parley_str *id) noexcept;

const parley_access *access_table();
const parley_records *records_table();

} // namespace host

#endif
