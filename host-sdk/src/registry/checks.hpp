// Checks that descriptors have in common. Each fault names the descriptor and what is wrong with it.
#ifndef PARLEY_HOST_REGISTRY_CHECKS_HPP
#define PARLEY_HOST_REGISTRY_CHECKS_HPP

#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/faults.hpp"
#include "host-sdk/src/registry/model.hpp"

#include <string>
#include <string_view>

namespace parley::host {

class DescriptorCheck {
public:
  // subject: begins each text, "conversations".
  explicit DescriptorCheck(Faults &faults) : faults_(faults) {}

  void about(std::string_view subject) { subject_ = subject; }
  bool ok() const { return faults_.empty(); }

  void fault(std::int32_t status, std::string_view code, const std::string &detail);
  void invalid(std::string_view code, const std::string &detail) { fault(PARLEY_INVALID, code, detail); }
  // "conversations: create is declared, but parley_entity::create is missing"
  void missing(const std::string &declared, std::string_view function);

  // Reports where `good` is false: "the name \"a b\" is not valid".
  void name(bool good, std::string_view what, std::string_view value);
  void element(std::string_view value, bool required);
  void application(std::uint32_t value);
  void applications(std::uint32_t value, const std::string &what);
  // False, with a fault, where an array has elements but no address or no element size.
  bool array(const void *first, std::size_t count, std::uint32_t element_size, std::string_view what);

  Label label(std::string_view json, const std::string &what);
  Gate gate(const parley_gate *gate);
  std::string schema(std::string_view json, const std::string &what);

private:
  Faults &faults_;
  std::string subject_;
};

} // namespace parley::host

#endif
