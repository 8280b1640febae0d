// Reads and deletes the host's own records, as far as an actor may. One implementation for all descriptions.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_ENTITY_READER_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_ENTITY_READER_H

#include <cstdint>
#include <string>
#include <vector>

#include "sample-host/src/actor.h"
#include "sample-host/src/catalogue/database.h"
#include "sample-host/src/catalogue/entities.h"

namespace host {

struct Filter {
  std::uint32_t operation; // PARLEY_FILTER_*
  std::string field;
  std::vector<std::string> values;
};

struct Sort {
  std::string field;
  bool descending;
};

struct ListQuery {
  std::vector<Filter> filters;
  std::vector<Sort> sorts;
  std::string after;
  std::string before;
  std::uint32_t page_size = 25;
  std::uint32_t page_number = 0;
  bool want_total = false;
};

struct Record {
  std::string id;
  std::vector<Cell> attributes;    // in the order of the description
  std::vector<Cell> relationships; // ids
  std::string cursor;
};

struct RecordPage {
  std::vector<Record> records;
  bool has_previous = false;
  bool has_next = false;
  std::uint64_t total = 0;
};

// What is known of a record, whoever asks.
struct RecordFacts {
  std::string id;
  std::string title;
  std::string user;
  std::string unit;
  std::string customer;
  std::string customer_user;
  std::string organization;
  std::string website;
};

// [thread-safe]. Throws Fault for what the actor may not or did wrong, DatabaseError for what broke.
class EntityReader {
public:
  explicit EntityReader(Database &database) : database_(database) {}

  RecordPage list(const EntityDescription &entity, const Actor &actor, const ListQuery &query);
  std::uint64_t count(const EntityDescription &entity, const Actor &actor, const std::vector<Filter> &filters);
  // Those that exist and may be seen, in the order of `ids`.
  std::vector<Record> get(const EntityDescription &entity, const Actor &actor, const std::vector<std::string> &ids);
  std::vector<std::string> visible(const EntityDescription &entity, const Actor &actor,
                                   const std::vector<std::string> &ids);
  std::vector<RecordFacts> facts(const EntityDescription &entity, const std::vector<std::string> &ids);
  // Titles that hold the words, best first.
  std::vector<RecordFacts> search(const EntityDescription &entity, const Actor &actor, const std::string &words,
                                  std::uint32_t limit);
  // Whether `permission` ("delete") covers at least something of the entity.
  bool may(const EntityDescription &entity, const Actor &actor, const std::string &permission);
  void remove(const EntityDescription &entity, const Actor &actor, const std::string &id);

private:
  Database &database_;
};

} // namespace host

#endif
