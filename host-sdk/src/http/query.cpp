#include "host-sdk/src/http/query.hpp"

#include "host-sdk/src/text.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace parley::host {
namespace {

constexpr std::size_t include_depth_max = 5;
constexpr std::uint32_t most_asked = 1000000000; // of page sizes and numbers

class QueryReader {
public:
  QueryReader(Exchange &exchange, std::vector<const Entity *> entities, unsigned allowed)
      : exchange_(exchange), entities_(std::move(entities)), entity_(entities_.empty() ? nullptr : entities_.front()),
        allowed_(allowed) {}

  Query read() {
    std::set<std::string> seen;
    for (const auto &parameter : exchange_.request.parameters) {
      name_ = parameter.name;
      if (!seen.insert(name_).second) {
        fault("duplicate-parameter", "The parameter is there twice.");
        continue;
      }
      one(parameter);
    }
    if (!query_.after.empty() && !query_.before.empty()) {
      name_ = "page[before]";
      fault("range-of-pages", "Only one of page[after] and page[before] can be given.");
    }
    if (query_.page_number != 0 && (!query_.after.empty() || !query_.before.empty())) {
      name_ = "page[number]";
      fault("conflicting-parameters", "page[number] cannot be given together with a cursor.");
    }
    if (!faults_.empty()) {
      throw Refusal{std::move(faults_), 400, {}};
    }
    if (query_.page_size == 0 && entity_ != nullptr) {
      query_.page_size = entity_->default_page_size;
    }
    return std::move(query_);
  }

private:
  bool allows(unsigned what) const { return (allowed_ & what) != 0; }

  void fault(std::string_view code, std::string detail) {
    faults_.push_back(make_fault(PARLEY_MALFORMED, code, std::move(detail), {}, name_));
  }

  void one(const Parameter &parameter) {
    std::string family;
    std::vector<std::string> path;
    if (!split_parameter(parameter.name, family, path)) {
      fault("unknown-parameter", "The name of the parameter is not understood.");
    } else if (family == "filter" && path.size() == 1 && path.front() == "panel" && allows(allow_panel)) {
      query_.panel = parameter.value;
    } else if (family == "filter" && entity_ != nullptr && allows(allow_filters)) {
      filter(path, parameter.value);
    } else if (family == "sort" && path.empty() && entity_ != nullptr && allows(allow_sorts)) {
      sort(parameter.value);
    } else if (family == "include" && path.empty() && entity_ != nullptr && allows(allow_representation)) {
      include(parameter.value);
    } else if (family == "fields" && path.size() == 1 && allows(allow_representation)) {
      fields(path.front(), parameter.value);
    } else if (family == "page" && path.size() == 1 && allows(allow_pages)) {
      page(path.front(), parameter.value);
    } else {
      fault("unknown-parameter", "The request does not know this parameter.");
    }
  }

  void filter(const std::vector<std::string> &path, const std::string &value) {
    std::string complaint;
    auto filter = read_filter(*entity_, exchange_.application, path, value, complaint);
    if (filter) {
      query_.filters.push_back(std::move(*filter));
    } else {
      fault("invalid-filter", complaint);
    }
  }

  void sort(std::string_view value) {
    for (const auto part : split(value, ',')) {
      auto term = trim(part);
      Sort sort;
      sort.descending = !term.empty() && term.front() == '-';
      sort.field = term.substr(sort.descending ? 1 : 0);
      const Attribute *attribute = entity_->attribute(sort.field, exchange_.application);
      const Relationship *relationship = entity_->relationship(sort.field, exchange_.application);
      const std::uint32_t flags = attribute != nullptr      ? attribute->flags
                                  : relationship != nullptr ? relationship->flags
                                                            : 0;
      if ((flags & PARLEY_FIELD_SORT) == 0) {
        fault("invalid-sort", "One cannot sort by \"" + sort.field + "\".");
      } else {
        query_.sorts.push_back(std::move(sort));
      }
    }
  }

  void include(std::string_view value) {
    if (trim(value).empty()) {
      return;
    }
    for (const auto part : split(value, ',')) {
      include_path(std::string(trim(part)));
    }
  }

  void include_path(const std::string &path) {
    const auto names = split(path, '.');
    if (names.size() > include_depth_max) {
      fault("invalid-include", "\"" + path + "\" goes too deep.");
      return;
    }
    std::vector<const Entity *> from = entities_;
    IncludeTree *node = &query_.include;
    for (const auto name : names) {
      std::vector<const Entity *> to;
      for (const auto *entity : from) {
        const Relationship *relationship = entity->relationship(name, exchange_.application);
        if (relationship == nullptr || relationship->paged() || (relationship->flags & PARLEY_FIELD_WRITE_ONLY) != 0) {
          continue;
        }
        for (const auto &type : relationship->types) {
          const Entity *target = exchange_.registry.entity(type);
          if (exchange_.readable(target) && std::find(to.begin(), to.end(), target) == to.end()) {
            to.push_back(target);
          }
        }
      }
      if (to.empty()) {
        fault("invalid-include", "\"" + path + "\" cannot be included.");
        return;
      }
      node = &node->children[std::string(name)];
      from = std::move(to);
    }
  }

