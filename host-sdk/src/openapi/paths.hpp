// The addresses of the API and what can be done there, as the router has it (http/router.cpp).
#ifndef PARLEY_HOST_OPENAPI_PATHS_HPP
#define PARLEY_HOST_OPENAPI_PATHS_HPP

#include "host-sdk/src/openapi/parameters.hpp"
#include "host-sdk/src/openapi/schemas.hpp"

#include <string>
#include <vector>

namespace parley::host::openapi {

// One operation as it is being put together.
struct Action {
  std::string id;      // "listOrders"
  std::string summary; // "List Orders"
  std::string tag;
  std::string description; // what is worth knowing beyond that
  Json parameters = Json::array();
  Json body = nullptr; // JSON Schema of the request's document; null: none
  bool body_required = true;
  Json responses = Json::object(); // of success
  bool writes = false;
};

class Paths {
public:
  Paths(Components &components, Schemas &schemas, Parameters &parameters, std::uint32_t application)
      : components_(components), schemas_(schemas), parameters_(parameters), application_(application) {}

  // All addresses below /{type}. readable: entities whose documents can be fetched.
  void entity(const Entity &entity, const std::vector<const Entity *> &readable);
  void transitions(const Workflow &workflow, const Entity &entity);
  void workflows(const std::vector<const Workflow *> &shown);
  // panels: those of the application that are open.
  void activity(const std::vector<const Panel *> &panels, const std::vector<const Entity *> &readable);

  const Json &all() const { return paths_; }

private:
  void collection(const Entity &entity);
  void resource(const Entity &entity);
  void relationship(const Entity &entity, const Relationship &relationship,
                    const std::vector<const Entity *> &readable);
  void linkage(const Entity &entity, const Relationship &relationship, const Entity *paged_target);
  void operation(const Entity &entity, const Operation &operation);

  bool offers(const Entity &entity, std::uint32_t action) const { return (entity.actions(application_) & action) != 0; }
  void add(const std::string &path, const char *method, Action action);
  Json success(const char *description, Json schema, const std::vector<const char *> &headers = {});
  Json errors(const char *description, const std::vector<const char *> &headers);

  Components &components_;
  Schemas &schemas_;
  Parameters &parameters_;
  std::uint32_t application_;
  Json paths_ = Json::object();
};

} // namespace parley::host::openapi

#endif
