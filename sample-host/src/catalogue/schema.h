// The tables of the host's own file.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_SCHEMA_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_SCHEMA_H

namespace host {

class Connection;

// Whether the tables are there. Throws DatabaseError where the file is of another version.
bool has_schema(Connection &connection);
void create_schema(Connection &connection);

} // namespace host

#endif
