// A host whose tables answer nonsense: the conversations plugin and libparley-host make the best of it, which is never a
// crash, never a wrong right, and never a document that is stored in part.
#include "bare_host.hpp"

#include <functional>
#include <gmock/gmock.h>

namespace {

using contract::admin;
using contract::document;
using contract::Errors;
using contract::Host;
using contract::linkage;
using contract::Response;
using contract::view;
using nlohmann::json;

// What the tables answer. Sense, where a test says nothing.
struct Answers {
  std::function<std::int32_t(std::size_t count, const parley_scope_sink &result)> scopes;
  std::function<std::int32_t(std::size_t count, std::uint8_t *visible)> visible;
  std::function<std::int32_t(const parley_ref *refs, std::size_t count, const parley_record_sink &result)> resolve;
  std::function<std::int32_t(std::size_t count, const parley_str_sink &result)> values;
} answers;

parley_scope scope_of(std::uint32_t level) {
  parley_scope scope{};
  scope.size = sizeof scope;
  scope.level = level;
  scope.version = 1;
  return scope;
}
parley_record record_of(const parley_ref &ref) {
  parley_record record{};
  record.size = sizeof record;
  record.flags = PARLEY_RECORD_EXISTS | PARLEY_RECORD_HAS_PAGE;
  record.ref = ref;
  record.title = view("A title");
  return record;
}

std::int32_t PARLEY_ABI scopes(const parley_host *, const parley_call *, const parley_scope_request *,
                               std::size_t count, std::uint32_t, const parley_scope_sink *result,
                               const parley_error_sink *) {
  if (answers.scopes) {
    return answers.scopes(count, *result);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const parley_scope scope = scope_of(PARLEY_LEVEL_GLOBAL);
    result->put(result, i, &scope);
  }
  return PARLEY_OK;
}
std::int32_t PARLEY_ABI visible(const parley_host *, const parley_call *, const parley_ref *, std::size_t count,
                                std::uint8_t *visible, const parley_error_sink *) {
  if (answers.visible) {
    return answers.visible(count, visible);
  }
  std::fill(visible, visible + count, std::uint8_t{1});
  return PARLEY_OK;
}
std::int32_t PARLEY_ABI resolve(const parley_host *, const parley_call *, const parley_ref *refs, std::size_t count,
                                const parley_record_sink *result, const parley_error_sink *) {
  if (answers.resolve) {
    return answers.resolve(refs, count, *result);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const parley_record record = record_of(refs[i]);
    result->put(result, &record);
  }
  return PARLEY_OK;
}
std::int32_t PARLEY_ABI search(const parley_host *, const parley_call *, const parley_record_search *,
                               const parley_record_sink *, const parley_error_sink *) {
  return PARLEY_OK;
}
std::int32_t PARLEY_ABI values(const parley_host *, const parley_call *, const parley_setting_request *,
                               std::size_t count, std::uint32_t, const parley_str_sink *result,
                               const parley_error_sink *) {
  if (answers.values) {
    return answers.values(count, *result);
  }
  const parley_str on = parley_str_of("true");
  for (std::size_t i = 0; i < count; ++i) {
    result->put(result, &on);
  }
  return PARLEY_OK;
}

const parley_access access_table{sizeof(parley_access), 0, scopes, visible};
const parley_records records_table{sizeof(parley_records), 0, resolve, search};
const parley_settings settings_table{sizeof(parley_settings), 0, values};

class Nonsense : public testing::Test {
protected:
  void SetUp() override {
    const std::string library = contract::environment("PARLEY_PLUGIN");
    if (library.empty()) {
      GTEST_SKIP() << "PARLEY_PLUGIN is not built";
    }
    const std::string configuration = contract::configuration_of(library);
    const Errors errors;
    plugin_ = host_.load(library, errors);
    ASSERT_NE(plugin_, nullptr) << errors.text();
    contract::migrate(parley_runtime_instance(plugin_), configuration);
    ASSERT_EQ(Host::start(plugin_, configuration, errors), PARLEY_OK) << errors.text();
    const Response made = create();
    ASSERT_EQ(made.status, 201U) << made;
    id_ = made.body["data"]["id"];
  }
  void TearDown() override { answers = {}; }

