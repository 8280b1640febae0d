// The C hosts as programs.
#include "support.hpp"

#include <array>
#include <cstdio>
#include <gmock/gmock.h>

namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Finished {
  int status;
  std::string output;
};

Finished run(const std::string &command) {
  std::FILE *pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    return {-1, {}};
  }
  std::string output;
  std::array<char, 4096> piece{};
  for (std::size_t size = 0; (size = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;) {
    output.append(piece.data(), size);
  }
  return {pclose(pipe), output};
}

std::string quoted(const std::string &word) {
  return "'" + word + "'";
}

TEST(CHost, AnswersLines) {
  const std::string lines = R"(POST /notes {"data":{"type":"notes","attributes":{"text":"By line"}}}\n)"
                            R"(GET /notes?fields[notes]=text\nGET /nothing\n)";
  const Finished finished = run("printf '" + lines + "' | " + quoted(contract::environment("PARLEY_C_HOST")) + " " +
                                quoted(contract::note_plugin()) + " users/3");
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.output, StartsWith("201 {"));
  EXPECT_THAT(finished.output, HasSubstr("\n200 {"));
  EXPECT_THAT(finished.output, HasSubstr("By line"));
  EXPECT_THAT(finished.output, HasSubstr("\n404 {"));
}

TEST(CHost, SaysWhyAPluginCannotBeUsed) {
  const Finished finished = run(quoted(contract::environment("PARLEY_C_HOST")) + " " +
                                quoted(contract::broken_plugin("half_assets")) + " 2>&1 </dev/null");
  EXPECT_NE(finished.status, 0);
  EXPECT_THAT(finished.output, HasSubstr("list"));
}

TEST(MinimalHost, AnswersOneRequest) {
  const Finished finished = run(quoted(contract::environment("PARLEY_MINIMAL_HOST")) + " " +
                                quoted(contract::note_plugin()) + " '{}' /notes");
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.output, StartsWith("200\n{"));
}

// A host need not have all that a plugin can speak of: this one has no entities at all.
TEST(MinimalHost, LoadsConversations) {
  const std::string database = contract::environment("PARLEY_TEST_DIR") + "/minimal.db";
  const Finished finished =
      run("rm -f " + quoted(database) + "; " + quoted(contract::environment("PARLEY_MINIMAL_HOST")) + " " +
          quoted(contract::environment("PARLEY_PLUGIN")) + " '{\"database\":\"sqlite:" + database +
          "\"}' /conversationstatuses");
  EXPECT_EQ(finished.status, 0) << finished.output;
  EXPECT_THAT(finished.output, StartsWith("200\n{"));
}

TEST(MinimalHost, SaysWhatIsWrong) {
  const Finished finished = run(quoted(contract::environment("PARLEY_MINIMAL_HOST")) + " /nowhere.so '{}' /notes 2>&1");
  EXPECT_NE(finished.status, 0);
  EXPECT_THAT(finished.output, HasSubstr("/nowhere.so"));
}

} // namespace
