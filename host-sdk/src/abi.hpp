// Reading the C structs of the other side: only what fits into the size that its writer stated.
#ifndef PARLEY_HOST_ABI_HPP
#define PARLEY_HOST_ABI_HPP

#include <cstddef>
#include <cstdint>
#include <parley/types.h>
#include <string>
#include <string_view>
#include <vector>

namespace parley::host {

inline std::string_view view(const parley_str &text) {
  return text.data == nullptr ? std::string_view{} : std::string_view{text.data, text.size};
}

inline std::string_view view(const parley_str *text) {
  return text == nullptr ? std::string_view{} : view(*text);
}

inline parley_str str(std::string_view text) {
  parley_str result;
  result.data = text.data();
  result.size = text.size();
  return result;
}

// What PARLEY_HAS says, for a pointer to a member.
template <class Struct, class Member>
bool has(const Struct *object, Member Struct::*member) {
  const auto *begin = reinterpret_cast<const char *>(object);
  const auto *field = reinterpret_cast<const char *>(&(object->*member));
  // NOLINTNEXTLINE(bugprone-sizeof-expression): where the member is a pointer, the pointer's size is meant
  return static_cast<std::size_t>(field - begin) + sizeof(Member) <= object->size;
}

// What PARLEY_HAS_FUNCTION says.
template <class Struct, class Member>
bool has_function(const Struct *object, Member Struct::*member) {
  return has(object, member) && object->*member != nullptr;
}

// The member, or zero where it does not fit.
template <class Struct, class Member>
Member get(const Struct *object, Member Struct::*member) {
  return has(object, member) ? object->*member : Member{};
}

template <class Struct>
std::string_view text_of(const Struct *object, parley_str Struct::*member) {
  return view(get(object, member));
}

// The element at `index` of an array whose writer stated the element size (PARLEY_AT).
template <class Struct>
const Struct *at(const Struct *array, std::size_t element_size, std::size_t index) {
  const auto *bytes = reinterpret_cast<const char *>(array);
  return static_cast<const Struct *>(static_cast<const void *>(bytes + element_size * index));
}

inline std::vector<std::string> copy_strings(const parley_str *strings, std::size_t count) {
  std::vector<std::string> result;
  if (strings != nullptr) {
    result.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      result.emplace_back(view(strings[i]));
    }
  }
  return result;
}

inline std::vector<parley_str> borrow_strings(const std::vector<std::string> &strings) {
  std::vector<parley_str> result;
  result.reserve(strings.size());
  for (const auto &text : strings) {
    result.push_back(str(text));
  }
  return result;
}

// A type and an id that we own.
struct Ref {
  std::string type;
  std::string id;

  bool operator==(const Ref &other) const { return type == other.type && id == other.id; }
  bool operator<(const Ref &other) const { return type != other.type ? type < other.type : id < other.id; }
};

inline parley_ref borrow(const Ref &ref) {
  parley_ref result;
  result.type = str(ref.type);
  result.id = str(ref.id);
  return result;
}

// The size that a struct states of itself.
template <class Struct>
constexpr std::uint32_t size_of() {
  return static_cast<std::uint32_t>(sizeof(Struct));
}

// A struct of zeros that states its size.
template <class Struct>
Struct sized() {
  Struct result{};
  result.size = size_of<Struct>();
  return result;
}

} // namespace parley::host

#endif
