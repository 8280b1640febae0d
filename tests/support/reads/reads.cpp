#include "tests/support/reads/reads.hpp"

#include <functional>
#include <stdexcept>
#include <utility>

namespace parley::tests {
namespace {

using domain::Audience;
using domain::Level;
using domain::Reference;
using domain::Scope;

constexpr std::uint32_t kPage = 25;
const Reference kHot{"orders", "hot"};
const Reference kFew{"orders", "few"};

NamedScope backoffice(const std::string &name, const std::string &user, Level level,
                      std::vector<std::string> units = {}, const std::string &organization = {}) {
  NamedScope named{"back office, " + name, {}};
  named.scope.level = level;
  named.scope.actor = {"users", user};
  named.scope.organization = organization;
  named.scope.units = std::move(units);
  return named;
}

NamedScope storefront(const std::string &name, const std::string &user, const std::string &customer, Level level,
                      std::vector<std::string> customers = {}) {
  NamedScope named{"storefront, " + name, {}};
  named.scope.audience = Audience::storefront;
  named.scope.level = level;
  named.scope.actor = {"customerusers", user};
  named.scope.customer = {"customers", customer};
  named.scope.customers = std::move(customers);
  return named;
}

std::vector<std::string> numbered(const std::string &start, std::int64_t count) {
  std::vector<std::string> names;
  for (std::int64_t at = 1; at <= count; ++at) {
    names.push_back(start + std::to_string(at));
  }
  return names;
}

} // namespace

std::vector<NamedScope> generated_scopes(std::int64_t groups) {
  return {backoffice("global", "1", Level::global),
          backoffice("organization 1", "1", Level::organization, {}, "1"),
          backoffice("organization 3", "1", Level::organization, {}, "3"),
          backoffice("unit dense", "1", Level::unit, {"dense"}, "1"),
          backoffice("unit sparse", "nobody", Level::unit, {"sparse"}, "1"),
          backoffice("two units", "nobody", Level::division, {"sparse", "none"}, "1"),
          backoffice("division", "1", Level::division, numbered("u", groups), "1"),
          backoffice("user many", "many", Level::user, {}, "1"),
          backoffice("user few", "few", Level::user, {}, "1"),
          backoffice("user none", "nobody", Level::user, {}, "1"),
          storefront("customer dense", "dense", "dense", Level::unit, {"dense"}),
          storefront("customer sparse", "sparse", "sparse", Level::unit, {"sparse"}),
          storefront("subsidiaries", "s1", "s1", Level::division, numbered("s", groups)),
          storefront("user many", "many", "dense", Level::user),
          storefront("user few", "sparse", "sparse", Level::user)};
}

namespace {

class Measuring {
public:
  Measuring(store::ConversationStore &store, SqliteMeter &meter) : store_(store), meter_(meter) {}

  void all(const NamedScope &named) {
    scope_ = &named;
    const auto unread = store_.unread({named.scope, 5});
    if (!unread) {
      throw std::runtime_error("unread: " + unread.failure().faults.front().detail);
    }
    found.push_back({"unread: " + named.name, static_cast<std::size_t>(unread.value().count), meter_.take()});
    const auto first = list("list, newest page", {});
    if (first.size() >= kPage) {
      store::Paging beside;
      beside.after = first.back().cursor;
      list("list, next page", beside);
      std::swap(beside.after, beside.before);
      list("list, page before", beside);
    }
    for (const Reference &record : {kHot, kFew}) {
      store::ConversationQuery query = asked({});
      query.panel = record;
      const auto rows = take("panel of orders/" + record.id, store_.conversations(query));
      if (record.id == "hot" && rows.size() >= kPage) {
        query.paging.after = rows.back().cursor;
        take("panel of orders/hot, next page", store_.conversations(query));
      }
    }
    if (first.empty()) {
      return;
    }
    std::vector<domain::ConversationId> ids;
    for (std::size_t at = 0; at < first.size() && at < 10; ++at) {
      ids.push_back(first[at].conversation.id);
    }
    take("by id", store_.conversations_by_id(named.scope, ids));

    store::MessageQuery messages;
    messages.scope = named.scope;
    messages.conversation = ids.front();
    messages.paging.size = 5;
    const auto newest = take("messages, newest page", store_.messages(messages));
    if (!newest.empty()) {
      messages.paging.after = newest.front().cursor;
      take("messages, older page", store_.messages(messages));
    }
    store::ParticipantQuery people;
    people.scope = named.scope;
    people.conversation = ids.front();
    take("participants", store_.participants(people));
  }

  std::vector<ReadWork> found;

private:
  [[nodiscard]] store::ConversationQuery asked(store::Paging paging) const {
    store::ConversationQuery query;
    query.scope = scope_->scope;
    query.paging = std::move(paging);
    query.paging.size = kPage;
    return query;
  }
  std::vector<store::ConversationRow> list(const std::string &name, store::Paging paging) {
    return take(name, store_.conversations(asked(std::move(paging))));
  }
  template <class Row>
  std::vector<Row> take(const std::string &name, domain::Result<store::Page<Row>> page) {
    if (!page) {
      throw std::runtime_error(name + ": " + page.failure().faults.front().detail);
    }
    found.push_back({name + ": " + scope_->name, page->rows.size(), meter_.take()});
    return std::move(page->rows);
  }

  store::ConversationStore &store_;
  SqliteMeter &meter_;
  const NamedScope *scope_ = nullptr;
};

} // namespace

std::vector<ReadWork> measure_reads(store::ConversationStore &store, SqliteMeter &meter, std::int64_t groups) {
  Measuring measuring(store, meter);
  meter.take();
  for (const NamedScope &named : generated_scopes(groups)) {
    measuring.all(named);
  }
  return measuring.found;
}

} // namespace parley::tests
