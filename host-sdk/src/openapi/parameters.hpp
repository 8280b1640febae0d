// The parameters of requests: filters, sort, page, include, sparse fieldsets, headers.
#ifndef PARLEY_HOST_OPENAPI_PARAMETERS_HPP
#define PARLEY_HOST_OPENAPI_PARAMETERS_HPP

#include "host-sdk/src/openapi/components.hpp"
#include "host-sdk/src/registry/registry.hpp"

#include <string>
#include <vector>

namespace parley::host::openapi {

// Each appends to a list of parameters. Borrows its arguments.
class Parameters {
public:
  Parameters(Components &components, const std::vector<const Entity *> &readable, std::uint32_t application)
      : components_(components), readable_(readable), application_(application) {}

  static Json path(const std::string &name, const std::string &description);
  static Json path_choice(const std::string &name, const std::string &description,
                          const std::vector<std::string> &choices);

  void filters(const Entity &entity, Json &to);
  void sort(const Entity &entity, Json &to);
  void pages(Json &to);
  // include and fields[...], for documents of these types
  void representation(const std::vector<const Entity *> &entities, Json &to);
  void panel(const std::vector<std::string> &names, Json &to);
  void if_match(Json &to);
  void if_none_match(Json &to);
  void idempotency_key(Json &to);

private:
  bool exists(std::uint32_t applications) const { return (applications & application_) != 0; }
  const Entity *readable(std::string_view type) const;
  void filter(const Entity &entity, const std::vector<std::string> &path, const std::string &description, Json schema,
              Json &to);
  void attribute_filters(const Entity &entity, const Attribute &attribute, Json &to);
  void relationship_filters(const Entity &entity, const Relationship &relationship, Json &to);
  void fields(const Entity &entity, Json &to);
  void add(const std::string &component, const std::string &name, const std::string &description, Json schema, Json &to,
           const char *in = "query");
  std::vector<const Relationship *> included_by(const Entity &entity) const;

  Components &components_;
  const std::vector<const Entity *> &readable_;
  std::uint32_t application_;
};

} // namespace parley::host::openapi

#endif
