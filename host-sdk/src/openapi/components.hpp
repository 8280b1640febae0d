// The parts of an OpenAPI document that several operations share: each is written once, and only where somebody points to it.
#ifndef PARLEY_HOST_OPENAPI_COMPONENTS_HPP
#define PARLEY_HOST_OPENAPI_COMPONENTS_HPP

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace parley::host::openapi {

// Members stay in the order in which they are written: people read the document, too.
using Json = nlohmann::ordered_json;

class Components {
public:
  using Maker = std::function<Json()>;

  // {"$ref": "#/components/schemas/name"}; `make` is called the first time. It may ask for others, itself included.
  Json schema(const std::string &name, const Maker &make) { return part("schemas", name, make); }
  Json parameter(const std::string &name, const Maker &make) { return part("parameters", name, make); }
  Json response(const std::string &name, const Maker &make) { return part("responses", name, make); }
  Json header(const std::string &name, const Maker &make) { return part("headers", name, make); }

  void security_schemes(Json schemes) { all_["securitySchemes"] = std::move(schemes); }

  const Json &all() const { return all_; }

private:
  Json part(const char *kind, const std::string &name, const Maker &make);

  Json all_ = Json::object();
};

} // namespace parley::host::openapi

#endif
