#include "adapters/sql/names.hpp"

namespace parley::adapters::sql {

std::string side(domain::Audience audience) {
  return audience == domain::Audience::backoffice ? "all_" : "public_";
}

std::string message_time(domain::Audience audience) {
  return side(audience) + "created_at";
}

std::string written(const domain::Reference &reference) {
  return reference.none() ? std::string() : reference.type + "/" + reference.id;
}

std::string folded(std::string_view text) {
  std::string result(text);
  for (char &c : result) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return result;
}

} // namespace parley::adapters::sql
