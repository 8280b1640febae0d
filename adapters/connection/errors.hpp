#pragma once

#include "adapters/connection/database_error.hpp"

namespace soci {
class soci_error;
}

namespace parley::adapters {

/// What SOCI threw, as a DatabaseError whose message holds neither the statement nor bound values. For this folder's
/// sources only.
DatabaseError translated(const soci::soci_error &error);

/// What a failed attempt to connect threw: always unavailable, and lost. `to` begins the message where the client library does
/// not say where it wanted to connect: "connection to ... failed: ".
DatabaseError not_connected(const soci::soci_error &error, const std::string &to = {});

} // namespace parley::adapters
