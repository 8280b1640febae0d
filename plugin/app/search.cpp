#include "plugin/app/search.hpp"

#include "plugin/text/unicode.hpp"
#include "plugin/text/words.hpp"

namespace parley::app {

void prepare(std::optional<store::Search> &search) {
  if (!search) {
    return;
  }
  if (text::blank(search->text)) {
    search.reset();
    return;
  }
  search->tokens = text::search_tokens(search->text);
}

} // namespace parley::app
