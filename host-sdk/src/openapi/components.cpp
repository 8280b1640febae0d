#include "host-sdk/src/openapi/components.hpp"

namespace parley::host::openapi {

Json Components::part(const char *kind, const std::string &name, const Maker &make) {
  if (!all_[kind].contains(name)) {
    all_[kind][name] = nullptr; // there while it is being made: it may point to itself
    all_[kind][name] = make();
  }
  return {{"$ref", std::string("#/components/") + kind + "/" + name}};
}

} // namespace parley::host::openapi
