// What is being registered while `start` runs: kept apart until the whole holds.
#ifndef PARLEY_HOST_REGISTRY_STAGING_HPP
#define PARLEY_HOST_REGISTRY_STAGING_HPP

#include "host-sdk/src/faults.hpp"
#include "host-sdk/src/registry/copy.hpp"
#include "host-sdk/src/registry/registry.hpp"

#include <memory>

namespace parley::host {

class Staging {
public:
  Staging(std::shared_ptr<const Registry> registry, std::shared_ptr<Owner> owner);

  // Copies a descriptor and keeps it, unless it has faults.
  template <class Descriptor>
  Faults add(const Descriptor &descriptor) {
    Faults faults;
    auto item = copy(descriptor, faults);
    if (faults.empty()) {
      keep(std::move(item), faults);
    }
    return faults;
  }

  // References to what is neither registered nor added here.
  Faults check_references() const;

  const Batch &batch() const { return *batch_; }
  const Registry &registered() const { return *registry_; }
  std::shared_ptr<const Batch> finish() { return std::move(batch_); }

private:
  void keep(Entity item, Faults &faults);
  void keep(Panel item, Faults &faults);
  void keep(Workflow item, Faults &faults);
  void keep(Page item, Faults &faults);
  void keep(MenuItem item, Faults &faults);
  void keep(RecordAction item, Faults &faults);
  void keep(Indicator item, Faults &faults);
  void keep(Permission item, Faults &faults);
  void keep(Setting item, Faults &faults);

  std::shared_ptr<const Registry> registry_;
  std::shared_ptr<Batch> batch_;
};

} // namespace parley::host

#endif
