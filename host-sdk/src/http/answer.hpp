// What a plugin or the host answers: documents, page and meta, kept until all of it is there.
#ifndef PARLEY_HOST_HTTP_ANSWER_HPP
#define PARLEY_HOST_HTTP_ANSWER_HPP

#include "host-sdk/src/abi.hpp"

#include <deque>
#include <parley/ext/result.h>
#include <string>
#include <string_view>
#include <vector>

namespace parley::host {

struct Related {
  std::string name;
  std::vector<Ref> refs;
};

struct Document {
  Ref ref;
  std::uint64_t version = 0;
  std::string json;
  std::string cursor;
  std::vector<Related> related;

  // NULL where the document does not carry it.
  const std::vector<Ref> *refs(std::string_view name) const;
};

struct PageInfo {
  std::uint32_t flags = 0;
  std::uint64_t total = 0;

  bool has(std::uint32_t flag) const { return (flags & flag) != 0; }
};

class Answer {
public:
  Answer();
  Answer(const Answer &) = delete;
  Answer &operator=(const Answer &) = delete;

  const parley_result_sink *sink() const { return &sink_; }
  // What of that which came is no document or no JSON object: the other side has a defect. Empty: nothing.
  const std::string &problem() const { return problem_; }

  std::deque<Document> documents;
  PageInfo page;
  std::string meta; // JSON object, or empty

private:
  static std::int32_t PARLEY_ABI put_document(const parley_result_sink *self, const parley_document *from) noexcept;
  static std::int32_t PARLEY_ABI put_page(const parley_result_sink *self, const parley_page_info *from) noexcept;
  static std::int32_t PARLEY_ABI put_meta(const parley_result_sink *self, const parley_str *json) noexcept;

  parley_result_sink sink_;
  std::string problem_;
};

} // namespace parley::host

#endif