  Response create() const {
    return host_.request(
        admin, "POST", "/conversations",
        document("conversations", {{"name", "Hello"}, {"firstMessage", "A text"}},
                 {{"source", linkage("orders", "1")}, {"customerUser", linkage("customerusers", "1")}}));
  }

  // Everything that asks the tables: each answer is one of `expected`, well formed, and says why where it is a failure.
  // Then the host comes to its senses, and all is as it was but for what was created.
  void expect(const std::vector<std::uint32_t> &expected) {
    const auto check = [&](const char *what, const Response &response) {
      EXPECT_THAT(expected, testing::Contains(response.status)) << what << ": " << response;
      if (response.status >= 400U) {
        EXPECT_FALSE(response.body["errors"][0].value("detail", "").empty()) << what << ": " << response;
      }
      return response.status;
    };
    made_ += check("create", create()) == 201U ? 1U : 0U;
    check("list", host_.get(admin, "/conversations?include=source,owner,customerUser"));
    check("get", host_.get(admin, "/conversations/" + id_));
    check("messages", host_.get(admin, "/conversationmessages?filter[conversation]=" + id_));
    check("panel", host_.get(admin, "/activity/orders/1"));
    check("rename", host_.request(admin, "PATCH", "/conversations/" + id_,
                                  document("conversations", {{"name", "Hello"}}, nullptr, id_)));
    check("transitions", host_.get(admin, "/conversations/" + id_ + "/transitions"));
    host_.surface(admin);
    answers = {};
    const Response after = host_.get(admin, "/conversations");
    EXPECT_EQ(after.status, 200U) << after;
    EXPECT_EQ(after.body["data"].size(), made_);
  }

  std::string log() const {
    char *text = c_host_log(host_.get());
    const std::string copied = text;
    std::free(text);
    return copied;
  }

