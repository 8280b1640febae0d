// Everything that is registered at one moment. Immutable: a change makes a new one, and requests keep the one they began with.
#ifndef PARLEY_HOST_REGISTRY_REGISTRY_HPP
#define PARLEY_HOST_REGISTRY_REGISTRY_HPP

#include "host-sdk/src/registry/model.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace parley::host {

class Registry {
public:
  explicit Registry(std::vector<std::shared_ptr<const Batch>> batches);

  const std::vector<std::shared_ptr<const Batch>> &batches() const { return batches_; }

  // In order of registration. NULL where there is none of that name.
  const Entity *entity(std::string_view type) const;
  const Workflow *workflow(std::string_view name) const;
  const Page *page(std::string_view name) const;
  const Setting *setting(std::string_view name) const;
  const Permission *permission(std::string_view subject, std::string_view name) const;

  // All of one kind, in order of registration: each(&Batch::pages, ...).
  template <class Item, class Function>
  void each(std::vector<Item> Batch::*items, Function &&function) const {
    for (const auto &batch : batches_) {
      for (const auto &item : (*batch).*items) {
        function(item);
      }
    }
  }

  template <class Item, class Condition>
  const Item *find(std::vector<Item> Batch::*items, Condition &&condition) const {
    for (const auto &batch : batches_) {
      for (const auto &item : (*batch).*items) {
        if (condition(item)) {
          return &item;
        }
      }
    }
    return nullptr;
  }

  template <class Item>
  const Item *named(std::vector<Item> Batch::*items, std::string_view name) const {
    return find(items, [&](const Item &item) { return item.name == name; });
  }

private:
  std::vector<std::shared_ptr<const Batch>> batches_;
};

} // namespace parley::host

#endif
