#include "adapters/connection/errors.hpp"

#include <soci/soci.h>

#include <soci/mysql/soci-mysql.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <string_view>

#include <mysqld_error.h>

namespace parley::adapters {
namespace {

constexpr int kPrimaryCode = 0xff;

constexpr unsigned kLastClientError = 2999;

template <class List, class Value>
bool one_of(const List &list, const Value &value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Without what stands between the first and the last of these quotation marks: values of the statement.
std::string without_quoted(std::string text, char quote) {
  const auto first = text.find(quote);
  const auto last = text.rfind(quote);
  if (first != std::string::npos && last > first) {
    text.replace(first, last - first + 1, "...");
  } else if (first != std::string::npos) {
    text.erase(first);
  }
  return text;
}

/// With one blank for whatever else stands between words.
std::string one_line(const std::string &text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (!line.empty() && line.back() == ' ') {
    line.pop_back();
  }
  return line;
}

/// SOCI begins messages with what it did itself.
std::string without_begin(const std::string &text, const std::string &last_of_it) {
  const auto at = text.find(last_of_it);
  return at == std::string::npos ? text : text.substr(at + last_of_it.size());
}

/// Whether the text begins as a server's own messages do. What triggers and functions raise may hold what people wrote,
/// under whatever code.
template <class List>
bool is_known(const std::string &text, const List &beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view each) { return text.compare(0, each.size(), each) == 0; });
}

constexpr auto kNotRepeated = "(its text is not repeated: it may hold what people wrote)";

ErrorKind sqlite_kind(int result, const std::string &message) {
  switch (result & kPrimaryCode) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return ErrorKind::busy;
  case SQLITE_CONSTRAINT:
    return result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY ? ErrorKind::unique
                                                                                        : ErrorKind::constraint;
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_CORRUPT:
  case SQLITE_FULL:
  case SQLITE_READONLY:
  case SQLITE_NOTADB:
  case SQLITE_PERM:
  case SQLITE_PROTOCOL:
    return ErrorKind::unavailable;
  case SQLITE_ERROR:
    return message.find("no such table") != std::string::npos || message.find("no such column") != std::string::npos ||
                   message.find("has no column named") != std::string::npos
               ? ErrorKind::schema
               : ErrorKind::unexpected;
  default:
    return ErrorKind::unexpected;
  }
}

ErrorKind postgresql_kind(const std::string &state) {
  // Serialization failure, deadlock, lock timeout.
  static constexpr std::array<std::string_view, 3> again{"40001", "40P01", "55P03"};
  // The server ends or refuses the session, a session that waited too long, a standby, a lost or full disk.
  static constexpr std::array<std::string_view, 6> unavailable{"57P01", "57P02", "57P03", "57P05", "25P03", "25006"};
  // Undefined table, column, function, object, schema.
  static constexpr std::array<std::string_view, 5> schema{"42P01", "42703", "42883", "42704", "3F000"};
  // Too long, out of range, not in the encoding.
  static constexpr std::array<std::string_view, 4> data{"22001", "22003", "22021", "22P05"};
  const std::string_view klass = std::string_view(state).substr(0, 2);
  if (one_of(again, state)) {
    return ErrorKind::again;
  }
  if (state == "57014") { // cancelled, by statement_timeout too
    return ErrorKind::busy;
  }
  if (one_of(unavailable, state) || klass == "08" || klass == "53" || klass == "58") {
    return ErrorKind::unavailable;
  }
  if (state == "23505") {
    return ErrorKind::unique;
  }
  if (klass == "23" || one_of(data, state)) {
    return ErrorKind::constraint;
  }
  if (state == "42501") {
    return ErrorKind::rights;
  }
  return one_of(schema, state) ? ErrorKind::schema : ErrorKind::unexpected;
}

