#include "host-sdk/src/http/answer.hpp"

#include "host-sdk/src/json/parse.hpp"
#include "host-sdk/src/text.hpp"

#include <parley/status.h>

namespace parley::host {
namespace {

template <class Work>
std::int32_t guarded(Work &&work) noexcept {
  try {
    work();
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::vector<Related> copy_related(const parley_document &from) {
  std::vector<Related> result;
  const auto *related = get(&from, &parley_document::related);
  const auto count = related == nullptr ? 0 : get(&from, &parley_document::related_count);
  for (std::size_t i = 0; i < count; ++i) {
    const parley_related &item = *at(related, from.related_size, i);
    Related copied;
    copied.name = text_of(&item, &parley_related::name);
    const auto *refs = get(&item, &parley_related::refs);
    const auto ref_count = refs == nullptr ? 0 : get(&item, &parley_related::ref_count);
    for (std::size_t k = 0; k < ref_count; ++k) {
      copied.refs.push_back({std::string(view(refs[k].type)), std::string(view(refs[k].id))});
    }
    result.push_back(std::move(copied));
  }
  return result;
}

} // namespace

const std::vector<Ref> *Document::refs(std::string_view name) const {
  for (const auto &item : related) {
    if (item.name == name) {
      return &item.refs;
    }
  }
  return nullptr;
}

Answer::Answer() : sink_(sized<parley_result_sink>()) {
  sink_.context = this;
  sink_.document = &put_document;
  sink_.page = &put_page;
  sink_.meta = &put_meta;
}

std::int32_t Answer::put_document(const parley_result_sink *self, const parley_document *from) noexcept {
  auto &answer = *static_cast<Answer *>(self->context);
  return guarded([&] {
    Document document;
    if (from != nullptr && has(from, &parley_document::json)) {
      document.ref = {std::string(view(from->ref.type)), std::string(view(from->ref.id))};
      document.version = from->version;
      document.json = trim(view(from->json));
      document.cursor = text_of(from, &parley_document::cursor);
      document.related = copy_related(*from);
    }
    const auto &json = document.json;
    if (json.size() < 3 || json.front() != '{' || json.back() != '}') {
      answer.problem_ = "a document that is no JSON object";
    } else if (document.ref.id.empty()) {
      answer.problem_ = "a document without an id";
    }
    if (!answer.problem_.empty()) {
      return;
    }
    answer.documents.push_back(std::move(document));
  });
}

std::int32_t Answer::put_page(const parley_result_sink *self, const parley_page_info *from) noexcept {
  auto &answer = *static_cast<Answer *>(self->context);
  return guarded([&] {
    if (from != nullptr) {
      answer.page.flags = get(from, &parley_page_info::flags);
      answer.page.total = get(from, &parley_page_info::total);
    }
  });
}

std::int32_t Answer::put_meta(const parley_result_sink *self, const parley_str *json) noexcept {
  auto &answer = *static_cast<Answer *>(self->context);
  return guarded([&] {
    answer.meta = trim(view(json));
    if (!answer.meta.empty() && !is_json_object(answer.meta)) {
      answer.problem_ = "a meta that is no JSON object";
    }
  });
}

} // namespace parley::host
