// Registration: validation, all or nothing, what is taken.
#include "shop.hpp"

namespace parley::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Registration : public testing::Test {
protected:
  // Registers one entity, after `change`.
  std::int32_t add(MemoryEntity &entity, const std::function<void(parley_entity &)> &change = {}) {
    return host.register_own(
        [&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
          auto &descriptor = entity.descriptor();
          if (change) {
            change(descriptor);
          }
          return registry->add_entity(self, &descriptor, errors);
        });
  }

  TestHost host;
};

TEST_F(Registration, NamesTheFunctionThatADeclaredActionNeeds) {
  MemoryEntity notes("notes", PARLEY_ACTION_CREATE);
  EXPECT_EQ(add(notes, [](parley_entity &entity) { entity.create = nullptr; }), PARLEY_INCOMPATIBLE);
  EXPECT_EQ(host.reported(), "notes: create is declared, but parley_entity::create is missing\n");
}

TEST_F(Registration, TakesAFunctionThatDoesNotFitForMissing) {
  MemoryEntity notes("notes", PARLEY_ACTION_CREATE);
  EXPECT_EQ(add(notes, [](parley_entity &entity) { entity.size = offsetof(parley_entity, create); }),
            PARLEY_INCOMPATIBLE);
}

TEST_F(Registration, TakesLargerStructs) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  EXPECT_EQ(add(notes, [](parley_entity &entity) { entity.size += 64; }), PARLEY_OK);
}

TEST_F(Registration, ReportsEveryFault) {
  MemoryEntity notes("No Tes", PARLEY_ACTION_GET);
  notes.attribute("id", PARLEY_TYPE_STRING, 0);
  notes.attribute("same", PARLEY_TYPE_STRING, 0);
  notes.relationship("same", {}, 0);
  EXPECT_EQ(add(notes, [](parley_entity &entity) { entity.label = text(R"({"de":"Notiz"})"); }), PARLEY_INVALID);
  EXPECT_THAT(host.problems, testing::UnorderedElementsAre(
                                 HasSubstr("the type \"No Tes\" is not valid"), HasSubstr("no text in English"),
                                 HasSubstr("the name of an attribute \"id\" is not valid"),
                                 HasSubstr("same points to no type"), HasSubstr("the field same is there twice")));
}

TEST_F(Registration, B7_RefusesColumnsThatAreNone) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  notes.attribute("name", PARLEY_TYPE_STRING, PARLEY_FIELD_GRID);
  notes.attribute("hidden", PARLEY_TYPE_STRING, 0);
  notes.relationship("before", {"notes"}, PARLEY_FIELD_GRID);
  EXPECT_EQ(add(notes, [](parley_entity &entity) { entity.columns = text("before,hidden,name,name,other"); }),
            PARLEY_INVALID);
  EXPECT_THAT(host.problems, testing::UnorderedElementsAre(HasSubstr("the columns name \"hidden\""),
                                                           HasSubstr("the columns name \"name\""),
                                                           HasSubstr("the columns name \"other\"")));
  MemoryEntity others("others", PARLEY_ACTION_GET);
  others.attribute("name", PARLEY_TYPE_STRING, PARLEY_FIELD_GRID);
  EXPECT_EQ(add(others, [](parley_entity &entity) { entity.columns = text("name"); }), PARLEY_OK) << host.reported();
}

TEST_F(Registration, B5_AnActionOfARowNeedsNoElement) {
  const auto add_action = [&](const char *name, std::uint32_t placement) {
    return host.register_own(
        [&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
          MemoryEntity notes(std::string(name) + "s", PARLEY_ACTION_GET);
          const std::string type_name = std::string(name) + "s";
          const parley_str type = {type_name.data(), type_name.size()};
          registry->add_entity(self, &notes.descriptor(), errors);
          parley_record_action action{};
          action.size = sizeof action;
          action.application = PARLEY_APPLICATION_BACKOFFICE;
          action.placement = placement;
          action.name = text(name);
          action.label = text(R"({"en":"Do it"})");
          action.record_types = &type;
          action.record_type_count = 1;
          action.can = text("act");
          return registry->add_record_action(self, &action, errors);
        });
  };
  EXPECT_EQ(add_action("row", PARLEY_PLACEMENT_ROW), PARLEY_OK) << host.reported();
  EXPECT_EQ(add_action("menu", PARLEY_PLACEMENT_MENU), PARLEY_INVALID);
  const auto rows = host.surface()["recordActions"]["rows"];
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["placement"], "row");
  EXPECT_EQ(rows[0]["can"], "act");
  EXPECT_EQ(rows[0]["element"], "");
}

