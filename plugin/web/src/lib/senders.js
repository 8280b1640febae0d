// Whose words a message may be: a user's or a customer user's, where one may view both.
import { recordSearch } from './records.js';

const TYPES = ['users', 'customerusers'];
const known = new Map();

// May one speak for others? Asked once a page; the server judges each message anyhow.
export function maySpeakForOthers(api) {
  if (!known.has(api.base)) {
    const lists = TYPES.map((type) => api.get(type, { page: { size: 1 } }));
    known.set(
      api.base,
      Promise.all(lists).then(
        () => true,
        () => false,
      ),
    );
  }
  return known.get(api.base);
}

// A search for search-select. A customer user speaks for the customer of the conversation alone: {type, id} or null.
export function senderSearch(api, labels, customer) {
  const types = [{ type: 'users', label: labels.users }];
  if (customer) types.push({ type: 'customerusers', label: labels.customerUsers, filter: { customer: customer.id } });
  return recordSearch(api, types);
}