  Host host_{
      {{PARLEY_ACCESS_ID, &access_table}, {PARLEY_RECORDS_ID, &records_table}, {PARLEY_SETTINGS_ID, &settings_table}}};
  parley_runtime_plugin *plugin_ = nullptr;
  std::string id_;
  std::size_t made_ = 1;
};

TEST_F(Nonsense, ScopesThatAreNotAnswered) {
  answers.scopes = [](std::size_t, const parley_scope_sink &) { return PARLEY_OK; };
  expect({403, 404, 503});
  EXPECT_THAT(log(), testing::HasSubstr("parley.access/1: scopes"));
}
TEST_F(Nonsense, OneScopeAnsweredForAll) {
  answers.scopes = [](std::size_t count, const parley_scope_sink &result) {
    for (std::size_t i = 0; i < count; ++i) {
      const parley_scope scope = scope_of(PARLEY_LEVEL_GLOBAL);
      result.put(&result, 0, &scope);
    }
    return PARLEY_OK;
  };
  expect({200, 201, 403, 404, 503});
}
TEST_F(Nonsense, ScopesBeyondTheRequests) {
  answers.scopes = [](std::size_t count, const parley_scope_sink &result) {
    const parley_scope scope = scope_of(PARLEY_LEVEL_GLOBAL);
    for (std::size_t i = 0; i < count; ++i) {
      result.put(&result, i, &scope);
    }
    EXPECT_NE(result.put(&result, count, &scope), PARLEY_OK);
    EXPECT_NE(result.put(&result, SIZE_MAX, &scope), PARLEY_OK);
    return PARLEY_OK;
  };
  expect({200, 201, 503});
}
TEST_F(Nonsense, LevelsThatNobodyKnows) {
  answers.scopes = [](std::size_t count, const parley_scope_sink &result) {
    for (std::size_t i = 0; i < count; ++i) {
      const parley_scope scope = scope_of(i % 2 == 0 ? 77 : UINT32_MAX);
      result.put(&result, i, &scope);
    }
    return PARLEY_OK;
  };
  expect({403, 404});
}
TEST_F(Nonsense, ScopesThatAreNoStructs) {
  answers.scopes = [](std::size_t count, const parley_scope_sink &result) {
    parley_scope tiny = scope_of(PARLEY_LEVEL_GLOBAL);
    tiny.size = 4;
    EXPECT_NE(result.put(&result, 0, nullptr), PARLEY_OK);
    for (std::size_t i = 0; i < count; ++i) {
      result.put(&result, i, &tiny);
    }
    return PARLEY_OK;
  };
  expect({403, 404, 503});
}
TEST_F(Nonsense, UnitsThatAreNotThere) {
  answers.scopes = [](std::size_t count, const parley_scope_sink &result) {
    parley_scope scope = scope_of(PARLEY_LEVEL_DIVISION);
    scope.units = nullptr;
    scope.unit_count = 5;
    scope.customers = nullptr;
    scope.customer_count = SIZE_MAX;
    for (std::size_t i = 0; i < count; ++i) {
      result.put(&result, i, &scope);
    }
    return PARLEY_OK;
  };
  expect({200, 201, 403, 404});
}
TEST_F(Nonsense, UnitsThatAreEmptyOrNoText) {
  answers.scopes = [](std::size_t count, const parley_scope_sink &result) {
    const std::string control{"a\0b", 3};
    const std::vector<parley_str> units{{nullptr, 0}, view(""), view("\xff\xfe"), view(control), view("'\"--;")};
    parley_scope scope = scope_of(PARLEY_LEVEL_UNIT);
    scope.organization = {nullptr, 0};
    scope.units = units.data();
    scope.unit_count = units.size();
    for (std::size_t i = 0; i < count; ++i) {
      result.put(&result, i, &scope);
    }
    return PARLEY_OK;
  };
  expect({200, 201, 403, 404});
}
TEST_F(Nonsense, FiftyThousandUnits) {
  std::vector<std::string> ids;
  for (int unit = 0; unit < 50'000; ++unit) {
    ids.push_back("unit-" + std::to_string(unit));
  }
  ids.push_back("of the owner");
  std::vector<parley_str> units;
  for (const std::string &unit : ids) {
    units.push_back(view(unit));
  }
  answers.resolve = [](const parley_ref *refs, std::size_t count, const parley_record_sink &result) {
    for (std::size_t i = 0; i < count; ++i) {
      parley_record record = record_of(refs[i]);
      record.unit = {view("businessunits"), view("of the owner")};
      result.put(&result, &record);
    }
    return PARLEY_OK;
  };
  ASSERT_EQ(create().status, 201U);
  answers.scopes = [&](std::size_t count, const parley_scope_sink &result) {
    parley_scope scope = scope_of(PARLEY_LEVEL_DIVISION);
    scope.units = units.data();
    scope.unit_count = units.size();
    for (std::size_t i = 0; i < count; ++i) {
      result.put(&result, i, &scope);
    }
    return PARLEY_OK;
  };
  // Dana owns neither, and takes no part: only the unit lets her see the second.
  const Response listed = host_.get(contract::dana, "/conversations");
  ASSERT_EQ(listed.status, 200U) << listed;
  EXPECT_EQ(listed.body["data"].size(), 1U);
  EXPECT_NE(listed.body["data"][0]["id"], id_);
}
TEST_F(Nonsense, StatusesThatNobodyKnows) {
  for (const std::int32_t status : {999, -1, INT32_MIN, PARLEY_SINK_REFUSED, PARLEY_INTERNAL}) {
    answers.scopes = [=](std::size_t, const parley_scope_sink &) { return status; };
    expect({500, 503});
    answers.visible = [=](std::size_t, std::uint8_t *) { return status; };
    answers.resolve = [=](const parley_ref *, std::size_t, const parley_record_sink &) { return status; };
    expect({200, 422, 500, 503});
    answers.values = [=](std::size_t, const parley_str_sink &) { return status; };
    expect({500, 503});
  }
}
TEST_F(Nonsense, RecordsInAnotherNumber) {
  for (const int more : {-1, 1, 1000}) {
    answers.resolve = [=](const parley_ref *refs, std::size_t count, const parley_record_sink &result) {
      const parley_record record = record_of(refs[0]);
      for (int i = 0; i < static_cast<int>(count) + more; ++i) {
        result.put(&result, &record);
      }
      return PARLEY_OK;
    };
    EXPECT_EQ(create().status, 503U);
    expect({200, 503});
  }
}
TEST_F(Nonsense, RecordsThatAreNoStructs) {
  answers.resolve = [](const parley_ref *refs, std::size_t count, const parley_record_sink &result) {
    EXPECT_NE(result.put(&result, nullptr), PARLEY_OK);
    for (std::size_t i = 0; i < count; ++i) {
      parley_record record = record_of(refs[i]);
      record.size = 12;
      EXPECT_NE(result.put(&result, &record), PARLEY_OK);
    }
    return PARLEY_OK;
  };
  EXPECT_EQ(create().status, 503U);
  expect({200, 503});
}
TEST_F(Nonsense, RecordsWithoutWords) {
  answers.resolve = [](const parley_ref *refs, std::size_t count, const parley_record_sink &result) {
    for (std::size_t i = 0; i < count; ++i) {
      parley_record record = record_of(refs[i]);
      record.title = {nullptr, 0};
      record.full_title = {nullptr, 0};
      record.sort_key = {nullptr, 0};
      record.customer = {{nullptr, 0}, {nullptr, 0}};
      result.put(&result, &record);
    }
    return PARLEY_OK;
  };
  expect({200, 201, 422});
}
TEST_F(Nonsense, RecordsWithIdsThatAreNone) {
  const std::string longer(1000, 'x');
  const std::string control{"a\0b", 3};
  for (const parley_ref &odd : {parley_ref{view(longer), view(longer)}, parley_ref{view("customers"), {nullptr, 0}},
                                parley_ref{{nullptr, 0}, view("1")}, parley_ref{view("customers"), view("\xff")},
                                parley_ref{view("customers"), view(control)}}) {
    answers.resolve = [=](const parley_ref *refs, std::size_t count, const parley_record_sink &result) {
      for (std::size_t i = 0; i < count; ++i) {
        parley_record record = record_of(refs[i]);
        record.owner = odd;
        record.unit = odd;
        record.customer = odd;
        record.customer_user = odd;
        record.organization = odd;
        record.website = odd;
        result.put(&result, &record);
      }
      return PARLEY_OK;
    };
    expect({200, 201, 422, 503});
  }
}
TEST_F(Nonsense, RecordsWithEndlessTitles) {
  const std::string endless(3'000'000, 'x');
  answers.resolve = [&](const parley_ref *refs, std::size_t count, const parley_record_sink &result) {
    for (std::size_t i = 0; i < count; ++i) {
      parley_record record = record_of(refs[i]);
      record.title = view(endless);
      record.full_title = view(endless);
      result.put(&result, &record);
    }
    return PARLEY_OK;
  };
  expect({200, 201});
}
TEST_F(Nonsense, SettingsThatAreNoJson) {
  for (const char *odd : {"{", "[[[", "\xff", "TRUE", "77", "\"true\"", "null"}) {
    answers.values = [=](std::size_t count, const parley_str_sink &result) {
      const parley_str text = parley_str_of(odd);
      for (std::size_t i = 0; i < count; ++i) {
        result.put(&result, &text);
      }
      return PARLEY_OK;
    };
    expect({200, 201, 404}); // what is not true is off
  }
}
TEST_F(Nonsense, SettingsInAnotherNumber) {
  for (const int more : {-1, 1, 1000}) {
    answers.values = [=](std::size_t count, const parley_str_sink &result) {
      const parley_str on = parley_str_of("true");
      for (int i = 0; i < static_cast<int>(count) + more; ++i) {
        result.put(&result, &on);
      }
      return PARLEY_OK;
    };
    expect({404, 503}); // off, as is the default
  }
  EXPECT_THAT(log(), testing::HasSubstr("values answered another number than was asked"));
}
TEST_F(Nonsense, SettingsThatAreNoStrings) {
  answers.values = [](std::size_t count, const parley_str_sink &result) {
    const parley_str none{nullptr, 0};
    for (std::size_t i = 0; i < count; ++i) {
      result.put(&result, i % 2 == 0 ? nullptr : &none);
    }
    return PARLEY_OK;
  };
  expect({404, 503});
}
// Not allowed, but it happens: the exception stays on its side of the border, and the next call finds nothing in its way.
TEST_F(Nonsense, TablesThatThrow) {
  answers.resolve = [](const parley_ref *, std::size_t, const parley_record_sink &) -> std::int32_t {
    throw std::runtime_error{"of the host"};
  };
  EXPECT_EQ(create().status, 500U);
  expect({200, 500});
  EXPECT_THAT(log(), testing::HasSubstr("defect"));
}

} // namespace