TEST_F(Registration, RefusesOperatorsOfFiltersThatDoNotFit) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  notes.attribute("size", PARLEY_TYPE_INTEGER, PARLEY_FIELD_FILTER);
  notes.filtered_by("size", PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL) | PARLEY_FILTER_BIT(PARLEY_FILTER_CONTAINS));
  notes.attribute("colour", PARLEY_TYPE_STRING, 0);
  notes.filtered_by("colour", PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL));
  notes.attribute("done", PARLEY_TYPE_BOOLEAN, PARLEY_FIELD_FILTER);
  notes.filtered_by("done", PARLEY_FILTER_BIT(PARLEY_FILTER_SEARCH) | PARLEY_FILTER_ONE_VALUE);
  notes.relationship("before", {"notes"}, PARLEY_FIELD_FILTER);
  notes.filtered_by("before", PARLEY_FILTER_BIT(PARLEY_FILTER_LESS));
  EXPECT_EQ(add(notes), PARLEY_INVALID);
  EXPECT_THAT(host.problems,
              testing::UnorderedElementsAre(HasSubstr("size cannot be filtered by \"contains\""),
                                            HasSubstr("colour has operators of filters, but is no filter"),
                                            HasSubstr("done is a filter, but has no operator"),
                                            HasSubstr("before cannot be filtered by \"less\"")));
}

TEST_F(Registration, PassesOverOperatorsOfFiltersThatItDoesNotKnow) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  notes.attribute("size", PARLEY_TYPE_INTEGER, PARLEY_FIELD_FILTER);
  notes.filtered_by("size", PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL) | PARLEY_FILTER_BIT(30));
  EXPECT_EQ(add(notes), PARLEY_OK) << host.reported();
}

TEST_F(Registration, RefusesTheNamesThatJsonApiReserves) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  notes.attribute("type", PARLEY_TYPE_STRING, 0);
  notes.relationship("type", {"notes"}, 0);
  notes.relationship("id", {"notes"}, 0);
  EXPECT_EQ(add(notes), PARLEY_INVALID);
  EXPECT_THAT(host.problems, testing::IsSupersetOf({HasSubstr("the name of an attribute \"type\" is not valid"),
                                                    HasSubstr("the name of a relationship \"type\" is not valid"),
                                                    HasSubstr("the name of a relationship \"id\" is not valid")}));
}

TEST_F(Registration, TakesAFieldOfItsOwnForEachApplication) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  notes.attribute("size", PARLEY_TYPE_STRING, PARLEY_FIELD_SORT, PARLEY_APPLICATION_BACKOFFICE);
  notes.attribute("size", PARLEY_TYPE_STRING, 0, PARLEY_APPLICATION_STOREFRONT);
  EXPECT_EQ(add(notes), PARLEY_OK) << host.reported();
}

TEST_F(Registration, ChecksWhatGridsMakeOfFields) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  notes.attribute("text", PARLEY_TYPE_STRING, PARLEY_FIELD_HIGHLIGHT);
  notes.attribute("unread", PARLEY_TYPE_BOOLEAN, PARLEY_FIELD_HIGHLIGHT | PARLEY_FIELD_INLINE);
  notes.relationship("readers", {"notes"}, PARLEY_FIELD_UPDATE | PARLEY_FIELD_INLINE | PARLEY_RELATIONSHIP_TO_MANY);
  EXPECT_EQ(add(notes), PARLEY_INVALID);
  EXPECT_THAT(host.problems,
              testing::IsSupersetOf({HasSubstr("text makes rows stand out, but is not boolean"),
                                     HasSubstr("more than one attribute makes rows stand out"),
                                     HasSubstr("unread may be edited in a grid, but may not be sent when updating"),
                                     HasSubstr("readers may be edited in a grid, but is to many")}));
}