  void fields(const std::string &type, std::string_view value) {
    const Entity *entity = exchange_.registry.entity(type);
    if (entity == nullptr || !entity->is_in(exchange_.application)) {
      fault("unknown-type", "There is no type \"" + type + "\".");
      return;
    }
    auto &names = query_.fields[type];
    if (trim(value).empty()) {
      return;
    }
    for (const auto part : split(value, ',')) {
      const auto name = trim(part);
      const Attribute *attribute = entity->attribute(name, exchange_.application);
      const Relationship *relationship = entity->relationship(name, exchange_.application);
      const std::uint32_t flags = attribute != nullptr      ? attribute->flags
                                  : relationship != nullptr ? relationship->flags
                                                            : 0;
      if ((attribute == nullptr && relationship == nullptr) || (flags & PARLEY_FIELD_WRITE_ONLY) != 0) {
        fault("unknown-field", type + " has no field \"" + std::string(name) + "\".");
      } else {
        names.emplace_back(name);
      }
    }
  }

  // said: what the complaint names as the most.
  std::optional<std::uint32_t> number(std::string_view value, std::uint32_t most, std::uint32_t said) {
    std::uint32_t number = 0;
    const char *end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number < 1 || number > most) {
      fault("invalid-page", "It takes a number from 1 to " + std::to_string(said) + ".");
      return std::nullopt;
    }
    return number;
  }

  std::uint32_t size(std::string_view value) {
    const std::size_t before = faults_.size();
    const auto rows = number(value, most_asked, PARLEY_PAGE_SIZE_MAX).value_or(0);
    if (faults_.size() == before && rows > PARLEY_PAGE_SIZE_MAX) {
      fault("page-too-large", "A page has at most " + std::to_string(PARLEY_PAGE_SIZE_MAX) + " rows.");
      faults_.back().meta = R"({"page":{"maxSize":)" + std::to_string(PARLEY_PAGE_SIZE_MAX) + "}}";
    }
    return rows;
  }

  void page(const std::string &name, const std::string &value) {
    if (name == "size") {
      query_.page_size = size(value);
    } else if (name == "number") {
      query_.page_number = number(value, most_asked, most_asked).value_or(0);
    } else if (name == "total") {
      query_.total = value == "true";
      if (value != "true" && value != "false") {
        fault("invalid-page", "It takes true or false.");
      }
    } else if (name == "after" || name == "before") {
      if (value.empty()) {
        fault("invalid-page", "It takes a cursor.");
      }
      (name == "after" ? query_.after : query_.before) = value;
    } else {
      fault("unknown-parameter", "The request does not know this parameter.");
    }
  }

  Exchange &exchange_;
  std::vector<const Entity *> entities_;
  const Entity *entity_; // the first of them, or NULL
  unsigned allowed_;
  std::string name_; // of the parameter that is being read
  Faults faults_;
  Query query_;
};

} // namespace

bool split_parameter(std::string_view name, std::string &family, std::vector<std::string> &path) {
  const std::size_t bracket = name.find('[');
  family = name.substr(0, bracket);
  while (bracket != std::string_view::npos && !name.empty()) {
    const std::size_t open = name.find('[');
    if (open == std::string_view::npos) {
      break;
    }
    const std::size_t close = name.find(']', open);
    if (close == std::string_view::npos || close == open + 1) {
      return false;
    }
    path.emplace_back(name.substr(open + 1, close - open - 1));
    name = name.substr(close + 1);
    if (!name.empty() && name.front() != '[') {
      return false;
    }
  }
  return !family.empty();
}

const std::vector<std::string> *Query::fields_of(const std::string &type) const {
  const auto found = fields.find(type);
  return found == fields.end() ? nullptr : &found->second;
}

Query read_query(Exchange &exchange, const Entity *entity, unsigned allowed) {
  return read_query(exchange, entity == nullptr ? std::vector<const Entity *>{} : std::vector<const Entity *>{entity},
                    allowed);
}

Query read_query(Exchange &exchange, const std::vector<const Entity *> &entities, unsigned allowed) {
  return QueryReader(exchange, entities, allowed).read();
}

QueryArgument::QueryArgument(const Query &query, const Entity &entity) : query_(sized<parley_query>()) {
  values_.reserve(query.filters.size());
  for (const auto &filter : query.filters) {
    values_.push_back(borrow_strings(filter.values));
    auto item = sized<parley_filter>();
    item.operation = filter.operation;
    item.field = str(filter.field);
    item.type = str(filter.type);
    item.values = values_.back().data();
    item.value_count = values_.back().size();
    filters_.push_back(item);
  }
  for (const auto &sort : query.sorts) {
    auto item = sized<parley_sort>();
    item.descending = sort.descending ? 1 : 0;
    item.field = str(sort.field);
    sorts_.push_back(item);
  }
  const auto *fields = query.fields_of(entity.type);
  if (fields != nullptr) {
    fields_ = borrow_strings(*fields);
  }
  query_.flags = fields == nullptr ? PARLEY_QUERY_ALL_FIELDS : 0;
  if (query.total || query.page_number != 0) {
    query_.flags |= PARLEY_QUERY_WANT_TOTAL;
  }
  query_.filter_size = size_of<parley_filter>();
  query_.sort_size = size_of<parley_sort>();
  query_.filters = filters_.data();
  query_.filter_count = filters_.size();
  query_.sorts = sorts_.data();
  query_.sort_count = sorts_.size();
  query_.fields = fields_.data();
  query_.field_count = fields_.size();
  query_.after = str(query.after);
  query_.before = str(query.before);
  query_.page_size = query.page_size != 0 ? query.page_size : entity.default_page_size;
  query_.page_number = query.page_number;
}

} // namespace parley::host
