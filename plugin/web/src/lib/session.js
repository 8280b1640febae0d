// Whether one is logged in, as far as the answers of the API say. One for all elements of a page: what one of them hears
// holds for all.

export class Session extends EventTarget {
  // in; out; stale: there was a login since the page was loaded, perhaps of somebody else.
  state = 'in';

  get lost() {
    return this.state !== 'in';
  }

  // The page's token is of another session.
  refused() {
    this.become('stale');
  }

  // The status of an answer.
  hear(status) {
    const succeeded = status >= 200 && status < 300;
    this.become(status === 401 ? 'out' : this.state === 'out' && succeeded ? 'in' : this.state);
  }

  become(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

export const session = new Session();
