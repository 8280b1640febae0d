#pragma once

#include <parley/cpp/host_proxy.hpp>
#include <parley/cpp/strings.hpp>
#include <parley/ext/registry.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "plugin/abi/types.hpp"

/// What the parts of the registration share. Each part registers its own and answers the first status that is no
/// success. Labels are JSON objects from locale to text, written out where they are used.
namespace parley::abi {

class Instance;

struct Registrar {
  const cpp::HostProxy &host;
  Instance &instance; ///< becomes the `context` of functions
  const Types &types;
  const parley_error_sink *errors;
};

std::int32_t register_authority(const Registrar &registrar);
std::int32_t register_conversations(const Registrar &registrar);
std::int32_t register_messages(const Registrar &registrar);
std::int32_t register_participants(const Registrar &registrar);
std::int32_t register_events(const Registrar &registrar);
std::int32_t register_fixed_values(const Registrar &registrar);
std::int32_t register_workflow(const Registrar &registrar);
std::int32_t register_surface(const Registrar &registrar);

inline constexpr std::uint32_t both_applications = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;

/// Operators of filters.
inline constexpr std::uint32_t equals_or_not =
    PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL) | PARLEY_FILTER_BIT(PARLEY_FILTER_NOT_EQUAL);
inline constexpr std::uint32_t one_equal = PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL) | PARLEY_FILTER_ONE_VALUE;
inline constexpr std::uint32_t one_compared =
    equals_or_not | PARLEY_FILTER_BIT(PARLEY_FILTER_GREATER) | PARLEY_FILTER_BIT(PARLEY_FILTER_GREATER_OR_EQUAL) |
    PARLEY_FILTER_BIT(PARLEY_FILTER_LESS) | PARLEY_FILTER_BIT(PARLEY_FILTER_LESS_OR_EQUAL) | PARLEY_FILTER_ONE_VALUE;

/// The setting, and a permission on conversations.
parley_gate gate_of(std::string_view subject, std::string_view permission);

/// A descriptor with its size set and everything else empty.
template <class Descriptor>
Descriptor blank() {
  Descriptor descriptor{};
  descriptor.size = static_cast<std::uint32_t>(sizeof(Descriptor));
  return descriptor;
}

/// Collects the fields of an entity. What it is given it borrows until the entity is added.
class FieldList {
public:
  /// `operators`: of the filter, as parley_attribute::filter_operators; 0: all that the type allows.
  void attribute(std::string_view name, std::string_view label, std::uint32_t type, std::uint32_t flags,
                 std::uint32_t applications = both_applications, std::uint32_t operators = 0);
  /// Left out where the host has no such type.
  void relationship(std::string_view name, std::string_view label, const std::vector<std::string> &types,
                    std::uint32_t flags, std::uint32_t applications = both_applications, std::string_view inverse = {},
                    std::uint32_t operators = 0);
  /// Of these names, with commas, those of fields that were not left out.
  [[nodiscard]] std::string present(std::string_view names) const;
  /// Puts the arrays into the descriptor.
  void fill(parley_entity &entity) const;

private:
  std::vector<parley_attribute> attributes_;
  std::vector<parley_relationship> relationships_;
  // Each relationship's types, where pointers into them stay.
  std::vector<std::vector<parley_str>> types_;
};

/// What all entities of the plugin share, with these fields; actions, words and functions are the caller's to set. Borrows
/// all that it is given until the entity is added.
parley_entity entity_of(const Registrar &registrar, std::string_view type, const FieldList &fields,
                        const parley_gate &gate);
std::int32_t add(const Registrar &registrar, const parley_entity &entity);

} // namespace parley::abi
