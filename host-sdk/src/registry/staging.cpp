#include "host-sdk/src/registry/staging.hpp"

#include <algorithm>

namespace parley::host {
namespace {

Fault taken(const std::string &what, const std::string &name) {
  Fault fault;
  fault.status = PARLEY_CONFLICT;
  fault.code = "name-taken";
  fault.detail = name + ": there is " + what + " of this name already";
  return fault;
}

template <class Item, class Same>
bool is_taken(const Registry &registry, const Batch &batch, std::vector<Item> Batch::*items, Same same) {
  const auto &staged = batch.*items;
  return registry.find(items, same) != nullptr || std::any_of(staged.begin(), staged.end(), same);
}

template <class Item>
void keep_named(const Registry &registry, Batch &batch, std::vector<Item> Batch::*items, Item item, const char *what,
                Faults &faults) {
  if (is_taken(registry, batch, items, [&](const Item &other) { return other.name == item.name; })) {
    faults.push_back(taken(what, item.name));
    return;
  }
  (batch.*items).push_back(std::move(item));
}

} // namespace

Staging::Staging(std::shared_ptr<const Registry> registry, std::shared_ptr<Owner> owner)
    : registry_(std::move(registry)), batch_(std::make_shared<Batch>()) {
  batch_->owner = std::move(owner);
}

void Staging::keep(Entity item, Faults &faults) {
  if (is_taken(*registry_, *batch_, &Batch::entities, [&](const Entity &other) { return other.type == item.type; })) {
    faults.push_back(taken("an entity", item.type));
    return;
  }
  item.owner = batch_->owner;
  batch_->entities.push_back(std::move(item));
}

void Staging::keep(Panel item, Faults &faults) {
  item.owner = batch_->owner;
  keep_named(*registry_, *batch_, &Batch::panels, std::move(item), "a panel", faults);
}

void Staging::keep(Workflow item, Faults &faults) {
  item.owner = batch_->owner;
  keep_named(*registry_, *batch_, &Batch::workflows, std::move(item), "a workflow", faults);
}

void Staging::keep(Page item, Faults &faults) {
  item.owner = batch_->owner;
  keep_named(*registry_, *batch_, &Batch::pages, std::move(item), "a page", faults);
}

void Staging::keep(MenuItem item, Faults &faults) {
  keep_named(*registry_, *batch_, &Batch::menu_items, std::move(item), "a menu item", faults);
}

void Staging::keep(RecordAction item, Faults &faults) {
  item.owner = batch_->owner;
  keep_named(*registry_, *batch_, &Batch::record_actions, std::move(item), "a record action", faults);
}

void Staging::keep(Indicator item, Faults &faults) {
  item.owner = batch_->owner;
  keep_named(*registry_, *batch_, &Batch::indicators, std::move(item), "an indicator", faults);
}

void Staging::keep(Permission item, Faults &faults) {
  const auto same = [&](const Permission &other) { return other.subject == item.subject && other.name == item.name; };
  if (is_taken(*registry_, *batch_, &Batch::permissions, same)) {
    faults.push_back(taken("a permission", item.subject + "." + item.name));
    return;
  }
  batch_->permissions.push_back(std::move(item));
}

void Staging::keep(Setting item, Faults &faults) {
  keep_named(*registry_, *batch_, &Batch::settings, std::move(item), "a setting", faults);
}

} // namespace parley::host
