#include "host-sdk/src/http/include.hpp"

#include <algorithm>

namespace parley::host {
namespace {

class Includer {
public:
  Includer(Exchange &exchange, const Query &query) : exchange_(exchange), query_(query) {}

  std::deque<Document> load(std::deque<Document> &primary) {
    Step first;
    first.tree = &query_.include;
    for (auto &document : primary) {
      known_[document.ref] = &document;
      first.documents.push_back(&document);
    }
    std::vector<Step> level{first};
    while (!level.empty()) {
      for (const auto &step : level) {
        complete_related(step);
      }
      fetch(level);
      level = next(level);
    }
    return std::move(included_);
  }

private:
  // Documents, and what of them is to be included.
  struct Step {
    const IncludeTree *tree = nullptr;
    std::vector<Document *> documents;
  };

  // A sparse fieldset may leave out the relationship that an include follows: its references are asked for apart.
  void complete_related(const Step &step) {
    std::map<std::string, std::vector<std::string>> ids;   // by type
    std::map<std::string, std::vector<std::string>> names; // by type
    for (const auto *document : step.documents) {
      const auto *fields = query_.fields_of(document->ref.type);
      if (fields == nullptr) {
        continue;
      }
      for (const auto &child : step.tree->children) {
        const bool left_out = std::find(fields->begin(), fields->end(), child.first) == fields->end();
        auto &wanted = names[document->ref.type];
        const Entity *entity = exchange_.registry.entity(document->ref.type);
        if (left_out && entity != nullptr && entity->relationship(child.first, exchange_.application) != nullptr &&
            std::find(wanted.begin(), wanted.end(), child.first) == wanted.end()) {
          wanted.push_back(child.first);
        }
      }
      ids[document->ref.type].push_back(document->ref.id);
    }
    for (const auto &entry : names) {
      const Entity *entity = exchange_.registry.entity(entry.first);
      if (entry.second.empty() || entity == nullptr || entity->get_many == nullptr) {
        continue;
      }
      Answer answer;
      get_many(exchange_, *entity, ids[entry.first], &entry.second, answer);
      for (auto &document : answer.documents) {
        const auto found = known_.find(document.ref);
        if (found != known_.end()) {
          auto &related = found->second->related;
          std::move(document.related.begin(), document.related.end(), std::back_inserter(related));
        }
      }
    }
  }

  template <class Function>
  static void each_ref(const Step &step, const std::string &name, Function function) {
    for (const auto *document : step.documents) {
      if (const auto *refs = document->refs(name)) {
        for (const auto &ref : *refs) {
          function(ref);
        }
      }
    }
  }

  void fetch(const std::vector<Step> &level) {
    std::map<std::string, std::vector<std::string>> wanted; // by type
    for (const auto &step : level) {
      for (const auto &child : step.tree->children) {
        each_ref(step, child.first, [&](const Ref &ref) {
          if (known_.emplace(ref, nullptr).second) {
            wanted[ref.type].push_back(ref.id);
          }
        });
      }
    }
    for (const auto &entry : wanted) {
      const Entity *entity = exchange_.registry.entity(entry.first);
      if (!exchange_.readable(entity)) {
        continue;
      }
      Answer answer;
      get_many(exchange_, *entity, entry.second, query_.fields_of(entry.first), answer);
      for (auto &document : answer.documents) {
        auto &known = known_[document.ref];
        if (known == nullptr) {
          included_.push_back(std::move(document));
          known = &included_.back();
        }
      }
    }
  }

  std::vector<Step> next(const std::vector<Step> &level) {
    std::vector<Step> steps;
    for (const auto &step : level) {
      for (const auto &child : step.tree->children) {
        if (child.second.children.empty()) {
          continue;
        }
        Step further;
        further.tree = &child.second;
        each_ref(step, child.first, [&](const Ref &ref) {
          Document *document = known_[ref];
          auto &documents = further.documents;
          if (document != nullptr && std::find(documents.begin(), documents.end(), document) == documents.end()) {
            documents.push_back(document);
          }
        });
        if (!further.documents.empty()) {
          steps.push_back(std::move(further));
        }
      }
    }
    return steps;
  }

  Exchange &exchange_;
  const Query &query_;
  std::map<Ref, Document *> known_; // NULL: asked for, and not there
  std::deque<Document> included_;
};

} // namespace

std::deque<Document> load_included(Exchange &exchange, const Query &query, std::deque<Document> &primary) {
  if (query.include.children.empty()) {
    return {};
  }
  return Includer(exchange, query).load(primary);
}

} // namespace parley::host
