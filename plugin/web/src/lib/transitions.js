// What the workflow offers for a conversation.

// The transitions that this viewer may perform now. None where there is no workflow, or no permission: no button then. A
// request that was lost is a failure: it says nothing about buttons.
export async function readTransitions(api, id) {
  try {
    const { meta } = await api.get(`conversations/${id}/transitions`);
    return meta?.active === false ? [] : (meta?.transitions ?? []);
  } catch (error) {
    if (error.retryable) throw error;
    return [];
  }
}

export async function performTransition(api, id, name) {
  const { data } = await api.post(`conversations/${id}/transitions/${encodeURIComponent(name)}`);
  return data;
}
