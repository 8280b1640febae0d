// The readers of request documents. The first byte says which one.
#include "plugin/jsonapi/drafts.hpp"
#include "plugin/jsonapi/json_reader.hpp"
#include "plugin/jsonapi/utf8.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace parley;
using fuzz::expect;

void check(const std::vector<domain::Fault> &faults) {
  for (const domain::Fault &fault : faults) {
    expect(!fault.code.empty() && !fault.detail.empty(), "a fault says what is wrong");
    expect(fault.pointer.empty() || fault.pointer.front() == '/', "a pointer begins with a slash");
    expect(jsonapi::valid_utf8(fault.pointer) && jsonapi::valid_utf8(fault.detail), "a fault is UTF-8");
  }
}

void check(const std::string &text) {
  expect(jsonapi::valid_utf8(text), "texts are UTF-8");
  expect(text.find('\0') == std::string::npos, "texts hold no NUL");
}
void check(const std::optional<std::string> &text) {
  check(text.value_or(std::string()));
}
void check(const domain::Reference &reference) {
  expect(reference.none() || (!reference.type.empty() && !reference.id.empty() && reference.type.size() <= 64 &&
                              reference.id.size() <= 64),
         "references can be stored");
  check(reference.type);
  check(reference.id);
}
void check(const std::optional<domain::Reference> &reference) {
  check(reference.value_or(domain::Reference{}));
}

template <class Draft, class Look>
void judge(std::string_view json, const domain::Result<Draft> &draft, const Look &look) {
  if (!draft) {
    expect(!draft.failure().faults.empty(), "a failure has faults");
    check(draft.failure().faults);
    return;
  }
  expect(fuzz::depth_of(json) <= jsonapi::deepest_nesting, "what is nested deeper is refused");
  look(draft.value());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::string_view json = fuzz::view(data, size);
  const unsigned choice = fuzz::take_choice(json);
  const auto audience = (choice & 8U) != 0 ? domain::Audience::storefront : domain::Audience::backoffice;
  switch (choice % 5) {
  case 0:
    judge(json, jsonapi::read_new_conversation(json, audience), [](const domain::ConversationDraft &draft) {
      check(draft.form_faults);
      check(draft.name);
      check(draft.first_message);
      check(draft.owner);
      check(draft.customer);
      check(draft.customer_user);
      check(draft.source);
      for (const domain::Reference &context : draft.contexts) {
        check(context);
      }
    });
    break;
  case 1:
    judge(json, jsonapi::read_conversation_change(json, "17"), [](const domain::ConversationChange &change) {
      check(change.form_faults);
      check(change.name);
      check(change.owner);
      check(change.source);
    });
    break;
  case 2:
    judge(json, jsonapi::read_new_message(json, audience), [](const domain::MessageDraft &draft) {
      check(draft.form_faults);
      check(draft.body);
      check(draft.client_id);
      check(draft.sender);
      expect(draft.conversation >= 0, "ids are not negative");
    });
    break;
  case 3:
    judge(json, jsonapi::read_read_mark(json, "17-4f2a"),
          [](domain::Number number) { expect(number >= 0, "numbers are not negative"); });
    break;
  default:
    judge(json, jsonapi::read_mark_read(json),
          [](domain::Number number) { expect(number >= 0, "numbers are not negative"); });
  }
  return 0;
}
