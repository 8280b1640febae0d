#include "plugin/domain/names.hpp"

namespace parley::domain {

std::string_view name_of(Audience audience) {
  return audience == Audience::storefront ? "storefront" : "backoffice";
}

std::string_view name_of(Status status) {
  switch (status) {
  case Status::active:
    return "active";
  case Status::inactive:
    return "inactive";
  case Status::closed:
    return "closed";
  }
  return {};
}

std::string_view name_of(MessageType type) {
  return type == MessageType::system ? "system" : "text";
}

std::string_view name_of(Visibility visibility) {
  return visibility == Visibility::internal ? "internal" : "public";
}

std::optional<Status> status_named(std::string_view name) {
  for (const Status status : {Status::active, Status::inactive, Status::closed}) {
    if (name_of(status) == name) {
      return status;
    }
  }
  return std::nullopt;
}

std::optional<MessageType> message_type_named(std::string_view name) {
  for (const MessageType type : {MessageType::text, MessageType::system}) {
    if (name_of(type) == name) {
      return type;
    }
  }
  return std::nullopt;
}

std::optional<Visibility> visibility_named(std::string_view name) {
  for (const Visibility visibility : {Visibility::everybody, Visibility::internal}) {
    if (name_of(visibility) == name) {
      return visibility;
    }
  }
  return std::nullopt;
}

} // namespace parley::domain
