// Whether one is logged in, as far as the answers of the API say. One for all elements of a page: what one of them hears
// holds for all.

export class Session extends EventTarget {
  // in; out; back: logged in again since the page was loaded, which has the token of the session before; stale: the host
  // refuses that token, so it may be somebody else who is logged in now.
  state = 'in';

  get lost() {
    return this.state === 'out' || this.state === 'stale';
  }

  // The page's token is of another session.
  refused() {
    this.become('stale');
  }

  // The status of an answer.
  hear(status) {
    const succeeded = status >= 200 && status < 300;
    this.become(status === 401 ? 'out' : this.state === 'out' && succeeded ? 'back' : this.state);
  }

  become(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

export const session = new Session();
