#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/views.hpp"
#include "plugin/jsonapi/documents.hpp"
#include "plugin/jsonapi/json_writer.hpp"

namespace parley::jsonapi {

/// Writes one resource object in the order attributes, relationships, meta. A field that is not asked for is left out.
class ResourceWriter {
public:
  ResourceWriter(Documents &documents, const Showing &showing, std::string_view type, std::string id);
  ResourceWriter(const ResourceWriter &) = delete;
  ResourceWriter &operator=(const ResourceWriter &) = delete;
  ResourceWriter(ResourceWriter &&) = delete;
  ResourceWriter &operator=(ResourceWriter &&) = delete;
  ~ResourceWriter() = default;

  [[nodiscard]] bool wants(std::string_view name) const { return showing_.fields.has(name); }

  void attribute(std::string_view name, std::string_view text);
  void attribute(std::string_view name, std::int64_t number);
  void flag(std::string_view name, bool value);
  /// Null where there is none: 0.
  void time(std::string_view name, domain::Time time);
  /// Null where it is empty.
  void optional(std::string_view name, std::string_view text);
  /// Begins an attribute whose value the caller writes; false where it is not wanted.
  bool begin_attribute(std::string_view name);

  /// Literals only, since they are kept. A none() reference is null; so is the system as an actor, which is no resource.
  void to_one(std::string_view name, const domain::Reference &reference);
  void to_many(std::string_view name, std::vector<domain::Reference> references);

  /// Begins `meta`; what the caller writes goes into it.
  JsonWriter &begin_meta();
  /// `true`, or the reason why not.
  void permit(std::string_view name, const domain::Permit &permit);
  /// Ends meta and resource, and puts the document on the list.
  void finish(std::int64_t version, std::string cursor);

  [[nodiscard]] JsonWriter &json() { return json_; }

private:
  enum class Part { head, attributes, relationships, meta };

  void enter(Part part);
  void identifier(const domain::Reference &reference);

  Documents &documents_;
  const Showing &showing_;
  JsonWriter json_;
  Document document_;
  Part part_ = Part::head;
};

/// A member of `can`: `true`, or the reason why not.
void permit(JsonWriter &json, std::string_view name, const domain::Permit &permit);

} // namespace parley::jsonapi
