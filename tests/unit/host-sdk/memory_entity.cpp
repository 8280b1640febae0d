#include "memory_entity.hpp"

#include <algorithm>
#include <memory>
#include <parley/version.h>

namespace parley::tests {
namespace {

using nlohmann::json;

std::string text(const parley_str &from) {
  return {from.data == nullptr ? "" : from.data, from.size};
}
parley_str str(const std::string &from) {
  return {from.data(), from.size()};
}

void complain(const parley_error_sink *errors, std::int32_t status, const char *code, const std::string &detail,
              const std::string &pointer, const std::string &meta = {}) {
  if (errors == nullptr) {
    return;
  }
  const std::string code_text = code;
  parley_error error{};
  error.size = sizeof error;
  error.status = status;
  error.code = str(code_text);
  error.detail = str(detail);
  error.pointer = str(pointer);
  error.meta = str(meta);
  errors->report(errors, &error);
}

} // namespace

struct MemoryEntity::Thunks {
  static MemoryEntity &of(void *self) { return *static_cast<MemoryEntity *>(self); }

  static void put(const MemoryEntity &entity, const std::string &id, const Row &row, bool all,
                  const std::vector<std::string> &fields, const parley_result_sink *result) {
    const auto wanted = [&](const std::string &name) {
      return all || std::find(fields.begin(), fields.end(), name) != fields.end();
    };
    json document{{"type", entity.type_}, {"id", id}};
    for (const auto &item : row.attributes.items()) {
      if (wanted(item.key())) {
        document["attributes"][item.key()] = item.value();
      }
    }
    std::vector<std::vector<parley_ref>> refs;
    std::vector<parley_related> related;
    refs.reserve(row.related.size());
    for (const auto &item : row.related) {
      if (!wanted(item.first)) {
        continue;
      }
      refs.emplace_back();
      json linkage = json::array();
      for (const auto &ref : item.second) {
        refs.back().push_back({str(ref.first), str(ref.second)});
        linkage.push_back({{"type", ref.first}, {"id", ref.second}});
      }
      document["relationships"][item.first]["data"] = linkage;
      parley_related entry{};
      entry.size = sizeof entry;
      entry.name = str(item.first);
      entry.refs = refs.back().data();
      entry.ref_count = refs.back().size();
      related.push_back(entry);
    }
    const std::string bytes = document.dump();
    const std::string cursor = "c" + id;
    parley_document out{};
    out.size = sizeof out;
    out.related_size = sizeof(parley_related);
    out.version = row.version;
    out.ref = {str(entity.type_), str(id)};
    out.json = str(bytes);
    out.cursor = str(cursor);
    out.related = related.data();
    out.related_count = related.size();
    result->document(result, &out);
  }

