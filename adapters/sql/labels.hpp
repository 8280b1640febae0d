#pragma once

#include <map>
#include <set>
#include <vector>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "plugin/store/queries.hpp"

namespace parley::adapters::sql {

using Labels = std::map<domain::Reference, store::RecordLabel>;

/// Those of the records that are known.
Labels read_labels(Session &session, const Dialect &dialect, const std::set<domain::Reference> &records);

/// Stores what is new in them, and keeps the sort keys of conversations that name their records.
void save_labels(Session &session, const std::vector<store::RecordLabel> &labels);

/// The records are gone. What was known of them stays readable.
void mark_deleted(Session &session, const domain::Reference &record, domain::Time now);

} // namespace parley::adapters::sql
