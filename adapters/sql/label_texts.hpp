#pragma once

#include <string>

#include "adapters/sql/dialect.hpp"
#include "adapters/sql/json_text_reader.hpp"
#include "adapters/sql/labels.hpp"

/// Labels as JSON texts in the rows that refer to their records, so that a page and its labels are one statement.
namespace parley::adapters::sql {

/// A column: the label of the record that two columns name, or NULL where nothing is known of it.
std::string label_text(const Dialect &dialect, const std::string &type, const std::string &id);
/// Keeps what such a column held of `record`.
void read_label_text(const std::string &text, const domain::Reference &record, Labels &labels);

/// The same as elements of a longer JSON array: each preceded by a comma, of a left joined label with the alias l.
std::string label_elements();
void read_label_elements(JsonTextReader &reader, const domain::Reference &record, Labels &labels);

} // namespace parley::adapters::sql
