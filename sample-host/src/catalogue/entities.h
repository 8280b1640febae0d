// The host's own entities, described once: tables, columns, relationships, and what an access level means for them.
//
// SQL fragments speak of the table as "t"; `joins` names the others. The API, the grids, the records table for plugins and
// the access rule all follow from these descriptions.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_ENTITIES_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_ENTITIES_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sample-host/src/text.h"

namespace host {

// How a column is stored, and what becomes of it in a document.
enum class Storage {
  text,
  integer,
  time,  // microseconds -> RFC 3339
  cents, // -> "12.50"
  json,  // JSON text -> the value
};

struct AttributeDescription {
  std::string name;
  Labels label;
  std::uint32_t type;  // PARLEY_TYPE_*
  std::uint32_t flags; // PARLEY_FIELD_*
  std::uint32_t applications;
  std::string sql;
  Storage storage = Storage::text;
};

// To one.
struct RelationshipDescription {
  std::string name;
  Labels label;
  std::string target; // JSON:API type
  std::uint32_t flags;
  std::uint32_t applications;
  std::string sql;      // of the id
  std::string sort_sql; // of the target's title
};

// Whom a record belongs to: SQL of ids; empty where that does not apply.
struct OwnershipDescription {
  std::string user; // the responsible one; of a user: itself
  std::string unit;
  std::string customer;
  std::string customer_user;
  std::string organization;
  std::string website;
};

struct EntityDescription {
  std::string type;
  Labels label;
  Labels plural_label;
  std::string icon;
  std::uint32_t traits;
  std::uint32_t backoffice_actions;
  std::uint32_t storefront_actions;
  std::string table;
  std::string joins;
  std::string title_sql;
  bool full_title_has_label; // "Order ORD-1001", but "Amanda Cole"
  std::string default_sort;
  OwnershipDescription ownership;
  std::vector<AttributeDescription> attributes;
  std::vector<RelationshipDescription> relationships;
};

const std::vector<EntityDescription> &entity_descriptions();
const EntityDescription *find_entity(std::string_view type);

} // namespace host

#endif