TEST_F(Registration, ChecksTheQueryOfAPage) {
  const auto add_page = [&](const char *query, const char *element) {
    MemoryEntity notes("notes", PARLEY_ACTION_GET);
    notes.attribute("pinned", PARLEY_TYPE_BOOLEAN, PARLEY_FIELD_FILTER);
    notes.attribute("text", PARLEY_TYPE_STRING, PARLEY_FIELD_SEARCH);
    return host.register_own(
        [&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) -> std::int32_t {
          EXPECT_EQ(registry->add_entity(self, &notes.descriptor(), errors), PARLEY_OK);
          parley_page page{};
          page.size = sizeof page;
          page.application = PARLEY_APPLICATION_BACKOFFICE;
          page.name = text("pinned");
          page.title = label("Pinned");
          (*element == '\0' ? page.entity : page.element) = text(*element == '\0' ? "notes" : element);
          page.query = text(query);
          return registry->add_page(self, &page, errors);
        });
  };
  for (const char *wrong : {"filter[text]=x", "filter[pinned]=perhaps", "filter[pinned][greater]=true", "sort=pinned",
                            "filter[search]=x", "filter[pinned]", "filter[pinned=true", "filter[pinned]=%zz"}) {
    EXPECT_EQ(add_page(wrong, ""), PARLEY_INVALID) << wrong;
    EXPECT_THAT(host.reported(), HasSubstr(std::string("pinned: its query has \"") + wrong + "\""));
  }
  EXPECT_EQ(add_page("filter[pinned]=true", "note-list"), PARLEY_INVALID);
  EXPECT_THAT(host.reported(), HasSubstr("it has a query, but no entity"));
  EXPECT_EQ(add_page("filter%5Bpinned%5D=true", ""), PARLEY_OK) << host.reported();
  EXPECT_EQ(host.describe()["pages"][0]["query"], "filter%5Bpinned%5D=true");
}

TEST_F(Registration, ChecksThePermissionsOfActions) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET | PARLEY_ACTION_CREATE);
  parley_action_permission needed{};
  needed.size = sizeof needed;
  needed.action = PARLEY_ACTION_CREATE;
  needed.permission = text("write");
  const auto with_permission = [&](parley_entity &entity) {
    entity.permission_size = sizeof needed;
    entity.permissions = &needed;
    entity.permission_count = 1;
  };
  EXPECT_EQ(add(notes, with_permission), PARLEY_INVALID);
  EXPECT_EQ(host.reported(), "notes: the permission \"write\" on \"notes\" is not registered\n");
  for (const std::uint32_t actions : {0u, PARLEY_ACTION_CREATE | PARLEY_ACTION_GET}) {
    needed.action = actions;
    EXPECT_EQ(add(notes, with_permission), PARLEY_INVALID);
    EXPECT_THAT(host.reported(), HasSubstr("not exactly one action"));
  }
}

TEST_F(Registration, RefusesATypeThatIsTaken) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  EXPECT_EQ(add(notes), PARLEY_OK);
  EXPECT_EQ(add(notes), PARLEY_CONFLICT);
  MemoryEntity workflows("workflows", PARLEY_ACTION_GET);
  EXPECT_EQ(add(workflows), PARLEY_CONFLICT);
}

TEST_F(Registration, RefusesARelationshipToATypeThatIsNotThere) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  notes.relationship("author", {"users"}, 0);
  EXPECT_EQ(add(notes), PARLEY_INVALID);
  EXPECT_THAT(host.reported(), HasSubstr("notes.author: the entity \"users\" is not registered"));
}

TEST_F(Registration, KeepsNothingWhenTheWorkFails) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  const std::int32_t status = host.register_own(
      [&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) -> std::int32_t {
        EXPECT_EQ(registry->add_entity(self, &notes.descriptor(), errors), PARLEY_OK);
        return PARLEY_UNAVAILABLE;
      });
  EXPECT_EQ(status, PARLEY_UNAVAILABLE);
  EXPECT_THAT(host.describe()["entities"], IsEmpty());
  EXPECT_EQ(add(notes), PARLEY_OK);
}

TEST_F(Registration, KeepsNothingWhenTheWholeDoesNotHold) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  const std::int32_t status = host.register_own(
      [&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) -> std::int32_t {
        registry->add_entity(self, &notes.descriptor(), errors);
        parley_page page{};
        page.size = sizeof page;
        page.application = PARLEY_APPLICATION_BACKOFFICE;
        page.name = text("notes");
        page.title = label("Notes");
        page.entity = text("others");
        return registry->add_page(self, &page, errors);
      });
  EXPECT_EQ(status, PARLEY_INVALID);
  EXPECT_THAT(host.describe()["entities"], IsEmpty());
}

