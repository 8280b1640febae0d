// The module that a page loads: defines the elements. A page may load it twice, from two hosts' fragments.
import { ParleyActivityPanel } from './elements/activity-panel.js';
import { ParleyComposer } from './elements/composer.js';
import { ParleyConversationForm } from './elements/conversation-form.js';
import { ParleyConversationTools } from './elements/conversation-tools.js';
import { ParleyConversationView } from './elements/conversation-view.js';
import { ParleyConversations } from './elements/conversations.js';
import { ParleyHistory } from './elements/history.js';
import { ParleyIndicator } from './elements/indicator.js';
import { ParleyMessageTable } from './elements/message-table.js';
import { ParleyQuestionForm } from './elements/question-form.js';
import { ParleyQuestions } from './elements/questions.js';
import { ParleySearchSelect } from './elements/search-select.js';
import { ParleyThread } from './elements/thread.js';
import { ParleyToast } from './elements/toast.js';

const ELEMENTS = {
  // Parts of the others come first: these find them defined.
  'parley-composer': ParleyComposer,
  'parley-history': ParleyHistory,
  'parley-message-table': ParleyMessageTable,
  'parley-question-form': ParleyQuestionForm,
  'parley-search-select': ParleySearchSelect,
  'parley-thread': ParleyThread,
  'parley-toast': ParleyToast,
  'parley-conversation-form': ParleyConversationForm,
  'parley-conversation-tools': ParleyConversationTools,
  'parley-activity-panel': ParleyActivityPanel,
  'parley-conversation-view': ParleyConversationView,
  'parley-conversations': ParleyConversations,
  'parley-indicator': ParleyIndicator,
  'parley-questions': ParleyQuestions,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
