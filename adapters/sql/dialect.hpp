#pragma once

#include <string>
#include <vector>

#include "adapters/connection/session.hpp"

namespace parley::adapters::sql {

/// What a search looks through: words that stand as index tokens, with a space between them, in one column.
enum class Searched {
  names,   ///< conversation.name_words
  messages ///< message.words
};

/// What holds a token: it stands there as a whole, or at least as the beginning of one.
enum class Held { beginnings, whole };

/// A column of rows that are bound to a statement.
struct Listed {
  std::string name;
  Kind kind = Kind::text;
  bool lengthy = false; ///< a text that may be longer than 255 characters
};

/// A column of the row that is changed, and what it is to hold.
struct Assignment {
  std::string column;
  std::string value;
};

/// What databases say in different words. Everything else in this folder is the same for all of them.
class Dialect {
public:
  virtual ~Dialect() = default;

  /// A select with one column, value: the elements of the JSON array that is bound to `placeholder`.
  [[nodiscard]] virtual std::string elements(const std::string &placeholder, Kind kind) const = 0;
  /// A select with these columns: the arrays in the JSON array that is bound to `placeholder`, a row each.
  [[nodiscard]] virtual std::string rows(const std::string &placeholder, const std::vector<Listed> &columns) const = 0;
  /// The same with two columns, a and b.
  [[nodiscard]] std::string pairs(const std::string &placeholder, Kind a, Kind b) const {
    return rows(placeholder, {{"a", a}, {"b", b}});
  }
  /// An update of one row of the table (alias r) for each row of the select `given` (alias w). `key`: the table's primary
  /// key is what the given row says. Values refer to both rows as they were, and
  /// of the changed one to columns only that are not changed, or to the column itself.
  [[nodiscard]] virtual std::string update_each(const std::string &table, const std::string &given,
                                                const std::string &key,
                                                const std::vector<Assignment> &assignments) const {
    std::string text;
    for (const Assignment &each : assignments) {
      text += (text.empty() ? " set " : ", ") + each.column + " = " + each.value;
    }
    return "update " + table + " as r" + text + " from (" + given + ") w where " + key;
  }
  /// A condition: of the participants that an event kept (its column is `json`), one is this actor.
  [[nodiscard]] virtual std::string keeps_participant(const std::string &json, const std::string &type,
                                                      const std::string &id) const = 0;
  /// A JSON array of expressions, separated by commas.
  [[nodiscard]] virtual std::string json_array(const std::string &expressions) const {
    return "json_array(" + expressions + ")";
  }
  /// The aggregate of such arrays over all rows, in any order: a JSON array of them. Of no rows it may be NULL.
  [[nodiscard]] virtual std::string json_rows(const std::string &array) const = 0;
  /// The later of two columns.
  [[nodiscard]] virtual std::string greatest(const std::string &left, const std::string &right) const = 0;
  /// The column, so that no index is chosen for it: for conditions that most rows fit, where the list's order matters
  /// more.
  [[nodiscard]] virtual std::string without_index(const std::string &column) const { return column; }
  /// A placeholder for a whole number, where nothing beside it tells its kind.
  [[nodiscard]] virtual std::string whole(const std::string &placeholder) const { return placeholder; }
  /// " join ", whose tables are read in the order in which they stand.
  [[nodiscard]] virtual std::string ordered_join() const = 0;
  /// The same with the rows of a table whose ids a select gives, which may refer to the tables before it.
  [[nodiscard]] virtual std::string join_each(const std::string &table, const std::string &alias,
                                              const std::string &select) const {
    return ordered_join() + table + " " + alias + " on " + alias + ".id in (" + select + ")";
  }

  /// " join ", from rows that are read in the order of a list to what they belong to. A database that knows when another
  /// way is shorter is left to choose.
  [[nodiscard]] virtual std::string walking_join() const { return " join "; }
  /// At the end of a select of one table: its rows stay as they are until the transaction ends.
  [[nodiscard]] virtual std::string for_update() const { return {}; }
  /// The same, but others may have them in this way as well.
  [[nodiscard]] virtual std::string for_share() const { return {}; }
  /// The database works in this process: a statement more costs no round trip.
  [[nodiscard]] virtual bool in_process() const { return false; }
  /// A select with one column, id: the rows of the table that hold what the search text asks for that is bound to
  /// `placeholder`.
  [[nodiscard]] virtual std::string matching(Searched searched, const std::string &placeholder) const = 0;
  /// The search text that asks for all of these; at least one. They are small ASCII letters and digits.
  [[nodiscard]] virtual std::string search_text(const std::vector<std::string> &tokens, Held held) const = 0;
  /// The end of an update or a delete, from its "where": of the table's rows that fit the condition, in its order, no
  /// more than `limit`. `key`: its primary key's columns.
  [[nodiscard]] virtual std::string some_of(const std::string &table, const std::string &key,
                                            const std::string &condition, const std::string &limit) const {
    return " where (" + key + ") in (select " + key + " from " + table + " where " + condition + " limit " + limit +
           ")";
  }
  /// Whether the select of an IN may end with a limit, and refer to the statement around it.
  [[nodiscard]] virtual bool in_the_first() const { return true; }
  /// A condition as an index says it: the conversation is active. `alias` is empty or ends with a dot.
  [[nodiscard]] virtual std::string is_active(const std::string &alias) const {
    return alias + "status not in ('inactive', 'closed')";
  }
  /// Since when nobody wrote in a conversation, as that index has it.
  [[nodiscard]] virtual std::string idle_since(const std::string &alias) const {
    return greatest(alias + "created_at", alias + "all_last_text_at");
  }
  /// Only one transaction writes at a time.
  [[nodiscard]] virtual bool one_writer() const { return false; }
};

} // namespace parley::adapters::sql