/// The messages of these classes repeat values; the rest name tables, columns and keys. (Details, which hold values as
/// well, are switched off when connecting.)
std::string postgresql_message(const std::string &state, const std::string &message) {
  const std::string number = "PostgreSQL " + state + ": ";
  if (state == "P0001") {
    return number + "A trigger or function raised an exception";
  }
  static constexpr std::array<std::string_view, 43> known{"permission denied",
                                                          "must be ",
                                                          "relation \"",
                                                          "column ",
                                                          "function ",
                                                          "schema \"",
                                                          "type \"",
                                                          "sequence \"",
                                                          "terminating connection",
                                                          "the database system is",
                                                          "sorry, too many",
                                                          "remaining connection slots",
                                                          "too many connections",
                                                          "could not extend",
                                                          "could not write",
                                                          "could not open",
                                                          "could not read",
                                                          "could not serialize",
                                                          "could not access",
                                                          "could not fsync",
                                                          "could not resize",
                                                          "deadlock detected",
                                                          "canceling statement",
                                                          "cannot execute ",
                                                          "duplicate key value",
                                                          "insert or update on table",
                                                          "update or delete on table",
                                                          "new row for relation",
                                                          "null value in column",
                                                          "value too long",
                                                          "out of memory",
                                                          "out of shared memory",
                                                          "database \"",
                                                          "role \"",
                                                          "server closed the connection",
                                                          "connection to server",
                                                          "SSL ",
                                                          "current transaction is aborted",
                                                          "prepared statement",
                                                          "syntax error at",
                                                          "operator does not exist",
                                                          "no connection to the server",
                                                          "bigint out of range"};
  const std::string text = without_begin(message, without_begin(message, "ERROR: ") == message ? "FATAL: " : "ERROR: ");
  if (!is_known(text, known)) {
    return number + kNotRepeated;
  }
  const std::string told = number + text;
  return state.compare(0, 2, "22") == 0 ? told.substr(0, told.find('"')) + "..." : told;
}

// What MariaDB says about them names roles, rights and what they are rights on.
constexpr std::array<unsigned, 5> kDenied{ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR,
                                          ER_COLUMNACCESS_DENIED_ERROR, ER_PROCACCESS_DENIED_ERROR,
                                          ER_SPECIFIC_ACCESS_DENIED_ERROR};

constexpr std::array<unsigned, 4> kMariadbGone{CR_SERVER_GONE_ERROR, CR_SERVER_LOST, CR_SERVER_LOST_EXTENDED,
                                               ER_CONNECTION_KILLED};

ErrorKind mariadb_kind(unsigned code) {
  static constexpr std::array<unsigned, 3> again{ER_LOCK_DEADLOCK, ER_LOCK_WAIT_TIMEOUT, ER_CHECKREAD};
  static constexpr std::array<unsigned, 2> busy{ER_STATEMENT_TIMEOUT, ER_QUERY_INTERRUPTED};
  static constexpr std::array<unsigned, 23> unavailable{CR_CONNECTION_ERROR,
                                                        CR_CONN_HOST_ERROR,
                                                        CR_SERVER_GONE_ERROR,
                                                        CR_SERVER_LOST,
                                                        CR_SERVER_LOST_EXTENDED,
                                                        CR_SERVER_HANDSHAKE_ERR,
                                                        ER_CONNECTION_KILLED,
                                                        ER_UNKNOWN_COM_ERROR, // a cluster's node that is not ready
                                                        ER_SERVER_SHUTDOWN,
                                                        ER_NORMAL_SHUTDOWN,
                                                        ER_CON_COUNT_ERROR,
                                                        ER_TOO_MANY_USER_CONNECTIONS,
                                                        ER_USER_LIMIT_REACHED,
                                                        ER_OPTION_PREVENTS_STATEMENT, // read only
                                                        ER_READ_ONLY_MODE,
                                                        ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION,
                                                        ER_NET_READ_ERROR,
                                                        ER_NET_READ_INTERRUPTED,
                                                        ER_NET_ERROR_ON_WRITE,
                                                        ER_NET_WRITE_INTERRUPTED,
                                                        ER_DISK_FULL,
                                                        ER_RECORD_FILE_FULL,
                                                        ER_OUT_OF_RESOURCES};
  static constexpr std::array<unsigned, 2> unique{ER_DUP_ENTRY, ER_DUP_ENTRY_WITH_KEY_NAME};
  static constexpr std::array<unsigned, 10> constraint{ER_BAD_NULL_ERROR,       ER_ROW_IS_REFERENCED,
                                                       ER_NO_REFERENCED_ROW,    ER_ROW_IS_REFERENCED_2,
                                                       ER_NO_REFERENCED_ROW_2,  ER_CONSTRAINT_FAILED,
                                                       ER_DATA_TOO_LONG,        ER_WARN_DATA_OUT_OF_RANGE,
                                                       ER_NO_DEFAULT_FOR_FIELD, ER_TRUNCATED_WRONG_VALUE_FOR_FIELD};
  static constexpr std::array<unsigned, 4> schema{ER_NO_SUCH_TABLE, ER_BAD_FIELD_ERROR, ER_SP_DOES_NOT_EXIST,
                                                  ER_BAD_TABLE_ERROR};
  if (one_of(again, code)) {
    return ErrorKind::again;
  }
  if (one_of(busy, code)) {
    return ErrorKind::busy;
  }
  if (one_of(unavailable, code)) {
    return ErrorKind::unavailable;
  }
  if (one_of(unique, code)) {
    return ErrorKind::unique;
  }
  if (one_of(constraint, code)) {
    return ErrorKind::constraint;
  }
  if (one_of(kDenied, code)) {
    return ErrorKind::rights;
  }
  return one_of(schema, code) ? ErrorKind::schema : ErrorKind::unexpected;
}

