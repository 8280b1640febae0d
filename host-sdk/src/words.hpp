// The words that numbers and flags have in JSON (docs/contract.md).
#ifndef PARLEY_HOST_WORDS_HPP
#define PARLEY_HOST_WORDS_HPP

#include "host-sdk/src/json/writer.hpp"

#include <cstdint>
#include <string_view>

namespace parley::host {

// Each writes an array of the words of the bits that are set.
void write_traits(JsonWriter &out, std::uint32_t traits);
void write_field_flags(JsonWriter &out, std::uint32_t flags);
// Of PARLEY_FILTER_BIT, and "oneValue".
void write_filter_operators(JsonWriter &out, std::uint32_t operators);
void write_actions(JsonWriter &out, std::uint32_t actions);
void write_applications(JsonWriter &out, std::uint32_t applications);
void write_levels(JsonWriter &out, std::uint32_t levels);
void write_scopes(JsonWriter &out, std::uint32_t scopes);

// Each answers the word that stands for an unknown value where it does not know it.
std::string_view action_word(std::uint32_t action);
std::string_view attribute_type_word(std::uint32_t type);
std::string_view placement_word(std::uint32_t placement);
std::string_view asset_kind_word(std::uint32_t kind);
std::string_view target_word(std::uint32_t target);
std::string_view application_word(std::uint32_t application);

} // namespace parley::host

#endif
