/// Sinks that keep what they are given, as C++ values. Each lends its C struct for one call; none is safe for several
/// threads at once. A sink that runs out of memory answers PARLEY_INTERNAL, so the writer stops.
#pragma once

#include <parley/cpp/strings.hpp>
#include <parley/ext/access.h>
#include <parley/ext/records.h>
#include <parley/status.h>
#include <parley/types.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace parley::cpp {

/// Does what may throw, and answers a status.
template <class Work>
std::int32_t answering(Work &&work) noexcept {
  try {
    work();
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

/// Bytes.
class StringSink {
public:
  StringSink() noexcept {
    sink_.size = static_cast<std::uint32_t>(sizeof sink_);
    sink_.context = this;
    sink_.write = &StringSink::write;
  }
  StringSink(const StringSink &) = delete;
  StringSink &operator=(const StringSink &) = delete;
  StringSink(StringSink &&) = delete;
  StringSink &operator=(StringSink &&) = delete;
  ~StringSink() = default;

  [[nodiscard]] const parley_sink *sink() const noexcept { return &sink_; }
  [[nodiscard]] const std::string &bytes() const noexcept { return bytes_; }

private:
  static std::int32_t PARLEY_ABI write(const parley_sink *self, const void *bytes, std::size_t size) noexcept {
    return answering(
        [&] { static_cast<StringSink *>(self->context)->bytes_.append(static_cast<const char *>(bytes), size); });
  }

  parley_sink sink_{};
  std::string bytes_;
};

/// A list of strings.
class StringList {
public:
  StringList() noexcept {
    sink_.size = static_cast<std::uint32_t>(sizeof sink_);
    sink_.context = this;
    sink_.put = &StringList::put;
  }
  StringList(const StringList &) = delete;
  StringList &operator=(const StringList &) = delete;
  StringList(StringList &&) = delete;
  StringList &operator=(StringList &&) = delete;
  ~StringList() = default;

  [[nodiscard]] const parley_str_sink *sink() const noexcept { return &sink_; }
  [[nodiscard]] const std::vector<std::string> &texts() const noexcept { return texts_; }

private:
  static std::int32_t PARLEY_ABI put(const parley_str_sink *self, const parley_str *value) noexcept {
    return answering([&] {
      if (value == nullptr) {
        throw std::invalid_argument("parley_str");
      }
      static_cast<StringList *>(self->context)->texts_.emplace_back(view(*value));
    });
  }

  parley_str_sink sink_{};
  std::vector<std::string> texts_;
};

/// A reference of one's own.
struct Ref {
  std::string type;
  std::string id;
};

/// How far a permission reaches: parley_scope, copied.
struct ScopeAnswer {
  std::uint32_t level = PARLEY_LEVEL_NONE;
  std::uint64_t version = 0;
  std::string organization;
  std::vector<std::string> units;
  std::vector<std::string> customers;
  Ref customer;
};

/// Scopes, at the places of their requests.
class ScopeList {
public:
  explicit ScopeList(std::size_t requests) : answers_(requests) {
    sink_.size = static_cast<std::uint32_t>(sizeof sink_);
    sink_.context = this;
    sink_.put = &ScopeList::put;
  }
  ScopeList(const ScopeList &) = delete;
  ScopeList &operator=(const ScopeList &) = delete;
  ScopeList(ScopeList &&) = delete;
  ScopeList &operator=(ScopeList &&) = delete;
  ~ScopeList() = default;

  [[nodiscard]] const parley_scope_sink *sink() const noexcept { return &sink_; }
  [[nodiscard]] std::vector<ScopeAnswer> &answers() noexcept { return answers_; }
  /// Every question was answered once.
  [[nodiscard]] bool complete() const noexcept { return put_ == answers_.size(); }

private:
  static void copy(const parley_str *from, std::size_t count, std::vector<std::string> &to) {
    if (from == nullptr) {
      return;
    }
    to.reserve(count);
    for (std::size_t index = 0; index < count; ++index) {
      to.emplace_back(view(from[index]));
    }
  }

  static std::int32_t PARLEY_ABI put(const parley_scope_sink *self, std::size_t index,
                                     const parley_scope *scope) noexcept {
    return answering([&] {
      auto &list = *static_cast<ScopeList *>(self->context);
      if (scope == nullptr || !PARLEY_HAS(scope, parley_scope, level)) {
        throw std::length_error("parley_scope");
      }
      ScopeAnswer &answer = list.answers_.at(index);
      // An unknown level counts as none.
      answer.level = scope->level <= PARLEY_LEVEL_GLOBAL ? scope->level : PARLEY_LEVEL_NONE;
      answer.version = PARLEY_HAS(scope, parley_scope, version) ? scope->version : 0;
      answer.organization = PARLEY_TEXT(scope, parley_scope, organization);
      if (PARLEY_HAS(scope, parley_scope, unit_count)) {
        copy(scope->units, scope->unit_count, answer.units);
      }
      if (PARLEY_HAS(scope, parley_scope, customer_count)) {
        copy(scope->customers, scope->customer_count, answer.customers);
      }
      if (PARLEY_HAS(scope, parley_scope, customer)) {
        answer.customer = {std::string(view(scope->customer.type)), std::string(view(scope->customer.id))};
      }
      ++list.put_;
    });
  }

  parley_scope_sink sink_{};
  std::vector<ScopeAnswer> answers_;
  std::size_t put_ = 0;
};

/// Facts of a record: parley_record, copied.
struct RecordFacts {
  bool exists = false;
  bool has_page = false;
  Ref ref;
  std::string title;
  std::string full_title;
  std::string sort_key;
  Ref owner;
  Ref unit;
  Ref customer;
  Ref customer_user;
  Ref organization;
  Ref website;
};

/// Records, in the order in which they came.
class RecordList {
public:
  RecordList() noexcept {
    sink_.size = static_cast<std::uint32_t>(sizeof sink_);
    sink_.context = this;
    sink_.put = &RecordList::put;
  }
  RecordList(const RecordList &) = delete;
  RecordList &operator=(const RecordList &) = delete;
  RecordList(RecordList &&) = delete;
  RecordList &operator=(RecordList &&) = delete;
  ~RecordList() = default;

  [[nodiscard]] const parley_record_sink *sink() const noexcept { return &sink_; }
  [[nodiscard]] std::vector<RecordFacts> &records() noexcept { return records_; }

private:
  static Ref copy(const parley_ref &from) { return Ref{text(from.type), text(from.id)}; }

  static std::int32_t PARLEY_ABI put(const parley_record_sink *self, const parley_record *record) noexcept {
    return answering([&] {
      if (record == nullptr || !PARLEY_HAS(record, parley_record, ref)) {
        throw std::length_error("parley_record");
      }
      RecordFacts facts;
      facts.ref = copy(record->ref);
      facts.exists = (record->flags & PARLEY_RECORD_EXISTS) != 0;
      if (facts.exists) {
        facts.has_page = (record->flags & PARLEY_RECORD_HAS_PAGE) != 0;
        facts.title = PARLEY_TEXT(record, parley_record, title);
        facts.full_title = PARLEY_TEXT(record, parley_record, full_title);
        facts.sort_key = PARLEY_TEXT(record, parley_record, sort_key);
        facts.owner = PARLEY_HAS(record, parley_record, owner) ? copy(record->owner) : Ref{};
        facts.unit = PARLEY_HAS(record, parley_record, unit) ? copy(record->unit) : Ref{};
        facts.customer = PARLEY_HAS(record, parley_record, customer) ? copy(record->customer) : Ref{};
        facts.customer_user = PARLEY_HAS(record, parley_record, customer_user) ? copy(record->customer_user) : Ref{};
        facts.organization = PARLEY_HAS(record, parley_record, organization) ? copy(record->organization) : Ref{};
        facts.website = PARLEY_HAS(record, parley_record, website) ? copy(record->website) : Ref{};
      }
      static_cast<RecordList *>(self->context)->records_.push_back(std::move(facts));
    });
  }

  parley_record_sink sink_{};
  std::vector<RecordFacts> records_;
};

} // namespace parley::cpp