/// What stands between the two, if both do.
std::string between(const std::string &text, const std::string &begin, const std::string &end) {
  const auto from = text.find(begin);
  const auto to = from == std::string::npos ? from : text.find(end, from + begin.size());
  return to == std::string::npos ? std::string() : text.substr(from + begin.size(), to - from - begin.size());
}

std::string after(const std::string &text, const std::string &begin) {
  const auto from = text.find(begin);
  return from == std::string::npos ? std::string() : text.substr(from + begin.size());
}

/// "The role "app" lacks the right INSERT on table crm.message". Empty: the message has another form.
std::string mariadb_lacking(unsigned code, const std::string &message) {
  std::string role = between(message, " to user '", "'@'");
  std::string right = message.substr(0, message.find(" command denied"));
  std::string of;
  switch (code) {
  case ER_TABLEACCESS_DENIED_ERROR:
    of = "table " + after(message, " for table ");
    break;
  case ER_COLUMNACCESS_DENIED_ERROR:
    of = "column " + between(message, " for column '", "'") + " of table " + between(message, " in table '", "'");
    break;
  case ER_PROCACCESS_DENIED_ERROR:
    of = "function " + between(message, " for routine '", "'");
    std::transform(right.begin(), right.end(), right.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
    break;
  case ER_DBACCESS_DENIED_ERROR:
    role = between(message, " for user '", "'@'");
    return role.empty() ? role
                        : "The role \"" + role + "\" lacks a right on database " +
                              between(message, " to database '", "'") + ", or there is no such database";
  default:
    return {};
  }
  of.erase(std::remove_if(of.begin(), of.end(), [](char c) { return c == '`' || c == '\''; }), of.end());
  return role.empty() || right.size() == message.size()
             ? std::string()
             : "The role \"" + role + "\" lacks the right " + right + " on " + of;
}

/// Values stand in MariaDB's statements, so its messages may repeat them: names are kept where nothing else is quoted.
std::string mariadb_message(unsigned code, std::string message) {
  static constexpr std::array<unsigned, 7> names_only{ER_NO_SUCH_TABLE,  ER_BAD_TABLE_ERROR,     ER_SP_DOES_NOT_EXIST,
                                                      ER_BAD_NULL_ERROR, ER_ROW_IS_REFERENCED_2, ER_NO_REFERENCED_ROW_2,
                                                      ER_BAD_FIELD_ERROR};
  if (const std::string lacking = mariadb_lacking(code, message); !lacking.empty()) {
    return lacking + " (MariaDB " + std::to_string(code) + ")";
  }
  const std::string number = "MariaDB " + std::to_string(code) + ": ";
  if (code == ER_SIGNAL_EXCEPTION) {
    return number + "A trigger or function raised an exception";
  }
  if (code == ER_DUP_ENTRY || code == ER_DUP_ENTRY_WITH_KEY_NAME) {
    const auto key = message.rfind(" for key ");
    return number + "Duplicate entry" + (key == std::string::npos ? "." : message.substr(key));
  }
  static constexpr std::array<std::string_view, 52> known{"Table '",
                                                          "Unknown table",
                                                          "Unknown column",
                                                          "FUNCTION ",
                                                          "PROCEDURE ",
                                                          "Column '",
                                                          "Cannot add or update",
                                                          "Cannot delete or update",
                                                          "CONSTRAINT ",
                                                          "Lock wait timeout",
                                                          "Deadlock found",
                                                          "Record has changed",
                                                          "Query execution was interrupted",
                                                          "Too many connections",
                                                          "User ",
                                                          "Host ",
                                                          "Access denied",
                                                          "The MariaDB server is running",
                                                          "Server shutdown",
                                                          "Normal shutdown",
                                                          "Connection was killed",
                                                          "The table '",
                                                          "Disk full",
                                                          "Got error",
                                                          "Out of ",
                                                          "WSREP",
                                                          "Lost connection",
                                                          "Server has gone away",
                                                          "Can't ",
                                                          "Unknown database",
                                                          "Unknown MySQL server",
                                                          "Unknown server",
                                                          "Transaction characteristics can",
                                                          "Data too long",
                                                          "Incorrect string value",
                                                          "Truncated incorrect",
                                                          "Cannot execute statement",
                                                          "This function has none",
                                                          "You do not have the SUPER",
                                                          "Field '",
                                                          "Commands out of sync",
                                                          "Failed to",
                                                          "Duplicate key name",
                                                          "Multiple primary key",
                                                          "Specified key",
                                                          "SSL ",
                                                          "TLS ",
                                                          "Got an error",
                                                          "Got packet",
                                                          "Malformed communication",
                                                          "Row size",
                                                          "Can't create"};
  if (!is_known(message, known)) {
    return number + kNotRepeated;
  }
  const bool names = one_of(names_only, code) || one_of(kDenied, code) || code == ER_CONSTRAINT_FAILED ||
                     (code >= CR_MIN_ERROR && code <= kLastClientError);
  if (!names) {
    message = without_quoted(without_quoted(std::move(message), '\''), '`');
  }
  return number + message;
}

} // namespace

