// The tables of the host's own file.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_SCHEMA_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_SCHEMA_H

namespace host {

class Connection;

// Brings an older schema up to date. False where there is none yet. Throws where it is newer than this program.
bool upgrade_schema(Connection &connection);
void create_schema(Connection &connection);

} // namespace host

#endif