  static std::vector<std::string> strings(const parley_str *from, std::size_t count) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < count; ++i) {
      result.push_back(text(from[i]));
    }
    return result;
  }

  static bool matches(const Row &row, const parley_filter &filter) {
    const std::string field = text(filter.field);
    const auto values = strings(filter.values, filter.value_count);
    const auto has = [&](const std::string &value) {
      return std::find(values.begin(), values.end(), value) != values.end();
    };
    if (filter.operation != PARLEY_FILTER_EQUAL) {
      return true;
    }
    const auto related = row.related.find(field);
    if (related != row.related.end()) {
      return std::any_of(related->second.begin(), related->second.end(),
                         [&](const auto &ref) { return has(ref.second); });
    }
    const auto &value = row.attributes.value(field, json());
    return has(value.is_string() ? value.get<std::string>() : value.dump());
  }

  static std::vector<std::string> find(MemoryEntity &entity, const parley_query *query) {
    entity.last_filters.clear();
    for (std::size_t i = 0; i < query->filter_count; ++i) {
      const auto &filter = query->filters[i];
      std::string line = text(filter.field) + (filter.type.size != 0 ? "/" + text(filter.type) : "") + " " +
                         std::to_string(filter.operation);
      for (const auto &value : strings(filter.values, filter.value_count)) {
        line += " " + value;
      }
      entity.last_filters.push_back(line);
    }
    entity.last_sorts.clear();
    for (std::size_t i = 0; i < query->sort_count; ++i) {
      entity.last_sorts.push_back((query->sorts[i].descending != 0 ? "-" : "") + text(query->sorts[i].field));
    }
    entity.last_page_number = query->page_number;
    std::vector<std::string> ids;
    for (const auto &row : entity.rows) {
      bool fits = true;
      for (std::size_t i = 0; i < query->filter_count; ++i) {
        fits = fits && matches(row.second, query->filters[i]);
      }
      if (fits) {
        ids.push_back(row.first);
      }
    }
    return ids;
  }

  static std::int32_t query(void *self, const parley_call *, const parley_query *query,
                            const parley_result_sink *result, const parley_error_sink *errors) {
    auto &entity = of(self);
    if (entity.before_query) {
      const std::int32_t status = entity.before_query();
      if (status != PARLEY_OK) {
        complain(errors, status, "planned", "It fails as planned.", {});
        return status;
      }
    }
    const auto ids = find(entity, query);
    std::size_t begin = 0;
    if (query->after.size != 0) {
      const auto found = std::find(ids.begin(), ids.end(), text(query->after).substr(1));
      begin = found == ids.end() ? ids.size() : static_cast<std::size_t>(found - ids.begin()) + 1;
    } else if (query->page_number > 1) {
      begin = std::min(ids.size(), std::size_t{query->page_size} * (query->page_number - 1));
    }
    const std::size_t end = std::min(ids.size(), begin + query->page_size);
    const bool all = (query->flags & PARLEY_QUERY_ALL_FIELDS) != 0;
    for (std::size_t i = begin; i < end; ++i) {
      put(entity, ids[i], entity.rows[ids[i]], all, strings(query->fields, query->field_count), result);
    }
    parley_page_info page{};
    page.size = sizeof page;
    page.flags = (begin > 0 ? PARLEY_PAGE_HAS_PREVIOUS : 0u) | (end < ids.size() ? PARLEY_PAGE_HAS_NEXT : 0u);
    if ((query->flags & PARLEY_QUERY_WANT_TOTAL) != 0) {
      page.flags |= PARLEY_PAGE_HAS_TOTAL;
      page.total = ids.size();
    }
    result->page(result, &page);
    return PARLEY_OK;
  }

  static std::int32_t get_many(void *self, const parley_call *, const parley_get *get, const parley_result_sink *result,
                               const parley_error_sink *) {
    auto &entity = of(self);
    ++entity.get_many_calls;
    entity.last_ids = strings(get->ids, get->id_count);
    for (const auto &id : entity.last_ids) {
      const auto found = entity.rows.find(id);
      if (found != entity.rows.end()) {
        put(entity, id, found->second, (get->flags & PARLEY_QUERY_ALL_FIELDS) != 0,
            strings(get->fields, get->field_count), result);
      }
    }
    return PARLEY_OK;
  }

  static std::int32_t count(void *self, const parley_call *, const parley_query *query, std::uint64_t *count,
                            const parley_error_sink *) {
    *count = find(of(self), query).size();
    return PARLEY_OK;
  }

  static std::int32_t write(MemoryEntity &entity, const parley_call *call, const parley_write *write,
                            const std::string &id, const parley_result_sink *result, const parley_error_sink *errors) {
    entity.last_idempotency_key = text(call->idempotency_key);
    entity.last_expected_version = write->expected_version;
    const json data = json::parse(text(write->json)).at("data");
    std::int32_t status = PARLEY_OK;
    for (const auto &name : entity.blank_names) {
      if (data.contains("attributes") && data["attributes"].value(name, json("x")) == json("")) {
        complain(errors, PARLEY_INVALID, "not-blank", "This value should not be blank.", "/data/attributes/" + name);
        status = PARLEY_INVALID;
      }
    }
    if (status != PARLEY_OK || (write->flags & PARLEY_WRITE_CHECK_ONLY) != 0) {
      return status;
    }
    Row &row = entity.rows[id];
    if (entity.always_stale || (write->expected_version != 0 && write->expected_version != row.version)) {
      complain(errors, PARLEY_STALE, "stale", "It was changed.", {},
               "{\"version\":" + std::to_string(row.version) + "}");
      return PARLEY_STALE;
    }
    ++entity.writes;
    if (data.contains("attributes")) {
      row.attributes.update(data["attributes"]);
    }
    put(entity, id, row, true, {}, result);
    return PARLEY_OK;
  }

  static std::int32_t create(void *self, const parley_call *call, const parley_write *write_,
                             const parley_result_sink *result, const parley_error_sink *errors) {
    return write(of(self), call, write_, "new 1", result, errors);
  }

  static std::int32_t update(void *self, const parley_call *call, const parley_write *write_,
                             const parley_result_sink *result, const parley_error_sink *errors) {
    if (of(self).rows.count(text(write_->id)) == 0) {
      return PARLEY_NOT_FOUND;
    }
    return write(of(self), call, write_, text(write_->id), result, errors);
  }

  static std::int32_t remove(void *self, const parley_call *, const parley_removal *removal,
                             const parley_error_sink *) {
    of(self).last_expected_version = removal->expected_version;
    return of(self).rows.erase(text(removal->id)) == 1 ? PARLEY_OK : PARLEY_NOT_FOUND;
  }

  static std::int32_t remove_many(void *self, const parley_call *, const parley_removal_many *removal,
                                  std::uint64_t *removed, const parley_error_sink *) {
    const auto ids = find(of(self), removal->query);
    of(self).last_expected_count = removal->expected_count;
    for (const auto &id : ids) {
      of(self).rows.erase(id);
    }
    *removed = ids.size();
    return PARLEY_OK;
  }

  static std::int32_t change_relationship(void *self, const parley_call *, const parley_relationship_change *change,
                                          const parley_result_sink *result, const parley_error_sink *) {
    auto &entity = of(self);
    const auto found = entity.rows.find(text(change->id));
    if (found == entity.rows.end()) {
      return PARLEY_NOT_FOUND;
    }
    auto &refs = found->second.related[text(change->relationship)];
    if (change->change == PARLEY_CHANGE_REPLACE) {
      refs.clear();
    }
    for (std::size_t i = 0; i < change->ref_count; ++i) {
      const std::pair<std::string, std::string> ref{text(change->refs[i].type), text(change->refs[i].id)};
      refs.erase(std::remove(refs.begin(), refs.end(), ref), refs.end());
      if (change->change != PARLEY_CHANGE_REMOVE) {
        refs.push_back(ref);
      }
    }
    put(entity, found->first, found->second, true, {}, result);
    return PARLEY_OK;
  }

  static std::int32_t invoke(void *self, const parley_call *, const parley_operation_call *call,
                             const parley_result_sink *result, const parley_error_sink *) {
    auto &entity = of(self);
    entity.last_input = text(call->input);
    for (const auto &id : entity.invoke_answers) {
      put(entity, id, entity.rows.at(id), true, {}, result);
    }
    const std::string meta = json{{"done", text(call->name) + " " + text(call->id)}}.dump();
    const parley_str borrowed = str(meta);
    result->meta(result, &borrowed);
    return PARLEY_OK;
  }
};

