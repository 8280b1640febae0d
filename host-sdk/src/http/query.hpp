// The query of a request: filters, sort, page, include, sparse fieldsets.
#ifndef PARLEY_HOST_HTTP_QUERY_HPP
#define PARLEY_HOST_HTTP_QUERY_HPP

#include "host-sdk/src/http/exchange.hpp"

#include <map>
#include <optional>
#include <parley/ext/entity.h>
#include <string>
#include <vector>

namespace parley::host {

struct Filter {
  std::uint32_t operation = PARLEY_FILTER_EQUAL;
  std::string field;
  std::string type;
  std::vector<std::string> values;
};

struct Sort {
  std::string field;
  bool descending = false;
};

// "owner,lastMessage.participant" as a tree.
struct IncludeTree {
  std::map<std::string, IncludeTree> children;
};

struct Query {
  std::vector<Filter> filters;
  std::vector<Sort> sorts;
  IncludeTree include;
  std::map<std::string, std::vector<std::string>> fields; // by type
  std::uint32_t page_size = 0;                            // 0: of no entity
  std::uint32_t page_number = 0;
  std::string after;
  std::string before;
  bool total = false;
  std::string panel;

  // The sparse fieldset of a type; NULL: all fields.
  const std::vector<std::string> *fields_of(const std::string &type) const;
};

// What may stand in the query of a request.
constexpr unsigned allow_representation = 1; // include, fields
constexpr unsigned allow_filters = 2;
constexpr unsigned allow_sorts = 4;
constexpr unsigned allow_pages = 8;
constexpr unsigned allow_panel = 16; // filter[panel]
constexpr unsigned allow_list = allow_representation | allow_filters | allow_sorts | allow_pages;

// Reads the query for documents of `entity` (NULL: nothing but what needs none). Refuses (400) with every fault.
Query read_query(Exchange &exchange, const Entity *entity, unsigned allowed);
// For documents of several types: what can be included from one of them can be included.
Query read_query(Exchange &exchange, const std::vector<const Entity *> &entities, unsigned allowed);

// "filter[source][orders]" -> "filter", {"source", "orders"}. False where brackets do not match.
bool split_parameter(std::string_view name, std::string &family, std::vector<std::string> &path);

// One filter[...]: `path` is what stands in the brackets. A fault instead of a filter where it is wrong.
std::optional<Filter> read_filter(const Entity &entity, std::uint32_t application, const std::vector<std::string> &path,
                                  const std::string &value, std::string &complaint);

// A query as the C interface has it. Borrows from `query`, which outlives it.
class QueryArgument {
public:
  QueryArgument(const Query &query, const Entity &entity);
  QueryArgument(const QueryArgument &) = delete;
  QueryArgument &operator=(const QueryArgument &) = delete;

  const parley_query *get() const { return &query_; }

private:
  std::vector<std::vector<parley_str>> values_;
  std::vector<parley_filter> filters_;
  std::vector<parley_sort> sorts_;
  std::vector<parley_str> fields_;
  parley_query query_;
};

} // namespace parley::host

#endif
