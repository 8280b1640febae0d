#include <algorithm>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/thread.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {

domain::Done perform(Session &session, const Dialect &dialect, const store::PerformTransition &command) {
  const Writing writing{session, dialect, command.doing};
  auto opened = open_conversation(writing, command.conversation, command.view, command.act, command.expected_version);
  if (!opened) {
    return std::move(opened).failure();
  }
  domain::Conversation &conversation = opened.value();
  if (auto fits = check_workflow(session, dialect, command.workflow); !fits) {
    return fits;
  }
  if (std::find(command.from.begin(), command.from.end(), conversation.status) == command.from.end()) {
    const std::string step(domain::name_of(conversation.status));
    auto failure = domain::failure(domain::Code::conflict, "transition-not-available",
                                   "This transition is not available: the conversation is " + step + ".");
    failure.faults.front().facts.emplace_back("step", step);
    return failure;
  }
  const Happening happening = change_status(writing, conversation, command.to, command.transition);
  save_edited(writing, conversation, true);
  write_events(session, dialect, command.doing, conversation, {happening});
  return domain::Nothing{};
}

} // namespace parley::adapters::sql