TEST_F(Registration, IsPossibleOnlyWhileStartRuns) {
  const parley_host *kept_host = nullptr;
  const parley_registry *kept = nullptr;
  host.register_own([&](const parley_host *self, const parley_registry *registry, const parley_error_sink *) {
    kept_host = self;
    kept = registry;
    return PARLEY_OK;
  });
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  EXPECT_EQ(kept->add_entity(kept_host, &notes.descriptor(), nullptr), PARLEY_WRONG_STATE);
}

TEST_F(Registration, ListsTypesByTraitsWhatWasJustAddedIncluded) {
  MemoryEntity users("users", PARLEY_ACTION_GET);
  add(users, [](parley_entity &entity) { entity.traits = PARLEY_TRAIT_USER | PARLEY_TRAIT_RECORD; });
  std::vector<std::string> found;
  MemoryEntity orders("orders", PARLEY_ACTION_GET);
  host.register_own([&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
    orders.descriptor().traits = PARLEY_TRAIT_RECORD;
    registry->add_entity(self, &orders.descriptor(), errors);
    parley_str_sink sink{};
    sink.size = sizeof sink;
    sink.context = &found;
    sink.put = [](const parley_str_sink *to, const parley_str *type) -> std::int32_t {
      static_cast<std::vector<std::string> *>(to->context)->emplace_back(type->data, type->size);
      return PARLEY_OK;
    };
    return registry->types(self, PARLEY_TRAIT_RECORD, &sink);
  });
  EXPECT_THAT(found, testing::ElementsAre("users", "orders"));
}

TEST_F(Registration, ReadsArraysByTheElementSizeOfTheirWriter) {
  struct Larger {
    parley_attribute known;
    char more[16];
  };
  std::vector<Larger> attributes(2);
  for (auto &item : attributes) {
    item.known.size = sizeof(Larger);
    item.known.type = PARLEY_TYPE_STRING;
    item.known.applications = both;
    item.known.label = label("x");
  }
  attributes[0].known.name = text("one");
  attributes[1].known.name = text("two");
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  EXPECT_EQ(add(notes,
                [&](parley_entity &entity) {
                  entity.attributes = &attributes[0].known;
                  entity.attribute_count = 2;
                  entity.attribute_size = sizeof(Larger);
                }),
            PARLEY_OK);
  EXPECT_EQ(host.describe()["entities"][0]["attributes"][1]["name"], "two");
}

TEST_F(Registration, ChecksTheStepsOfWorkflows) {
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  parley_step step{};
  step.size = sizeof step;
  step.name = text("open");
  step.label = label("Open");
  const parley_str from = text("closed");
  parley_transition transition{};
  transition.size = sizeof transition;
  transition.name = text("finish");
  transition.label = label("Finish");
  transition.from = &from;
  transition.from_count = 1;
  transition.to = text("open");
  parley_workflow workflow{};
  workflow.size = sizeof workflow;
  workflow.applications = both;
  workflow.name = text("note_flow");
  workflow.label = label("Flow");
  workflow.entity = text("notes");
  workflow.step_size = sizeof step;
  workflow.steps = &step;
  workflow.step_count = 1;
  workflow.transition_size = sizeof transition;
  workflow.transitions = &transition;
  workflow.transition_count = 1;
  const std::int32_t status =
      host.register_own([&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
        return registry->add_workflow(self, &workflow, errors);
      });
  EXPECT_EQ(status, PARLEY_INCOMPATIBLE);
  EXPECT_THAT(host.problems, testing::IsSupersetOf({HasSubstr("exactly one step must be the initial one"),
                                                    HasSubstr("begins at the unknown step \"closed\""),
                                                    HasSubstr("parley_workflow::perform is missing")}));
}

TEST(Runtime, RefusesSettingsThatAreNoObject) {
  TestHost host("[]");
  EXPECT_EQ(host.runtime, nullptr);
  EXPECT_EQ(host.reported(), "The settings are no JSON object.\n");
}

} // namespace
} // namespace parley::tests