MemoryEntity::MemoryEntity(std::string type, std::uint32_t actions) : type_(std::move(type)) {
  descriptor_.size = sizeof descriptor_;
  descriptor_.backoffice_actions = actions;
  descriptor_.storefront_actions = actions;
  descriptor_.context = this;
  descriptor_.query = &Thunks::query;
  descriptor_.get_many = &Thunks::get_many;
  descriptor_.count = &Thunks::count;
  descriptor_.create = &Thunks::create;
  descriptor_.update = &Thunks::update;
  descriptor_.remove = &Thunks::remove;
  descriptor_.remove_many = &Thunks::remove_many;
  descriptor_.change_relationship = &Thunks::change_relationship;
  descriptor_.invoke = &Thunks::invoke;
}

void MemoryEntity::attribute(const std::string &name, std::uint32_t type, std::uint32_t flags,
                             std::uint32_t applications) {
  fields_.push_back(std::make_unique<Field>());
  auto &field = *fields_.back();
  field.name = name;
  parley_attribute item{};
  item.size = sizeof item;
  item.type = type;
  item.flags = flags;
  item.applications = applications;
  item.name = str(field.name);
  item.label = str(label_);
  attributes_.push_back(item);
}

void MemoryEntity::relationship(const std::string &name, const std::vector<std::string> &types, std::uint32_t flags,
                                const std::string &inverse, std::uint32_t applications) {
  fields_.push_back(std::make_unique<Field>());
  auto &field = *fields_.back();
  field.name = name;
  field.types = types;
  field.inverse = inverse;
  for (const auto &type : field.types) {
    field.type_texts.push_back(str(type));
  }
  parley_relationship item{};
  item.size = sizeof item;
  item.flags = flags;
  item.applications = applications;
  item.name = str(field.name);
  item.label = str(label_);
  item.types = field.type_texts.data();
  item.type_count = field.type_texts.size();
  item.inverse = str(field.inverse);
  relationships_.push_back(item);
}

void MemoryEntity::filtered_by(const std::string &name, std::uint32_t operators) {
  const parley_str wanted = str(name);
  for (auto &attribute : attributes_) {
    attribute.filter_operators =
        parley_str_equal(&attribute.name, &wanted) == 1 ? operators : attribute.filter_operators;
  }
  for (auto &relationship : relationships_) {
    relationship.filter_operators =
        parley_str_equal(&relationship.name, &wanted) == 1 ? operators : relationship.filter_operators;
  }
}

void MemoryEntity::operation(const std::string &name, std::uint32_t target, std::uint32_t flags,
                             const std::string &input_schema, const std::string &output_schema) {
  fields_.push_back(std::make_unique<Field>());
  auto &field = *fields_.back();
  field.name = name;
  field.input_schema = input_schema;
  field.output_schema = output_schema;
  parley_operation item{};
  item.size = sizeof item;
  item.target = target;
  item.flags = flags;
  item.applications = both;
  item.name = str(field.name);
  item.label = str(label_);
  item.input_schema = str(field.input_schema);
  item.output_schema = str(field.output_schema);
  operations_.push_back(item);
}

parley_entity &MemoryEntity::descriptor() {
  descriptor_.attribute_size = sizeof(parley_attribute);
  descriptor_.relationship_size = sizeof(parley_relationship);
  descriptor_.operation_size = sizeof(parley_operation);
  descriptor_.type = str(type_);
  descriptor_.label = str(label_);
  descriptor_.plural_label = str(label_);
  descriptor_.attributes = attributes_.data();
  descriptor_.attribute_count = attributes_.size();
  descriptor_.relationships = relationships_.data();
  descriptor_.relationship_count = relationships_.size();
  descriptor_.operations = operations_.data();
  descriptor_.operation_count = operations_.size();
  return descriptor_;
}

} // namespace parley::tests