DatabaseError translated(const soci::soci_error &error) {
  // what() would repeat the statement with the values that were bound.
  const std::string message = one_line(error.get_error_message());
  if (const auto *sqlite = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    const ErrorKind kind = sqlite_kind(sqlite->result(), message);
    const std::string code = std::to_string(sqlite->result());
    const std::string told =
        "SQLite " + code + ": " + (message.compare(0, 7, "sqlite3") == 0 ? without_begin(message, ": ") : message);
    // Of a search's words it would repeat those that it does not understand.
    return {kind, kind == ErrorKind::unexpected ? without_quoted(told, '"') : told, code};
  }
  if (const auto *postgresql = dynamic_cast<const soci::postgresql_soci_error *>(&error)) {
    const std::string state = postgresql->sqlstate();
    const std::string told = postgresql_message(state, message);
    // Connection exceptions, and what a server says when it ends a session.
    const bool lost = state.compare(0, 2, "08") == 0 || state.compare(0, 3, "57P") == 0;
    return lost ? DatabaseError::lost(ErrorKind::unavailable, told, state)
                : DatabaseError(postgresql_kind(state), told, state);
  }
  if (const auto *mariadb = dynamic_cast<const soci::mysql_soci_error *>(&error)) {
    const auto code = static_cast<unsigned>(mariadb->err_num_);
    const std::string told = mariadb_message(code, message);
    return one_of(kMariadbGone, code) ? DatabaseError::lost(ErrorKind::unavailable, told, std::to_string(code))
                                      : DatabaseError(mariadb_kind(code), told, std::to_string(code));
  }
  return {error.get_error_category() == soci::soci_error::connection_error ? ErrorKind::unavailable
                                                                           : ErrorKind::unexpected,
          message};
}

DatabaseError not_connected(const soci::soci_error &error, const std::string &to) {
  std::string message = one_line(error.get_error_message());
  std::string code;
  if (const auto *mariadb = dynamic_cast<const soci::mysql_soci_error *>(&error)) {
    // Nothing was asked: there are no values.
    const std::string lacking = mariadb_lacking(mariadb->err_num_, message);
    message = to + (lacking.empty() ? message : lacking);
    code = std::to_string(mariadb->err_num_);
  }
  return DatabaseError::lost(ErrorKind::unavailable, message, code);
}

} // namespace parley::adapters
