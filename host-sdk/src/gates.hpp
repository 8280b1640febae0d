// Which gates are open for one call: settings and permissions, each asked at most once, together.
#ifndef PARLEY_HOST_GATES_HPP
#define PARLEY_HOST_GATES_HPP

#include "host-sdk/src/faults.hpp"
#include "host-sdk/src/registry/registry.hpp"

#include <map>
#include <parley/call.h>
#include <string>
#include <utility>
#include <vector>

namespace parley::host {

class Runtime;

// Belongs to one request and one thread. `runtime`, `registry` and `call` outlive it.
class Gates {
public:
  Gates(const Runtime &runtime, const Registry &registry, const parley_call &call)
      : runtime_(runtime), registry_(registry), call_(call) {}

  // Asks the host for what is not known yet. After a failure everything that was asked counts as closed.
  std::int32_t ask(const std::vector<Gate> &gates, Faults &faults);

  // Of gates that were asked.
  bool setting_on(const Gate &gate) const;
  bool permitted(const Gate &gate) const;
  bool open(const Gate &gate) const { return setting_on(gate) && permitted(gate); }
  // Whether it is on for records of this type.
  bool serves(const Gate &gate, const std::string &record_type) const;
  // Whether the actor is told that there is this workflow: it is on, and the actor sees what goes through it, or may perform
  // or configure it. Of a workflow whose gate, configure_gate and entity's gate were asked.
  bool knows_of(const Workflow &workflow) const;

private:
  using Right = std::pair<std::string, std::string>; // subject, permission

  std::int32_t ask_settings(const std::vector<std::string> &names, Faults &faults);
  std::int32_t ask_rights(const std::vector<Right> &rights, Faults &faults);

  const Runtime &runtime_;
  const Registry &registry_;
  const parley_call &call_;
  std::map<std::string, std::string> settings_; // values, as JSON
  std::map<Right, bool> rights_;
};

} // namespace parley::host

#endif
