#include "plugin/app/text_rules.hpp"

#include "plugin/domain/rules.hpp"
#include "plugin/text/markdown.hpp"
#include "plugin/text/unicode.hpp"

namespace parley::app {

bool check_storable(Faults &faults, std::string_view text, const std::string &pointer) {
  const bool valid = text::valid_utf8(text);
  if (!valid) {
    faults.add(Text::invalid_utf8, pointer);
  }
  const bool has_nul = text.find('\0') != std::string_view::npos;
  if (has_nul) {
    faults.add(Text::nul_character, pointer);
  }
  return valid && !has_nul;
}

void check_name(Faults &faults, std::string_view name, const std::string &pointer) {
  if (check_storable(faults, name, pointer) && text::blank(name)) {
    faults.add(Text::blank, pointer);
  }
  if (text::code_points(name) > domain::longest_name) {
    faults.add(Text::name_too_long, pointer);
  }
}

namespace {

/// Shows nothing when it is read: as it is, or once it is rendered, as "&nbsp;" and "[](x)" are.
bool shows_nothing(std::string_view body, std::size_t longest) {
  return text::blank(body) || (body.size() <= longest && text::blank(text::to_plain(body)));
}

} // namespace

void check_body(Faults &faults, std::string_view body, std::size_t longest, const std::string &pointer) {
  if (check_storable(faults, body, pointer) && shows_nothing(body, longest)) {
    faults.add(Text::blank, pointer);
  }
  if (body.size() > longest) {
    faults.add(Text::body_too_long, pointer, longest);
  }
}

void check_client_id(Faults &faults, std::string_view client_id, const std::string &pointer) {
  check_storable(faults, client_id, pointer);
  if (client_id.size() > domain::longest_client_id) {
    faults.add(Text::client_id_too_long, pointer);
  }
}

std::string name_from_title(std::string_view full_title) {
  return text::first_code_points(full_title, domain::longest_name);
}

} // namespace parley::app
