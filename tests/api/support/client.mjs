// A person at the API: Basic, JSON:API, and nothing that a program of a customer would not have.
export class Client {
  constructor(address, base, login, password = 'parley-demo') {
    this.base = address + base;
    this.authorization = 'Basic ' + Buffer.from(`${login}:${password}`).toString('base64');
  }

  // Answers {status, headers, body}: body is parsed where there is one.
  async send(method, path, { body, headers = {} } = {}) {
    const given = body === undefined ? {} : { 'Content-Type': 'application/vnd.api+json' };
    const answer = await fetch(this.base + path, {
      method,
      headers: { Accept: 'application/vnd.api+json', Authorization: this.authorization, ...given, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  async get(path) {
    const answer = await this.send('GET', path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async post(path, body) {
    const answer = await this.send('POST', path, { body });
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.data;
  }
}
