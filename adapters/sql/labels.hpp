#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "plugin/store/queries.hpp"

namespace parley::adapters::sql {

using Labels = std::map<domain::Reference, store::RecordLabel>;

/// A label that says nothing new is stored again only when the stored one is older than this; microseconds.
constexpr domain::Time label_fresh = 3600LL * 1'000'000;

/// As it is stored: sorted by its title where nothing else is given.
store::RecordLabel with_sort_key(store::RecordLabel label);

/// `lock`: of the dialect, or nothing.
std::optional<store::RecordLabel> find_label(Session &session, const domain::Reference &record,
                                             const std::string &lock = {});

/// Of several records, in one statement.
Labels find_labels(Session &session, const Dialect &dialect, const std::vector<domain::Reference> &records,
                   const std::string &lock = {});

/// Stores what is new in them, and keeps the sort keys of conversations that name their records: of a few hundred at
/// once, so that a command never works through everything that a customer ever asked. What was known of a record that is
/// gone stays readable. However many they are, it takes five statements, and one for each member in which conversations
/// name one of them by another sort key. Those of the records that have something left to settle; their labels are marked.
std::vector<domain::Reference> save_labels(Session &session, const Dialect &dialect,
                                           const std::vector<store::RecordLabel> &given);

/// Sees to it that each has a label, though an empty one, so that a job looks it up. It stays as it is until the
/// transaction ends: whoever changes it then finds what was written about its record.
void know(Session &session, const Dialect &dialect, const std::set<domain::Reference> &records);

/// Gives the label's sort key to at most `limit` conversations for each member that names the record. True: there may be
/// more.
bool carry_sort_key(Session &session, const Dialect &dialect, const store::RecordLabel &label, std::uint32_t limit);

/// The same for one of these members: owner, customer, customer_user.
bool carry_sort_key_as(const std::string &member, Session &session, const Dialect &dialect,
                       const store::RecordLabel &label, std::uint32_t limit);

} // namespace parley::adapters::sql
