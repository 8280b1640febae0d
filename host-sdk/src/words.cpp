#include "host-sdk/src/words.hpp"

#include "host-sdk/src/registry/filter_rules.hpp"

#include <initializer_list>
#include <parley/call.h>
#include <parley/ext/assets.h>
#include <parley/ext/authority.h>
#include <parley/ext/entity.h>
#include <parley/ext/surface.h>

namespace parley::host {
namespace {

struct Word {
  std::uint32_t bit;
  std::string_view word;
};

template <class Words = std::initializer_list<Word>>
void write_words(JsonWriter &out, std::uint32_t bits, const Words &words) {
  out.begin_array();
  for (const auto &word : words) {
    if ((bits & word.bit) != 0) {
      out.string(word.word);
    }
  }
  out.end_array();
}

} // namespace

void write_traits(JsonWriter &out, std::uint32_t traits) {
  write_words(out, traits,
              {{PARLEY_TRAIT_RECORD, "record"},
               {PARLEY_TRAIT_USER, "user"},
               {PARLEY_TRAIT_CUSTOMER, "customer"},
               {PARLEY_TRAIT_CUSTOMER_USER, "customerUser"},
               {PARLEY_TRAIT_UNIT, "unit"},
               {PARLEY_TRAIT_ORGANIZATION, "organization"},
               {PARLEY_TRAIT_WEBSITE, "website"},
               {PARLEY_TRAIT_LOOKUP, "lookup"}});
}

void write_field_flags(JsonWriter &out, std::uint32_t flags) {
  write_words(out, flags,
              {{PARLEY_FIELD_CREATE, "create"},
               {PARLEY_FIELD_UPDATE, "update"},
               {PARLEY_FIELD_REQUIRED, "required"},
               {PARLEY_FIELD_IGNORED, "ignored"},
               {PARLEY_FIELD_WRITE_ONLY, "writeOnly"},
               {PARLEY_FIELD_FILTER, "filter"},
               {PARLEY_FIELD_SORT, "sort"},
               {PARLEY_FIELD_GRID, "grid"},
               {PARLEY_FIELD_TITLE, "title"},
               {PARLEY_FIELD_API_ONLY, "apiOnly"},
               {PARLEY_FIELD_SEARCH, "search"},
               {PARLEY_FIELD_NULLABLE, "nullable"},
               {PARLEY_FIELD_HIGHLIGHT, "highlight"},
               {PARLEY_FIELD_INLINE, "inline"},
               {PARLEY_RELATIONSHIP_PAGED, "paged"},
               {PARLEY_RELATIONSHIP_MEMBERS, "members"}});
}

void write_filter_operators(JsonWriter &out, std::uint32_t operators) {
  out.begin_array();
  for (const auto &each : all_filter_operators) {
    if (each.among(operators)) {
      out.string(each.name);
    }
  }
  if ((operators & PARLEY_FILTER_ONE_VALUE) != 0) {
    out.string("oneValue");
  }
  out.end_array();
}

constexpr Word action_words[] = {{PARLEY_ACTION_LIST, "list"},     {PARLEY_ACTION_GET, "get"},
                                 {PARLEY_ACTION_CREATE, "create"}, {PARLEY_ACTION_UPDATE, "update"},
                                 {PARLEY_ACTION_DELETE, "delete"}, {PARLEY_ACTION_DELETE_MANY, "deleteMany"}};

void write_actions(JsonWriter &out, std::uint32_t actions) {
  write_words(out, actions, action_words);
}

std::string_view action_word(std::uint32_t action) {
  for (const auto &word : action_words) {
    if (word.bit == action) {
      return word.word;
    }
  }
  return "other";
}

void write_applications(JsonWriter &out, std::uint32_t applications) {
  write_words(out, applications,
              {{PARLEY_APPLICATION_BACKOFFICE, "backoffice"}, {PARLEY_APPLICATION_STOREFRONT, "storefront"}});
}

void write_levels(JsonWriter &out, std::uint32_t levels) {
  write_words(out, levels,
              {{PARLEY_LEVEL_BIT(PARLEY_LEVEL_NONE), "none"},
               {PARLEY_LEVEL_BIT(PARLEY_LEVEL_USER), "user"},
               {PARLEY_LEVEL_BIT(PARLEY_LEVEL_UNIT), "unit"},
               {PARLEY_LEVEL_BIT(PARLEY_LEVEL_DIVISION), "division"},
               {PARLEY_LEVEL_BIT(PARLEY_LEVEL_ORGANIZATION), "organization"},
               {PARLEY_LEVEL_BIT(PARLEY_LEVEL_GLOBAL), "global"}});
}

void write_scopes(JsonWriter &out, std::uint32_t scopes) {
  write_words(out, scopes,
              {{PARLEY_SCOPE_SYSTEM, "system"},
               {PARLEY_SCOPE_ORGANIZATION, "organization"},
               {PARLEY_SCOPE_WEBSITE, "website"}});
}

std::string_view attribute_type_word(std::uint32_t type) {
  switch (type) {
  case PARLEY_TYPE_TEXT:
    return "text";
  case PARLEY_TYPE_INTEGER:
    return "integer";
  case PARLEY_TYPE_BOOLEAN:
    return "boolean";
  case PARLEY_TYPE_DATETIME:
    return "datetime";
  case PARLEY_TYPE_EMAIL:
    return "email";
  case PARLEY_TYPE_MARKDOWN:
    return "markdown";
  case PARLEY_TYPE_HTML:
    return "html";
  case PARLEY_TYPE_OBJECT:
    return "object";
  case PARLEY_TYPE_DECIMAL:
    return "decimal";
  default:
    return "string";
  }
}

std::string_view placement_word(std::uint32_t placement) {
  return placement == PARLEY_PLACEMENT_INLINE ? "inline" : placement == PARLEY_PLACEMENT_ROW ? "row" : "menu";
}

std::string_view asset_kind_word(std::uint32_t kind) {
  return kind == PARLEY_ASSET_MODULE ? "module" : kind == PARLEY_ASSET_STYLESHEET ? "stylesheet" : "other";
}

std::string_view target_word(std::uint32_t target) {
  return target == PARLEY_OPERATION_ON_ONE ? "one" : target == PARLEY_OPERATION_ON_COLLECTION ? "collection" : "other";
}

std::string_view application_word(std::uint32_t application) {
  return application == PARLEY_APPLICATION_STOREFRONT ? "storefront" : "backoffice";
}

} // namespace parley::host
