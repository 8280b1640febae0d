#include "host-sdk/src/registry/registry.hpp"

namespace parley::host {

// A host has dozens of descriptors: walking them costs less than keeping an index right.

Registry::Registry(std::vector<std::shared_ptr<const Batch>> batches) : batches_(std::move(batches)) {}

const Entity *Registry::entity(std::string_view type) const {
  return find(&Batch::entities, [&](const Entity &entity) { return entity.type == type; });
}

const Workflow *Registry::workflow(std::string_view name) const {
  return named(&Batch::workflows, name);
}

const Page *Registry::page(std::string_view name) const {
  return named(&Batch::pages, name);
}

const Setting *Registry::setting(std::string_view name) const {
  return named(&Batch::settings, name);
}

const Permission *Registry::permission(std::string_view subject, std::string_view name) const {
  return find(&Batch::permissions,
              [&](const Permission &item) { return item.subject == subject && item.name == name; });
}

} // namespace parley::host
