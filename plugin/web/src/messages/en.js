// English: the texts on the screen. Those that the product's documents name stand here as written there.
export const en = {
  // Everywhere
  loading: 'Loading…',
  retry: 'Retry',
  cancel: 'Cancel',
  close: 'Close',
  send: 'Send',
  save: 'Save',
  saveAndClose: 'Save and Close',
  discard: 'Discard',
  view: 'View',
  back: 'Back to conversations',
  loadMore: 'Load more',
  none: 'None',
  unread: 'Unread',
  notBlank: 'This value should not be blank.',

  // Failures
  errorNetwork: 'The server cannot be reached.',
  errorServer: 'Something went wrong on the server.',
  errorUnauthorized: 'You are not logged in any more.',
  errorForbidden: 'You do not have permission to see this.',
  errorNotFound: 'This does not exist, or you do not have permission to see it.',
  errorConflict: 'Somebody else has changed this in the meantime.',
  errorInvalid: 'The server did not accept this.',
  errorSummary: 'Please check what you entered.',
  conflictKept: 'Somebody else has changed this conversation in the meantime. What you entered is still here; save again to apply it.',

  // Statuses, as long as the server names none
  statusActive: 'Active',
  statusInactive: 'Inactive',
  statusClosed: 'Closed',

  // Types of records, for lists of choices

  // Form
  fieldOwner: 'Assigned to',
  fieldName: 'Name',
  fieldStatus: 'Status',
  fieldSource: 'Source',
  fieldContext: 'Context',
  fieldCustomerUser: 'Customer User',
  hintName: 'Left empty, the name is made from the source.',
  conversationSaved: 'Conversation has been saved',
  formLabel: 'Conversation',

  // Choosing by search
  searchPlaceholder: 'Type to search',
  searchNothing: 'Nothing was found',
  searchSearching: 'Searching…',
  searchResults: { one: '{count} result', other: '{count} results' },
  searchClear: 'Clear {label}',
  searchRemove: 'Remove {title}',
  searchChosen: 'Chosen: {title}',

  // View page
  addMessage: 'Add Message',
  addContext: 'Add Context',
  removeContext: 'Remove {title} from the context',
  contextAdded: 'Context has been added',
  contextRemoved: 'Context has been removed',
  fieldCustomer: 'Customer',
  fieldCreated: 'Created',
  fieldUpdated: 'Updated',
  fieldContexts: 'Contexts',
  details: 'Details',
  chat: 'Chat',
  noContexts: 'No contexts',
  statusChanged: 'Status is now {status}',

  // Thread
  threadLabel: 'Messages',
  noMessages: 'There are no conversation messages',
  older: 'Older',
  newer: 'Newer',
  refresh: 'Refresh',
  refreshed: 'The messages are up to date',
  unreadMessages: 'Unread messages',
  you: 'You',
  postedFor: 'sent by {author} for {sender}',
  sending: 'Sending…',
  notSent: 'Not sent.',
  messageAdded: 'Message has been added',
  messageField: 'Message',
  from: 'From',
  closedLine: 'This conversation is closed.',
  inactiveLine: 'This conversation is inactive.',
  readOnlyLine: 'You cannot write in this conversation.',
  enterHint: 'Enter sends, Shift+Enter starts a new line',
  markdownHint: 'Markdown can be used',

  // Activity section
  noConversations: 'There are no conversations',
  panelLabel: 'Conversations',
  unassigned: 'Not assigned',

  // Indicator
  unreadHeading: 'Unread conversations',
  unreadConversations: '{count} unread',
  nothingUnread: 'There is nothing unread',
  markAllRead: 'Mark all as read',
  allMarkedRead: 'All conversations are marked as read',

  // Storefront
  questions: 'Questions',
  unreadQuestions: { one: '{count} unread', other: '{count} unread' },
  askQuestion: 'Ask A Question',
  askNewQuestion: 'Ask New Question',
  subject: 'Subject',
  yourMessage: 'Your Message',
  questionSent: 'Your question has been sent',
  createConversation: 'Create Conversation',
  conversationCreated: 'Conversation has been created',
  conversations: 'Conversations',
  chooseConversation: 'Choose a conversation to read it here',
  about: 'About',
  noConversationsHint: 'Questions about your orders, requests and quotes appear here.',
};
