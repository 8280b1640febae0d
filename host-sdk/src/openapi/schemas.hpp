// JSON Schemas (2020-12) of the documents that go in and out.
#ifndef PARLEY_HOST_OPENAPI_SCHEMAS_HPP
#define PARLEY_HOST_OPENAPI_SCHEMAS_HPP

#include "host-sdk/src/openapi/components.hpp"
#include "host-sdk/src/registry/registry.hpp"

#include <string>
#include <vector>

namespace parley::host::openapi {

// Of one application's view of the registry. Borrows both arguments.
class Schemas {
public:
  // readable: the entities whose documents can be fetched here.
  Schemas(Components &components, std::vector<const Entity *> readable, std::uint32_t application)
      : components_(components), readable_(std::move(readable)), application_(application) {}

  // A document of the type.
  Json resource(const Entity &entity);
  // One of the types, or a document of any type where there are none that can be read.
  Json resource_of(const std::vector<std::string> &types);
  Json workflow();

  // What is sent to create or to change one.
  Json create_document(const Entity &entity);
  Json update_document(const Entity &entity);
  Json linkage_document(const Relationship &relationship);
  // meta: a JSON Schema. It has to be sent where it has required members.
  static Json meta_request(Json meta);
  Json counts_request();

  // Top-level documents with such `data`; `included` where it can be asked for.
  Json document(Json data, bool with_included);
  Json list_document(Json item, bool with_included);
  // A list whose `meta` may have the total.
  Json page_document(Json item);
  Json linkage_answer(const Relationship &relationship);
  // meta: a JSON Schema.
  Json meta_document(Json meta);
  // Documents beside such a meta.
  Json documents_with_meta(Json data, Json meta);
  Json errors();

  // A JSON object with these members and no others.
  static Json object(Json properties, const std::vector<std::string> &required);
  static Json array(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
  static Json text() { return {{"type", "string"}}; }
  // Whether it names members that have to be there.
  static bool has_required(const Json &schema);
  // Of values of an attribute.
  static Json value(const Attribute &attribute);

private:
  enum class Write { create, update };

  bool exists(std::uint32_t applications) const { return (applications & application_) != 0; }
  Json identifier(const std::vector<std::string> &types);
  Json linkage(const Relationship &relationship, bool may_be_null);
  Json written(const Entity &entity, Write what);
  Json top_level(const Json &properties, const std::vector<std::string> &required);
  Json links();
  Json meta();
  Json page_meta();

  Components &components_;
  std::vector<const Entity *> readable_;
  std::uint32_t application_;
};

} // namespace parley::host::openapi

#endif
